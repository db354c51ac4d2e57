// One reader: each file of the corpus through the command line, the element and the builder. Rows,
// issues with their lines and the sentences about them, and the words of an error are the same in
// all three, in Korean and in English.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { corpus, tables } from "./corpus.mjs";
import {
  KINDS,
  SCRIPT,
  finish,
  open,
  pageOf,
  root,
  serve,
} from "./harness.mjs";

const SHARE = "market-share";
const LEAST = 200;
const folder = mkdtempSync(join(tmpdir(), "ai-atlas-corpus-"));
const files = new Map(corpus.map(({ name, bytes }) => [name, bytes]));
let server;
before(async () => {
  server = await serve((path) => {
    const name = path.slice(3);
    if (path.startsWith("/f/") && files.has(name))
      return { body: files.get(name), type: "application/octet-stream" };
    if (path === "/static-reader.js")
      return {
        body: readFileSync(join(root, "www/host/static-reader.js")),
        type: "text/javascript",
      };
    if (path === "/all")
      return {
        body: pageOf(
          SCRIPT +
            KINDS.map(
              (kind) =>
                `<atlas-${kind} renderer="canvas" loading="eager" no-metadata></atlas-${kind}>`,
            ).join(""),
        ),
      };
  });
});
after(async () => {
  rmSync(folder, { recursive: true });
  await finish();
});

// What the command line reads in files: by name { kind, rows, issues, table } or { error }.
const said = (all, lang, ...more) => {
  const under = join(folder, "files");
  mkdirSync(under, { recursive: true });
  for (const [name, bytes] of all) writeFileSync(join(under, name), bytes);
  const names = [...all.keys()];
  const { stdout, stderr } = spawnSync(
    "cargo",
    [
      "run",
      "--quiet",
      "--bin",
      "ai-atlas",
      "--",
      "check",
      "--json",
      `lang=${lang}`,
      ...more,
      ...names.map((name) => join(under, name)),
    ],
    { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(lines.length, names.length, stderr);
  return new Map(lines.map((line, i) => [names[i], line]));
};
const told = (issues) =>
  issues
    .slice(0, 200)
    .map(({ line, place, field, text }) => [line, place, field, text]);

// What an element says of a file at an address, or of a table in it.
const show = (page, kind, lang, { src, table }) =>
  page.evaluate(
    async ([kind, lang, src, table]) => {
      const old = document.querySelector("atlas-" + kind);
      const element = table ? document.createElement("atlas-" + kind) : old;
      if (table)
        element.append(document.createRange().createContextualFragment(table));
      Object.assign(element, { lang, renderer: "canvas", loading: "eager" });
      let issues = [];
      const heard = new Promise((done) => {
        element.addEventListener(
          "issues",
          ({ detail }) => (issues = detail.issues),
        );
        element.addEventListener("load", () => done({}), { once: true });
        element.addEventListener(
          "error",
          ({ detail }) =>
            done({
              error: {
                code: detail.code,
                line: detail.line ?? 0,
                text: detail.message,
              },
            }),
          { once: true },
        );
      });
      if (table) old.replaceWith(element);
      else {
        element.src = src;
        if (element.getAttribute("src") !== src)
          element.setAttribute("src", src);
      }
      const { error } = await heard;
      if (error) return { error };
      const { columns, rows } = await element.toJSON();
      return {
        kind,
        rows: element.status.rows,
        issues: issues.map((issue) => [
          issue.line,
          issue.place,
          issue.field,
          issue[lang],
        ]),
        table: { head: columns, rows },
      };
    },
    [kind, lang, src, table],
  );

// Everything that differs is told at once.
const differences = () => {
  const found = [];
  const compare = (seen, wanted, name) => {
    try {
      assert.deepEqual(seen, wanted);
    } catch ({ message }) {
      found.push(`${name}: ${message}`);
    }
  };
  return {
    compare,
    none: () =>
      assert.ok(!found.length, `${found.length} differ\n${found.join("\n")}`),
  };
};
const pick = ({ error, kind, rows, issues, table }) =>
  error ? { error } : { kind, rows, issues: told(issues), table };

test("the corpus holds at least two hundred different files", () => {
  assert.ok(
    new Set(corpus.map(({ bytes }) => bytes.toString("base64"))).size >= LEAST,
  );
  assert.equal(files.size, corpus.length);
});

for (const lang of ["ko", "en"])
  test(`the element reads each file as the command line does, ${lang}`, async () => {
    const all = said(files, lang);
    const wrong = new Map([...files].filter(([name]) => all.get(name).error));
    const shares = said(wrong, lang, `kind=${SHARE}`); // an error is that of one kind
    const page = await open("null", server.url + "/all", { ready: false });
    let ran = 0;
    const { compare, none } = differences();
    for (const [name] of files) {
      const line = all.get(name).error ? shares.get(name) : all.get(name);
      const seen = await show(page, line.kind ?? SHARE, lang, {
        src: "/f/" + name,
      });
      compare(seen, pick(line), name);
      ran++;
    }
    assert.ok(ran >= LEAST, `${ran} files`);
    none();
    console.log(
      `# ${ran} files, ${wrong.size} of them refused, ${[...all.values()].reduce((sum, { issues = [] }) => sum + issues.length, 0)} issues`,
    );
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

for (const lang of ["ko", "en"])
  test(`the builder reads each file as the command line does, ${lang}`, async () => {
    const all = said(files, lang);
    const page = await open("null", `${server.url}/builder.html?lang=${lang}`, {
      ready: false,
    });
    const idle = () =>
      page.waitForFunction(
        () =>
          document.querySelector("#preview").getAttribute("aria-busy") ===
          "false",
      );
    await idle();
    let ran = 0;
    const { compare, none } = differences();
    for (const [name, bytes] of files) {
      // Inside an element it says that there is nothing yet.
      if (name === "json-null.json") continue;
      await page.evaluate(
        ([name, bytes]) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(bytes)], name));
          document.querySelector("#preview").setAttribute("aria-busy", "true");
          document.querySelector("#drop").dispatchEvent(
            new DragEvent("drop", {
              dataTransfer: data,
              bubbles: true,
              cancelable: true,
            }),
          );
        },
        [name, [...bytes]],
      );
      await idle();
      const seen = await page.evaluate(async () => {
        const element = document.querySelector("#preview > *");
        // What is said of the whole table has no line.
        const faults = [...document.querySelectorAll("#faults li")].map(
          (one) => [
            +(/\d+/.exec(one.querySelector("b")?.textContent) ?? 1),
            one.querySelector("span").textContent,
          ],
        );
        if (document.querySelector("#copy").disabled) return { faults };
        const { columns, rows } = await element.toJSON();
        return {
          faults,
          kind: element.localName.slice(6),
          table: { head: columns, rows },
        };
      });
      const { error, kind, issues, table } = all.get(name);
      // Its own words say what an editor does about a page.
      if (error?.code === "web-page" || error?.code === "workbook")
        seen.faults = seen.faults.map(([line]) => [line, error.text]);
      const wanted = error
        ? { faults: [[error.line || 1, error.text]] }
        : {
            faults: told(issues).map(([line, , , text]) => [
              line || 1,
              text
                .replace(/^(?:line \d+|\d+번째 줄)[,:] /, "")
                .replace(/\n/g, " / "),
            ]),
            kind,
            table,
          };
      compare(seen, wanted, name);
      ran++;
    }
    assert.ok(ran >= LEAST, `${ran} files`);
    none();
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

test("a table of a page gives the rows and issues of the CSV that says the same", async () => {
  const page = await open("null", server.url + "/all", { ready: false });
  const { compare, none } = differences();
  for (const lang of ["ko", "en"]) {
    const all = said(
      new Map(
        Object.entries(tables).map(([name, [, csv]]) => [name + ".csv", csv]),
      ),
      lang,
      `kind=${SHARE}`,
    );
    for (const [name, [table, , title = ""]] of Object.entries(tables)) {
      const seen = await show(page, SHARE, lang, { table });
      const { error, rows, issues, table: wanted } = all.get(name + ".csv");
      if (error) compare(seen, { error }, name);
      else
        compare(
          [seen.rows, seen.issues, seen.table.rows],
          [
            rows,
            told(issues),
            wanted.rows.map(([, ...row]) => [title, ...row]),
          ],
          name,
        );
    }
  }
  none();
  await page.context().close();
});

// Tables of one line each, whose names are words in many encodings, halves of them, and any bytes.
const encodings = () => {
  const all = corpus.map(({ bytes }) => bytes);
  const words = [
    "c8b8bbe7", // EUC-KR
    "b3aabcf6bbe7",
    "89efd0d0", // Shift_JIS
    "83658358838783938347",
    "b1b2b3", // half-width katakana, or Latin letters
    "c4d6dc", // Windows-1252: ÄÖÜ
    "4dfc6e6368656e",
    "50e1646f7661",
    "b9abcbbe", // GBK
    "c6e4cbfb",
    "efbba5", // Windows-1251
    "a4a4a4e9", // EUC-JP
    "80",
    "ff",
    "fe41",
    "c290",
    "e18080",
  ].map((hex) => Buffer.from(hex, "hex"));
  let seed = 7;
  const next = (/** @type {number} */ n) =>
    (seed = (seed * 48271) % 2147483647) % n;
  for (let i = 0; i < 600; i++) {
    const parts = [Buffer.from(i % 9 ? "label,value\n" : '{"label":"')];
    for (let k = 0; k <= next(4); k++)
      parts.push(
        next(3)
          ? words[next(words.length)]
          : Buffer.from([128 + next(128), 64 + next(192)]),
        Buffer.from(next(2) ? "Abc," : ","),
      );
    all.push(Buffer.concat([...parts, Buffer.from("60\n")]));
  }
  return all;
};

test("where no WebAssembly runs a text is in the encoding that the engine reads it in, and refused where the engine refuses it", async () => {
  const page = await open("null", server.url + "/all", { ready: false });
  const all = encodings();
  const found = await page.evaluate(
    async (all) => {
      const { decode } = await import("/static-reader.js");
      const { read } = customElements.get("atlas-market-share");
      const found = [];
      for (const bytes of all) {
        const { error, text } = await read(Uint8Array.from(bytes), "a");
        if (error && error.code !== "not-text") continue;
        const still = decode(Uint8Array.from(bytes));
        found.push([
          error ? "refused" : text,
          still === null ? "refused" : still.replace(/^\uFEFF/, ""),
        ]);
      }
      return found;
    },
    all.map((bytes) => [...bytes]),
  );
  const refused = found.filter(([engine]) => engine === "refused").length;
  assert.ok(
    refused > 100 && found.length - refused > 300,
    `${refused} of ${found.length} refused`,
  );
  for (const [engine, still] of found) assert.equal(still, engine);
  await page.context().close();
});

test("where no WebAssembly runs the cells of a CSV are those that the engine reads", async () => {
  const page = await open("null", server.url + "/all", { ready: false });
  let ran = 0;
  const { compare, none } = differences();
  for (const [name, bytes] of files) {
    const [{ error, format, title, head, rows, issues = [] }, still] =
      await page.evaluate(
        async ([name, list]) => {
          const bytes = Uint8Array.from(list);
          const { readStatic } = await import("/static-reader.js");
          const read = await customElements
            .get("atlas-market-share")
            .read(bytes, name);
          return [
            read,
            read.error || read.format !== "csv" ? null : readStatic({ bytes }),
          ];
        },
        [name, [...bytes]],
      );
    // Without an engine lines above the headings stand as they are.
    if (error || format !== "csv" || title) continue;
    // The engine's reader takes blanks off, and lines in which nothing else is.
    const bare = (row) => row.map((cell) => String(cell).trim());
    const filled = still.rows.map(bare).filter((row) => row.some(Boolean));
    if (!head.some(Boolean)) {
      // Where nothing is a heading its first row is one of the engine's.
      compare([bare(still.head), ...filled], rows, name);
      ran++;
      continue;
    }
    // A row that a comma may have cut in two is shown, where the engine tells it and draws without.
    const cut = issues.filter(({ en }) => /a comma may have cut/.test(en));
    const long = filled.filter((row) => row.slice(head.length).some(Boolean));
    const left = filled.filter((row) => !(cut.length && long.includes(row)));
    compare([bare(still.head), left], [head, rows], name);
    compare(filled.length - left.length, cut.length, name);
    ran++;
  }
  assert.ok(ran > 100, `${ran} files`);
  none();
  await page.context().close();
});
