// @ts-check
// Data of a size that no one writes by hand, handed over as typed arrays and dictionaries. The
// numbers are made up, the same on every visit.
/** @param {number} seed */
const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
/** @param {string} word @param {number} count */
const names = (word, count) =>
  Array.from({ length: count }, (_, i) => `${word} ${i + 1}`);
const next = random(2026);
/** @param {number} rows @param {number} count */
const codes = (rows, count) =>
  Uint32Array.from({ length: rows }, () => next() * count);

const ROWS = 1_000_000;
document.querySelector("atlas-market-share")?.setColumns({
  value: Float64Array.from({ length: ROWS }, () => next() ** 6 * 1000),
  levels: [
    {
      codes: Uint32Array.from({ length: ROWS }, (_, i) => i / (ROWS / 12)),
      names: names("분야", 12),
    },
    {
      codes: Uint32Array.from({ length: ROWS }, (_, i) => i / (ROWS / 1000)),
      names: names("무리", 1000),
    },
  ],
  label: {
    codes: Uint32Array.from({ length: ROWS }, (_, i) => i % 5000),
    names: names("항목", 5000),
  },
});

const from = Date.UTC(1995, 0, 1);
const days = (Date.UTC(2025, 0, 1) - from) / 864e5;
document.querySelector("atlas-funding-timeline")?.setColumns({
  date: Float64Array.from(
    { length: ROWS },
    () => from + Math.floor((1 - next() ** 2) * days) * 864e5,
  ),
  amount: Float64Array.from({ length: ROWS }, () =>
    next() < 0.2 ? NaN : 10 ** (4 + next() ** 3 * 6),
  ),
  type: { codes: codes(ROWS, 4), names: ["씨앗", "초기", "성장", "인수"] },
  lane: { codes: codes(ROWS, 8), names: names("나라", 8) },
});

const NODES = 20_000;
const LAYERS = 5;
const layer = Uint32Array.from(
  { length: NODES },
  (_, i) => (i * LAYERS) / NODES,
);
/** @type {{ from: number[], to: number[] }} */
const links = { from: [], to: [] };
for (let i = 0; i < NODES * 2; i++) {
  const a = Math.floor(next() * NODES * 0.8);
  links.from.push(a);
  links.to.push(
    Math.min(NODES - 1, a + Math.floor(((0.5 + next()) * NODES) / LAYERS)),
  );
}
document.querySelector("atlas-value-chain")?.setColumns({
  nodes: {
    label: names("조직", NODES),
    layer: {
      codes: layer,
      names: ["데이터", "인프라", "모델", "서비스", "자본"],
    },
    sublayer: {
      codes: layer.map((one) => one * 4 + next() * 4),
      names: names("하위", LAYERS * 4),
    },
    country: {
      codes: codes(NODES, 10),
      names: ["US", "CN", "KR", "JP", "TW", "GB", "FR", "DE", "CA", "IL"],
    },
  },
  links: {
    from: Uint32Array.from(links.from),
    to: Uint32Array.from(links.to),
    amount: Float64Array.from(links.from, () => 10 ** (6 + next() * 4)),
    type: {
      codes: codes(NODES * 2, 4),
      names: ["invests_in", "supplies", "partners", "uses"],
    },
  },
});
