// On a server there are no elements to define: the page that it writes holds the tags, and the
// browser defines them.
export const AtlasElement = { assets: "" };
