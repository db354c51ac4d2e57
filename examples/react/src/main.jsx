// The elements in React 19: attributes as attributes, data and other objects as properties, events as on + their name.
import 'ai-atlas';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

const ROUNDS = {
  kind: 'ai-atlas/funding-timeline',
  title: '세 번의 투자 유치',
  events: [
    { date: '2023-02', kind: 'round', label: '시드', amount: { value: 1e6, currency: 'USD' } },
    { date: '2023-11-05', kind: 'round', label: '시리즈 A', amount: { value: 2e7, currency: 'USD' } },
    { date: '2024', kind: 'round', label: '시리즈 B', amount: { value: 3e8, currency: 'USD' } },
  ],
};

const App = () => {
  const [chosen, choose] = useState(null);
  return (
    <main>
      <atlas-market-share src="shipped" table="hbm-2023" group="page" onatlas-select={({ detail }) => choose(detail.entity)} />
      <p>{chosen ? `고른 회사: ${chosen}` : '회사를 골라 보세요.'}</p>
      <atlas-funding-timeline data={ROUNDS} />
    </main>
  );
};

createRoot(document.getElementById('root')).render(<App />);
