// Addresses of the other files of this version. The entry fills them in, for only it knows how it was delivered: { engine, still, export, language, data(kind),
// languages: tags of those besides Korean and English, words(language) } and, where the engine's own files do not lie beside it, { files } by name.
export const places = {};
