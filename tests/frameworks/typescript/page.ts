import { AtlasElement } from 'ai-atlas';
import type { AtlasMarketShareColumns } from 'ai-atlas';

AtlasElement.assets = new URL('/ai-atlas/', location.href);

const share = document.querySelector('atlas-market-share')!;
const columns: AtlasMarketShareColumns = { value: new Float64Array([60, 40]), label: ['Tea', 'Coffee'] };
share.addEventListener('atlas-select', ({ detail }) => console.log(detail.entity?.toUpperCase()));
share.addEventListener('error', ({ detail }) => console.log(detail.code));
share.table = 'hbm-2023';
const done: Promise<void> = share.setColumns(columns);
done.then(() => share.fit());
