import 'ai-atlas/react'; // the elements, and their types in JSX
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

const shares = [{ label: 'Tea', value: 60 }, { label: 'Coffee', value: 40 }];
const own = { kind: 'ai-atlas/market-share', tables: [{ id: 'own', title: 'Own data', kind: 'share', unit: '%', period: '2026', items: shares }] };

const App = () => {
  const [chosen, choose] = useState<string | null>(null);
  return (
    <main>
      <atlas-market-share src="shipped" table="hbm-2023" onatlas-select={({ detail }) => choose(detail.entity)} />
      <p id="chosen">{chosen ?? 'Choose a company.'}</p>
      <atlas-market-share id="own" data={own} />
    </main>
  );
};

createRoot(document.getElementById('root')!).render(<App />);
