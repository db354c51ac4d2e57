'use client';
import { AtlasMarketShare } from 'ai-atlas/react';
import { useState } from 'react';

const items = [{ label: 'Tea', value: 60 }, { label: 'Coffee', value: 40 }];
const own = { kind: 'ai-atlas/market-share', tables: [{ id: 'own', title: 'Own data', kind: 'share', unit: '%', period: '2026', items }] };

// Handlers and data need a client component. The components of `ai-atlas/react` hear events and take data also where React hydrates.
export function Choice() {
  const [chosen, choose] = useState<string | null>(null);
  return (
    <>
      <AtlasMarketShare src="shipped" table="hbm-2023" onAtlasSelect={({ detail }) => choose(detail.entity)} />
      <p id="chosen">{chosen ?? 'Choose a company.'}</p>
      <AtlasMarketShare id="own" data={own} />
    </>
  );
}
