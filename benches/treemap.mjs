import { hierarchy, treemap } from 'd3-hierarchy';
import { beside, ours, random } from './beside.mjs';

for (const n of [10_000, 100_000]) {
  const next = random(7);
  const values = Float64Array.from({ length: n }, () => next() ** 4 + 1e-6);
  const d3 = () => treemap().size([960, 540])(hierarchy({ children: Array.from(values, (value) => ({ value })) }).sum((d) => d.value).sort((a, b) => b.value - a.value));
  console.log(JSON.stringify({ n, ...beside([{ name: 'flat', run: () => ours.flat(values, 960, 540) }, { name: 'd3-hierarchy', run: d3 }], 5) }));
}
