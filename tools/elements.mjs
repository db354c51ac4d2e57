// custom-elements.json, which tells editors and frameworks what the elements take: what the analyzer
// reads in the class AtlasElement of www/host/element.js, once for each tag that is defined of it.
// What the analyzer cannot see, for it comes of loops, a plugin reads where it is said: attributes in
// ATTRIBUTES there, events in AtlasEventMap of www/host/public-types.d.ts.
// Schema: https://github.com/webcomponents/custom-elements-manifest, version 2.1.0.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { require } from "./installed.mjs";

const analyzer = require.resolve("@custom-elements-manifest/analyzer");
const { create, ts } = await import(pathToFileURL(analyzer));

const PATH = "ai-atlas.js";
const parse = (file) =>
  ts.createSourceFile(
    file,
    readFileSync(new URL(`../www/host/${file}`, import.meta.url), "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );

const kebab = (name) => name.replace(/[A-Z]/g, (c) => "-" + c.toLowerCase());
export const pascal = (name) =>
  name.replace(/(^|-)(.)/g, (_, dash, letter) => letter.toUpperCase());

const plain = (text = "") => text.replace(/\s+/g, " ").trim();
const said = (node) =>
  plain(ts.getTextOfJSDocComment(node.jsDoc?.at(-1)?.comment));

// ---- what the plugin reads

const attributeOf = (node) => {
  const type = ts.getJSDocType(node)?.getText();
  const absent =
    node.initializer.kind === ts.SyntaxKind.FalseKeyword ? "boolean" : "string";
  const fieldName = node.name.text;
  return {
    name: kebab(fieldName),
    fieldName,
    description: said(node),
    type: { text: type ?? absent },
  };
};
const eventOf = (node) => ({
  name: node.name.text,
  description: said(node),
  type: { text: plain(node.type.getText().replace(/\/\*.*?\*\//gs, "")) },
});

// ---- what becomes of it

const fieldOf = ({ name, fieldName, description, type }) => ({
  kind: "field",
  name: fieldName,
  description,
  type,
  attribute: name,
  reflects: true,
});
// What the analyzer says of a member of the class, of an element with columns of its own.
const memberOf = (
  { kind, name, description, parameters, type, readonly, ...more },
  columns,
) => ({
  kind,
  name,
  description: plain(description),
  ...(type && { type }),
  ...(readonly && { readonly }),
  ...(parameters && {
    parameters: parameters.map((one) => ({
      name: one.name,
      type: { text: one.type.text.replace(/\bColumns\b/, columns) },
      ...(one.optional && { optional: true }),
    })),
  }),
  ...(more.return && { return: more.return }),
});
const isOwn = ({ privacy, static: isStatic }) => !privacy && !isStatic;

const declarationOf = (element, { every, events }, kind) => {
  const name = `Atlas${pascal(kind.name.text)}`;
  const attributes = [
    ...every,
    ...kind.initializer.properties.map(attributeOf),
  ];
  const { attributes: inherited, slots, cssParts, cssProperties } = element;
  return {
    kind: "class",
    customElement: true,
    name,
    tagName: `atlas-${kind.name.text}`,
    description: said(kind),
    superclass: { name: "HTMLElement" },
    attributes: [...attributes, ...inherited],
    members: [
      ...attributes.map(fieldOf),
      ...element.members
        .filter(isOwn)
        .map((one) => memberOf(one, `${name}Columns`)),
    ],
    events,
    slots,
    cssParts,
    cssProperties,
  };
};

// Puts a declaration of each element in the place of what they have in common.
const perTag = () => {
  const read = { every: [], events: [] };
  let kinds = [];
  return {
    name: "a declaration per tag",
    analyzePhase({ node }) {
      if (ts.isVariableDeclaration(node) && node.name.text === "ATTRIBUTES") {
        const [every, ...own] = node.initializer.properties;
        read.every = every.initializer.properties.map(attributeOf);
        kinds = own;
      }
      if (ts.isInterfaceDeclaration(node) && node.name.text === "AtlasEventMap")
        read.events = node.members.map(eventOf);
    },
    packageLinkPhase({ customElementsManifest: manifest }) {
      const element = manifest.modules
        .flatMap(({ declarations }) => declarations)
        .find(({ name }) => name === "AtlasElement");
      const declarations = kinds.map((kind) =>
        declarationOf(element, read, kind),
      );
      const exports = declarations.map(({ tagName, name }) => ({
        kind: "custom-element-definition",
        name: tagName,
        declaration: { name, module: PATH },
      }));
      Object.assign(manifest, {
        schemaVersion: "2.1.0",
        readme: "README.md",
        modules: [
          { kind: "javascript-module", path: PATH, declarations, exports },
        ],
      });
    },
  };
};

export const elements = () =>
  create({
    modules: [parse("public-types.d.ts"), parse("element.js")],
    plugins: [perTag()],
  });

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(elements(), null, 1));
