// What a bench says, one line of JSON a measurement, and whether it measured anything. A bench
// names its lines before it starts; it fails where one of them is missing or said twice, where a
// number that was measured is none or is 0, and where what must be so at any speed is not. Goals of
// speed are said and fail nothing.
//
// `BENCH=short` is the short form of every bench: tiny sizes and few runs. It shows that all of it
// runs and measures; goals are not held against such sizes.
export const short = process.env.BENCH === "short";

// The numbers in something, each with where it stands.
const numbers = (value, at) =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, one]) =>
        numbers(one, `${at}.${key}`),
      )
    : [[at, value]];

// What is wrong with a line: `measured` holds numbers above 0 and the names of what they belong to,
// `right` is true or left out.
export const faults = ({ measured, ...more }) => {
  const all = numbers(measured ?? {}, "measured").filter(
    ([at]) => !at.endsWith(".name"),
  );
  const wrong = all
    .filter(([, value]) => !(Number.isFinite(value) && value > 0))
    .map(([at, value]) => `${at} is ${value}`);
  if (!all.length) wrong.push("nothing was measured");
  for (const [at, value] of numbers(more, "line"))
    if (typeof value === "number" && !Number.isFinite(value))
      wrong.push(`${at} is ${value}`);
  if ("right" in more && more.right !== true)
    wrong.push(`is not right: ${JSON.stringify(more)}`);
  return wrong;
};

// `expected`: the names of all lines. Returns line(what, { measured, right, goal, ok, …more }).
export const report = (expected) => {
  const missing = new Set(expected);
  const wrong = missing.size ? [] : ["no line was expected"];
  process.on("exit", (code) => {
    const all = [
      ...wrong,
      ...[...missing].map((what) => `«${what}» was not measured`),
    ];
    for (const fault of all) console.error("bench: " + fault);
    if (all.length && !code) process.exitCode = 1;
  });
  return (what, { goal, ok, ...line }) => {
    if (!missing.delete(what))
      wrong.push(`«${what}» was not expected, or is said twice`);
    wrong.push(...faults(line).map((fault) => `«${what}»: ${fault}`));
    const { measured, ...more } = line;
    console.log(
      JSON.stringify({
        what,
        ...measured,
        ...more,
        ...(short || goal === undefined ? {} : { goal, ok }),
      }),
    );
  };
};
