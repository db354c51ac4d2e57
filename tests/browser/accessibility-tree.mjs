// What Chromium hands to assistive technology: the accessibility tree of one widget as lines, and
// what a screen reader has to say of the focus.

// Roles that carry nothing but their children.
const SILENT = new Set([
  "none",
  "generic",
  "InlineTextBox",
  "ListMarker",
  "LineBreak",
]);
const STATES = [
  "level",
  "expanded",
  "selected",
  "pressed",
  "disabled",
  "setsize",
  "posinset",
  "sort",
];

export const listener = async (page) => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Accessibility.enable");
  const words = (node) => {
    const states = (node.properties ?? [])
      .filter(({ name }) => STATES.includes(name))
      .map(({ name, value }) => `${name}=${value.value}`);
    const value = node.value?.value ?? "";
    return [
      node.role?.value,
      node.name?.value && `«${node.name.value}»`,
      value !== "" && `[${value}]`,
      ...states,
    ]
      .filter(Boolean)
      .join(" ");
  };
  const whole = async () =>
    (await cdp.send("Accessibility.getFullAXTree")).nodes;

  return {
    // The widget from its beginning to its end, as one reads it with the arrow keys of the screen
    // reader.
    async document(tag) {
      const { result } = await cdp.send("Runtime.evaluate", {
        expression: `document.querySelector('${tag}').shadowRoot.querySelector('figure')`,
      });
      const { node: figure } = await cdp.send("DOM.describeNode", {
        objectId: result.objectId,
      });
      const nodes = await whole();
      const byId = new Map(nodes.map((node) => [node.nodeId, node]));
      const lines = [];
      const walk = (node, depth, above) => {
        const silent = node.ignored || SILENT.has(node.role?.value);
        // A text that its button or heading has said already.
        const twice =
          node.role?.value === "StaticText" &&
          above.includes(node.name?.value ?? "");
        if (!silent && !twice) lines.push("  ".repeat(depth) + words(node));
        for (const id of node.childIds ?? [])
          if (byId.has(id))
            walk(
              byId.get(id),
              depth + !silent,
              silent ? above : (node.name?.value ?? ""),
            );
      };
      walk(
        nodes.find(
          ({ backendDOMNodeId }) => backendDOMNodeId === figure.backendNodeId,
        ),
        0,
        "",
      );
      return lines;
    },
    // The node that has the focus, with what it stands in.
    async focus() {
      const nodes = await whole();
      const byId = new Map(nodes.map((node) => [node.nodeId, node]));
      const focused = nodes
        .filter((node) =>
          node.properties?.some(
            ({ name, value }) => name === "focused" && value.value,
          ),
        )
        .at(-1);
      if (!focused || focused.role.value === "RootWebArea") return null;
      const path = [];
      for (
        let node = byId.get(focused.parentId);
        node && node.role?.value !== "figure";
        node = byId.get(node.parentId)
      ) {
        if (!node.ignored && !SILENT.has(node.role?.value) && node.name?.value)
          path.unshift(`${node.role.value} «${node.name.value}»`);
      }
      return { words: words(focused), path };
    },
  };
};
