// Makes the published types, www/ai-atlas.d.ts: what pages hand over and are told stands in
// www/host/public-types.d.ts, the elements are those of www/host/element.js as tsc declares them, and
// www/host/template-types.d.ts has what frameworks need. `--write` writes it anew; without, it fails
// where the file is another one.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { pascal } from "./elements.mjs";
import { require } from "./installed.mjs";

const ts = require("typescript");

const www = fileURLToPath(new URL("../www", import.meta.url));
const published = join(www, "ai-atlas.d.ts");
const read = (name) => readFileSync(join(www, name), "utf8");
const parse = (name, text) =>
  ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);

// What tsc declares of element.js.
const declared = () => {
  const config = join(www, "host/tsconfig.page.json");
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    join(www, "host"),
  );
  const program = ts.createProgram(
    [join(www, "host/element.js"), join(www, "host/build.d.ts")],
    { ...options, noEmit: false, declaration: true, emitDeclarationOnly: true },
  );
  let text;
  program.emit(
    program.getSourceFile(join(www, "host/element.js")),
    (_, out) => (text = out),
  );
  return parse("element.d.ts", text);
};

// ---- comments

const TAGS = ["slot", "csspart", "cssprop"];
// What is said of a node: its sentences, and of the tags those that are no types.
const commentOf = (node) => {
  const doc = node.jsDoc?.at(-1);
  const comment = ts.getTextOfJSDocComment(doc?.comment);
  if (!comment) return "";
  const tags = (doc.tags ?? [])
    .filter((tag) => TAGS.includes(tag.tagName.text))
    .map(
      (tag) =>
        `@${tag.tagName.text} ${ts.getTextOfJSDocComment(tag.comment).replace(/\s+/g, " ")}`,
    );
  const lines = [
    ...comment.trim().split("\n"),
    ...(tags.length ? ["", ...tags] : []),
  ];
  return lines.length === 1
    ? `/** ${lines[0]} */\n`
    : `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
};
const isInternal = (node) =>
  ts.getJSDocTags(node).some((tag) => tag.tagName.text === "internal");

// ---- members

const nameOf = (node) => node.name.text;
const isStatic = (node) =>
  !!node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
const isPublic = (node) =>
  !ts.isConstructorDeclaration(node) &&
  !ts.isPrivateIdentifier(node.name) &&
  !nameOf(node).startsWith("__#") &&
  !isInternal(node);

// A pair of accessors that take and give the same is a property.
const memberOf = (node, all) => {
  const text = node.getText();
  if (!ts.isAccessor(node) || isStatic(node))
    return commentOf(node) + text.replace(/^static /, "");
  if (ts.isSetAccessor(node)) return "";
  const settable = all.some(
    (other) => ts.isSetAccessor(other) && nameOf(other) === nameOf(node),
  );
  return `${commentOf(node)}${settable ? "" : "readonly "}${nameOf(node)}: ${node.type.getText()};`;
};
const typeOf = (literal) =>
  literal.members.map((node) => commentOf(node) + node.getText()).join("\n");

// ---- the elements

const elements = (source) => {
  const found = (test) => source.statements.find(test);
  const attributes = found(
    (node) =>
      ts.isVariableStatement(node) &&
      nameOf(node.declarationList.declarations[0]) === "ATTRIBUTES",
  ).declarationList.declarations[0].type.members;
  const element = found(
    (node) => ts.isClassDeclaration(node) && nameOf(node) === "AtlasElement",
  );
  const listeners = parse(
    "public-types.d.ts",
    read("host/public-types.d.ts"),
  ).statements.find(
    (node) =>
      ts.isInterfaceDeclaration(node) && nameOf(node) === "AtlasListeners",
  );
  const shown = element.members.filter(isPublic);
  const own = shown.filter((node) => !isStatic(node));
  // What sets a property stands behind what gets it.
  const statics = shown.filter(isStatic);
  const shared = statics
    .filter((node) => !ts.isSetAccessor(node))
    .flatMap((node) => [
      node,
      ...statics.filter(
        (other) => ts.isSetAccessor(other) && nameOf(other) === nameOf(node),
      ),
    ]);
  const kinds = attributes.slice(1).map((node) => {
    const name = `Atlas${pascal(nameOf(node))}`;
    return `${commentOf(node)}export interface ${name} extends AtlasElement<${name}Columns> {
      ${typeOf(node.type)}
    }`;
  });
  return [
    `${commentOf(element)}export interface AtlasElement<Columns> extends HTMLElement {
      ${typeOf(attributes[0].type)}
      ${own
        .map((node) => memberOf(node, own))
        .filter(Boolean)
        .join("\n")}
      ${typeOf(listeners)}
    }`,
    ...kinds,
    `/** What all elements are. */
    export declare const AtlasElement: {
      prototype: AtlasElement<never>;
      ${shared.map((node) => memberOf(node, shared)).join("\n")}
    };`,
  ].join("\n\n");
};

// ---- the file

// The statements of a file as they stand, without what they are imported from.
const bodyOf = (name) =>
  parse(name, read(name))
    .statements.filter(
      (node) =>
        !ts.isImportDeclaration(node) && node.name?.text !== "AtlasListeners",
    )
    .map((node) => {
      const above = node
        .getFullText()
        .split(/^\/\/ .*\n/m)
        .at(-1);
      return above.trim();
    })
    .join("\n\n");

export const declarations = async () => {
  const { format } = require("prettier");
  const text = [
    "// Types of the elements that `ai-atlas.js` defines when it is imported. Made by tools/declarations.mjs.",
    bodyOf("host/public-types.d.ts"),
    elements(declared()),
    "// ---- What templates take, for the types of frameworks: made from the interfaces above.",
    bodyOf("host/template-types.d.ts"),
  ].join("\n\n");
  return format(text, { parser: "typescript" });
};

if (
  process.argv[1] &&
  import.meta.url === pathToFileURL(process.argv[1]).href
) {
  const text = await declarations();
  if (process.argv[2] === "--write") writeFileSync(published, text);
  else if (text !== readFileSync(published, "utf8")) {
    console.error(
      "declarations: www/ai-atlas.d.ts is not what the code says: node tools/declarations.mjs --write",
    );
    process.exit(1);
  }
}
