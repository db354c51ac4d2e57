// custom-elements.json, which tells editors and frameworks what the elements take, made from the
// types in www/ai-atlas.d.ts: there every attribute, method, event, slot, part and CSS property is
// said once. Schema: https://github.com/webcomponents/custom-elements-manifest, version 2.1.0.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const cache =
  process.env.ATLAS_CACHE ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "ai-atlas");
const ts = createRequire(join(cache, "node", "package.json"))("typescript");

export const kebab = (name) =>
  name.replace(/[A-Z]/g, (c) => "-" + c.toLowerCase());

export const elements = (
  file = new URL("../www/ai-atlas.d.ts", import.meta.url),
) => {
  const source = ts.createSourceFile(
    "ai-atlas.d.ts",
    readFileSync(file, "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const interfaces = new Map();
  const visit = (node) => {
    if (ts.isInterfaceDeclaration(node)) interfaces.set(node.name.text, node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const said = (node) =>
    ts
      .getJSDocCommentsAndTags(node)
      .filter(ts.isJSDoc)
      .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? "")
      .join(" ")
      .replace(/\s+/g, " ")
      .trim();
  const type = (node) => ({ text: node.getText(source).replace(/\s+/g, " ") });
  const nameOf = (node) => node.name.text;
  const tags = (node, tag) =>
    ts
      .getJSDocTags(node)
      .filter((one) => one.tagName.text === tag)
      .map((one) => {
        const [, name = "", description] = /^(?:(\S+) )?- (.*)$/s.exec(
          one.comment.replace(/\s+/g, " "),
        ) ?? [null, "", one.comment];
        return { name, description };
      });

  const common = interfaces.get("AtlasElement");
  const membersOf = (node) =>
    node.members.filter((member) => nameOf(member) !== "addEventListener");
  const member = (node) => {
    const shared = { name: nameOf(node), description: said(node) };
    if (!ts.isMethodSignature(node)) {
      const readonly = !!node.modifiers?.some(
        ({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword,
      );
      return {
        kind: "field",
        ...shared,
        type: type(node.type),
        ...(readonly
          ? { readonly }
          : shared.name === "data"
            ? {}
            : { attribute: kebab(shared.name), reflects: true }),
      };
    }
    const parameters = node.parameters.map((one) => ({
      name: nameOf(one),
      type: type(one.type),
      ...(one.questionToken && { optional: true }),
    }));
    return {
      kind: "method",
      ...shared,
      ...(parameters.length && { parameters }),
      return: { type: type(node.type) },
    };
  };
  const events = interfaces.get("AtlasEventMap").members.map((node) => ({
    name: nameOf(node),
    description: said(node),
    type: type(node.type),
  }));
  const named = (tag) => tags(common, tag);

  const declarations = interfaces
    .get("HTMLElementTagNameMap")
    .members.map((entry) => {
      const node = interfaces.get(entry.type.getText(source));
      const columns =
        node.heritageClauses[0].types[0].typeArguments[0].getText(source);
      const members = [...membersOf(common), ...membersOf(node)].map(member);
      // Types stand alone here: Columns is what this element takes.
      for (const { parameters = [] } of members)
        for (const one of parameters)
          one.type.text = one.type.text.replace(/\bColumns\b/, columns);
      const attributes = members
        .filter(({ attribute }) => attribute)
        .map(({ attribute: name, name: fieldName, description, type }) => ({
          name,
          fieldName,
          description,
          type,
        }));
      attributes.push({
        name: "lang",
        description:
          "`ko`, `en` or a language that has a file, such as `ja`; without it the nearest `lang` in the page.",
        type: { text: "string" },
      });
      return {
        kind: "class",
        customElement: true,
        name: node.name.text,
        tagName: nameOf(entry),
        description: said(node),
        superclass: { name: "HTMLElement" },
        attributes,
        members,
        events,
        slots: named("slot"),
        cssParts: named("csspart"),
        cssProperties: named("cssprop"),
      };
    });
  const path = "ai-atlas.js";
  const exports = declarations.map(({ tagName, name }) => ({
    kind: "custom-element-definition",
    name: tagName,
    declaration: { name, module: path },
  }));
  return {
    schemaVersion: "2.1.0",
    readme: "README.md",
    modules: [{ kind: "javascript-module", path, declarations, exports }],
  };
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(elements(), null, 1));
