// Made from src/protocol/ and src/web/ by `tools/protocol.sh --write`: what the wasm takes and answers.
/**
 * A folded list.
 */
export interface List {
    /**
     * What it lists.
     */
    title: string;
    /**
     * Lines; each leads to a row, or is only read with −1.
     */
    lines: Line[];
}

/**
 * A long list of one kind of thing. An object for each would cost a call into JavaScript for every
 * one of its fields: several times what JSON does (`make bench-messages`), in every frame of a
 * zoom. So numbers go as one block and texts as one; `www/host/packed.js` makes objects of them,
 * where they are needed.
 */
export interface Packed {
    /**
     * Numbers, so many a thing, eight bytes each.
     */
    numbers: Uint8Array<ArrayBuffer>;
    /**
     * Texts, each ended by a NUL.
     */
    texts: string;
}

/**
 * A picture without its marks: everything that the host makes DOM of.
 */
export interface SceneReply {
    /**
     * Width, CSS px.
     */
    width: number;
    /**
     * Height, CSS px.
     */
    height: number;
    /**
     * The finding.
     */
    title: string;
    /**
     * Measure, unit, period.
     */
    subline: string;
    /**
     * One sentence that says what the picture says.
     */
    takeaway: string;
    /**
     * What to choose and how to read it.
     */
    howto: string;
    /**
     * Credits that publishers ask for.
     */
    credit: string;
    /**
     * Notes below the picture.
     */
    notes: string[];
    /**
     * Headings of the outline's groups.
     */
    groups: string[];
    /**
     * Documents.
     */
    sources: Citation[];
    /**
     * What colours and forms mean.
     */
    legend: LegendItem[];
    /**
     * Text over the picture: as [`Packed::labels`] leaves it.
     */
    labels: Packed;
    /**
     * Stops of the keyboard: as [`Packed::outline`] leaves them.
     */
    outline: Packed;
    /**
     * What is in view, in numbers.
     */
    status: string;
    /**
     * Keys that acts are made of, with spaces between.
     */
    keys: string;
    /**
     * Zoom is offered.
     */
    zooms: boolean;
    /**
     * The view has left its beginning.
     */
    moved: boolean;
    /**
     * What the reader can set.
     */
    controls: Control[];
    /**
     * Lists below the picture, folded.
     */
    lists: List[];
}

/**
 * A row, or a field of one, that was left out.
 */
export interface Issue extends Words {
    /**
     * Where it is in the file.
     */
    place: string;
    /**
     * In which line, counted from 1; 0 where no line is known.
     */
    line: number;
    /**
     * The field that is wrong.
     */
    field: string;
}

/**
 * A row, or −1, with words.
 */
export type Line = [number, string];

/**
 * A sentence in all languages, by their codes.
 */
export type Words = { ko: string; en: string; ja?: string };

/**
 * A table as a file, or why it is none.
 */
export interface TableReply {
    /**
     * The file, as JSON; empty where there is an error.
     */
    file: string;
    /**
     * What was not used, or the error.
     */
    read: LoadReply;
}

/**
 * A text with an address.
 */
export interface Citation {
    /**
     * Words.
     */
    text: string;
    /**
     * http or https.
     */
    url: string | null;
}

/**
 * All rows as text.
 */
export interface Table {
    /**
     * Caption.
     */
    caption: string;
    /**
     * Column headings.
     */
    head: string[];
    /**
     * Rows, each as long as the head.
     */
    rows: string[][];
}

/**
 * An entry of the legend.
 */
export interface LegendItem {
    /**
     * Stable name.
     */
    key: string;
    /**
     * Words.
     */
    label: string;
    /**
     * What the host draws.
     */
    form: string;
    /**
     * Its colour, as CSS has it.
     */
    color: string;
    /**
     * Rows of this kind; says that the entry filters.
     */
    count?: number;
}

/**
 * Size of a picture, device px.
 */
export interface Size {
    /**
     * Width.
     */
    width: number;
    /**
     * Height.
     */
    height: number;
}

/**
 * Something that the reader can set.
 */
export interface Control {
    /**
     * The attribute or the widget's own key that it sets.
     */
    key: string;
    /**
     * Its name.
     */
    label: string;
    /**
     * What it looks like.
     */
    kind: "tabs" | "select" | "slider" | "crumbs" | "search";
    /**
     * The value that is set.
     */
    value: string;
    /**
     * Values with their labels, in order.
     */
    options: [string, string][];
}

/**
 * The answer to data.
 */
export type LoadReply = { rows: number; count: number; issues: Issue[] } | { error: Failure };

/**
 * The most that a file may have.
 */
export interface Limits {
    /**
     * Bytes.
     */
    bytes: number;
    /**
     * Objects.
     */
    objects: number;
    /**
     * Values.
     */
    values: number;
    /**
     * Rows of a column.
     */
    rows: number;
}

/**
 * What a column of a table is taken for.
 */
export interface ColumnReply {
    /**
     * Its heading.
     */
    heading: string;
    /**
     * The field of the file that it is; empty where it is not used.
     */
    field: string;
    /**
     * The unit that the heading states, in words of the field: `KRW`, `%`, `TWh`.
     */
    unit: string;
    /**
     * Tens that the heading multiplies by: 8 for `억`.
     */
    power: number;
    /**
     * The period that the heading names.
     */
    period: string;
    /**
     * Nothing but its cells says what it is.
     */
    guessed: boolean;
    /**
     * The field that the heading is nearest to, where it is not used; empty where none is near.
     */
    nearest: string;
    /**
     * Its numbers could be read in two ways.
     */
    doubtful: boolean;
}

/**
 * What a file is, before any widget has read it. What is not known is not there.
 */
export interface FileReply {
    /**
     * How it is written: `json` or `csv`.
     */
    format?: string;
    /**
     * Its text.
     */
    text?: string;
    /**
     * The kind of data that it is.
     */
    kind?: string;
    /**
     * What the columns of a table are taken for.
     */
    columns?: ColumnReply[];
    /**
     * What is not used of a table, and what is in doubt.
     */
    issues?: Issue[];
    /**
     * What stands above the headings of a table.
     */
    title: string;
    /**
     * The unit that is stated there for all of it.
     */
    unit: string;
    /**
     * Semicolons separate the cells of a table.
     */
    semicolon: boolean;
    /**
     * The headings of a table.
     */
    head?: string[];
    /**
     * The cells of a table, row by row.
     */
    rows?: string[][];
    /**
     * In which line of the file each row begins, counted from 1.
     */
    lines?: number[];
    /**
     * Why it could not be read.
     */
    error?: Failure;
}

/**
 * What a picture is wanted of. What is left out has its default.
 */
export interface ViewRequest {
    /**
     * Width that the page gives, CSS px.
     */
    width?: number;
    /**
     * Height that the page gives, CSS px; 0 leaves it to the widget.
     */
    height?: number;
    /**
     * Language of all words, by its code.
     */
    lang?: string;
    /**
     * `dark` or `light`.
     */
    theme?: string;
    /**
     * Colours of a house style or of the system, red in the lowest byte, 0 for none.
     */
    colors?: number[];
    /**
     * The selected organisation's id, or `#` and a row; empty for none.
     */
    selected?: string;
    /**
     * The row under the pointer or the focus; −1 for none.
     */
    hover?: number | undefined;
    /**
     * The chosen table of market shares.
     */
    table?: string;
    /**
     * The chosen framework of the value chain.
     */
    framework?: string;
    /**
     * First moment shown: `2024`, `2024-05`, `2024-05-13`, with a time of day too; empty for none.
     */
    from?: string;
    /**
     * Last moment shown.
     */
    to?: string;
    /**
     * The reader's day, days since 1970.
     */
    today?: number | undefined;
    /**
     * `linear` or `log`.
     */
    scale?: string;
    /**
     * Legend keys that are switched off.
     */
    hidden?: string[];
    /**
     * What the reader has set besides: the widget's own keys with their values.
     */
    state?: Record<string, string>;
    /**
     * 97 advances of the page's font, in em, and 97 of its bold face.
     */
    metrics?: number[];
}

/**
 * What a reader did, as a list of a word and what belongs to it. Points are CSS px of the picture,
 * rows are −1 for none.
 */
export type Act = ["zoom", x: number, y: number, factor: number] | ["drag", x: number, y: number, toX: number, toY: number] | ["open", row: number] | ["show", row: number] | ["key", key: string, row: number];

/**
 * What an act changes of a view, in the words of `ViewRequest`. What is not there stays as it
 * is; an empty text takes away what was set.
 */
export interface Changes {
    /**
     * The chosen table of market shares.
     */
    table?: string;
    /**
     * First moment shown.
     */
    from?: string;
    /**
     * Last moment shown.
     */
    to?: string;
    /**
     * What the reader has set besides.
     */
    state: StateChanges;
}

/**
 * What an act changes of what the reader has set: the widgets' own keys.
 */
export interface StateChanges {
    /**
     * Where the reader stands in the value chain.
     */
    at?: string;
    /**
     * What is open: groups of the value chain, or a node of the treemap.
     */
    open?: string;
    /**
     * What is seen of the treemap.
     */
    zoom?: string;
}

/**
 * What is under a point.
 */
export interface Picked {
    /**
     * The row, or −1.
     */
    datum: number;
    /**
     * Whether a click opens it.
     */
    opens: boolean;
}

/**
 * What the tooltip says of a row.
 */
export interface Tooltip {
    /**
     * The row.
     */
    datum: number;
    /**
     * The organisation's id.
     */
    entity: string | null;
    /**
     * Name.
     */
    title: string;
    /**
     * Value, large.
     */
    value: string;
    /**
     * Share of what.
     */
    share: string;
    /**
     * Date, in words.
     */
    date: string;
    /**
     * Note.
     */
    note: string;
    /**
     * Status, in words.
     */
    status: string[];
    /**
     * Further lines: label and text.
     */
    rows: [string, string][];
    /**
     * Where it is printed.
     */
    cites: Citation[];
}

/**
 * Why a file could not be read.
 */
export interface Failure extends Words {
    /**
     * The stable name of the error.
     */
    code: string;
    /**
     * Where it is, as data.
     */
    detail: string;
    /**
     * In which line, counted from 1; 0 where no line is known.
     */
    line: number;
}


/**
 * All widgets of a page. Each has a number of the host's choice.
 *
 * A method of a widget that is not open throws `closed`.
 */
export class Engine {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * What an act, in a view, changes of the view.
     *
     * # Errors
     * `closed`.
     */
    act(id: number, view: ViewRequest, act: Act): Changes;
    /**
     * Forgets a widget.
     */
    close(id: number): void;
    /**
     * Brings one column of a widget's data; `names` end in NUL. [`Engine::load_columns`] takes
     * them when all are there.
     *
     * # Errors
     * `closed`.
     */
    column(id: number, name: string, numbers: Float64Array | number[], codes: Uint32Array | number[], names: string): void;
    /**
     * Rows by what a reader types.
     *
     * # Errors
     * `closed`.
     */
    find(id: number, words: string, lang: string): Line[];
    /**
     * The most that a file may have.
     *
     * # Errors
     * None that the host knows.
     */
    static limits(): Limits;
    /**
     * Loads the bytes of a file, whose name and type may say what it is. Where it cannot be read
     * the widget stays as it was.
     *
     * # Errors
     * `closed`.
     */
    loadBytes(id: number, bytes: Uint8Array | number[], name: string, media_type: string): LoadReply;
    /**
     * Takes the columns that [`Engine::column`] brought; answers as a file does.
     *
     * # Errors
     * `closed`.
     */
    loadColumns(id: number): LoadReply;
    /**
     * Loads text: `json`, `csv`, or the `cells` of a page's own table ([`Format`]). Where it
     * cannot be read the widget stays as it was.
     *
     * # Errors
     * `closed`.
     */
    loadText(id: number, text: string, format: string): LoadReply;
    /**
     * An engine without widgets.
     */
    constructor();
    /**
     * Opens a widget of a kind (`value-chain`, `market-share`, `funding-timeline`) under a number
     * of the host's choice.
     */
    open(id: number, kind: string): void;
    /**
     * Paints a widget at a scale.
     *
     * # Errors
     * `closed`, and the codes of `Renderer::paint`, which say whether another tier is to
     * be taken.
     */
    paint(renderer: GpuRenderer, id: number, scale: number): void;
    /**
     * The row under a point, CSS px.
     *
     * # Errors
     * `closed`.
     */
    pick(id: number, x: number, y: number): Picked;
    /**
     * Paints a widget without a GPU into `to`: RGBA bytes, row by row, as many as
     * [`Engine::pixels`] says; else nothing is painted.
     *
     * # Errors
     * `closed`.
     */
    picture(id: number, scale: number, to: Uint8Array): void;
    /**
     * The size of the picture at a scale, device px a CSS px.
     *
     * # Errors
     * `closed`.
     */
    pixels(id: number, scale: number): Size;
    /**
     * The answer to data that the host could not read: the name of an error, and what it says of
     * the place.
     *
     * # Errors
     * None that the host knows.
     */
    refuse(code: string, detail: string): LoadReply;
    /**
     * Lays out for a view and answers with everything that becomes DOM; the marks are kept for
     * painting. With `animate` they come from where they were.
     *
     * # Errors
     * `closed`.
     */
    scene(id: number, view: ViewRequest, animate: boolean): SceneReply;
    /**
     * The picture of a view as SVG, with its words unless it is `bare`. What is shown is laid out
     * again after it: a widget picks in its last picture.
     *
     * # Errors
     * `closed`.
     */
    svg(id: number, view: ViewRequest, bare: boolean, font: string): string;
    /**
     * All rows as text.
     *
     * # Errors
     * `closed`.
     */
    table(id: number, lang: string): Table;
    /**
     * The words of one more language, as [`Lang::new`] takes them.
     */
    teach(words: string): void;
    /**
     * What is known of a row; null where there is none such.
     *
     * # Errors
     * `closed`.
     */
    tooltip(id: number, row: number, lang: string): Tooltip | null;
    /**
     * How much of the way to the last scene is what will be painted, from 0 to 1; answers whether
     * there is a way to go on.
     *
     * # Errors
     * `closed`.
     */
    tween(id: number, part: number): boolean;
}

/**
 * What paints on a canvas by a GPU.
 */
export class GpuRenderer {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Paints the 8×8 test picture of [`probe`].
     *
     * # Errors
     * The codes of [`render::Renderer::paint`].
     */
    probe(): void;
    /**
     * Gives back what it has of the GPU; from then on it is `lost`. It may die of it, so nothing
     * is held meanwhile.
     */
    release(): void;
    /**
     * Takes the texts of kernels by name (`tween.wgsl`), which come when there is work for them;
     * until then it paints without.
     */
    teach(kernels: Record<string, string>): void;
}

/**
 * Reads tables: CSV, a page's own, and JSON of other libraries.
 */
export class TableReader {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * What a file is: its text, and of a table its cells, what its columns are taken for and what
     * is not used.
     *
     * # Errors
     * None that the host knows.
     */
    describe(bytes: Uint8Array | number[], name: string): FileReply;
    /**
     * What the author says of the tables to come: the kind of data (`market-share`; empty: the one
     * that fits best), what headings mean (`회사=label; 투자금(억원)=amount`), and what numbers count.
     */
    explain(kind: string, headings: string, unit: string): void;
    /**
     * A reader that knows nothing of a table besides what stands in it.
     */
    constructor();
    /**
     * The bytes of a file, whose name and type may say what it is, as a file of ours.
     *
     * # Errors
     * None that the host knows.
     */
    readBytes(bytes: Uint8Array | number[], name: string, media_type: string): TableReply;
    /**
     * Text, `json`, `csv` or the `cells` of a page's own table ([`Format`]), as a file of ours.
     *
     * # Errors
     * None that the host knows.
     */
    readText(text: string, format: string): TableReply;
    /**
     * The words of one more language, as [`Lang::new`] takes them.
     */
    teach(words: string): void;
}

/**
 * Opens WebGL2 on a canvas with its context; `shaders` as for [`open_gpu`] (`mark.vertex.glsl`).
 *
 * # Errors
 * A code: `no-context`, `shader`.
 */
export function openGl(canvas: OffscreenCanvas, context: WebGL2RenderingContext, shaders?: Record<string, string>): GpuRenderer;

/**
 * Opens WebGPU on a canvas; `force` also takes a software adapter. `shaders` are texts by name
 * (`mark.wgsl`), where the library was built without its own.
 *
 * # Errors
 * A code: `no-adapter`, `software-adapter`, `no-device`, `no-surface`, `shader`.
 */
export function openGpu(canvas: OffscreenCanvas, force: boolean, shaders?: Record<string, string>): Promise<GpuRenderer>;

/**
 * A panic says where and why on the console before it ends in a trap, which the host answers with
 * a fresh instance.
 */
export function start(): void;

export default function init(module: { module_or_path: WebAssembly.Module }): Promise<unknown>;
