//! AI Atlas draws three widgets about the AI industry: the value chain, market shares, and a
//! timeline of funding.
//!
//! # One arrow
//!
//! `data → layout → scene → widget → render → web → host`. A module names only modules that stand
//! left of it; `tests/tidy.rs` checks that. The one thing that travels back is the datum: a row's
//! number, given once while parsing and carried to the pixel and to the click.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`error`] | an [`error::Error`] ends a file, an [`error::Issue`] leaves out a row |
//! | [`data`] | files in, typed rows and issues out; all data is hostile |
//! | [`layout`] | pure geometry: treemap, time axis, lanes, layered diagram; days are those of `civil` |
//! | [`text`] | numbers, money, dates, status and sentences in every language; widths of words |
//! | [`scene`] | what to see, in CSS px: marks, ribbons, labels, outline; picking |
//! | [`widget`] | data and view state in, a scene and the words around it out |
//! | [`protocol`] | every message between host and engine, as a type |
//! | [`abi`] | the plain structs that cross to the GPU; `shaders/abi.wgsl` has the same |
//! | [`kernel`] | what every compute shader means, as the plainest loop, for `shaders/kernel/` |
//! | [`render`] | renderers of what `clip` leaves: WebGPU, WebGL2, and the reference, the `raster`, without GPU |
//! | `web` | the exports to JavaScript: messages in, messages out (wasm only) |
//!
//! What runs over all numbers of a picture is the member crate `compute/`, which is not optimised
//! for size alone: `civil`, `layout`, `abi`, `kernel`, `scene`, `clip`, `raster`. The host is
//! `www/host/`: custom elements that know no data, and a worker that owns the one engine of the
//! page.
//!
//! # Spaces
//!
//! Lengths are CSS px (`rect_css`); renderers multiply by a scale, device px per CSS px. Days count
//! from 1970-01-01. Colours are straight alpha, red in the lowest byte.
//!
//! # Tiers
//!
//! WebGPU, else WebGL2, else the raster, else the host's plain table. Marks live in an integer
//! texture, for as long as the scene does, and vertex shaders pull them from there, so one pair of
//! shaders serves WebGPU and, translated at build time, WebGL2. Text is never painted: the browser
//! sets it.
//!
//! # From Rust
//!
//! Everything but painting on a GPU runs without a browser. A file to an SVG, whose text is text:
//!
//! ```
//! use ai_atlas::{data::Lang, render::svg, widget};
//!
//! let file = br#"{
//!     "kind": "ai-atlas/market-share", "title": "Two", "unit": "%",
//!     "items": [{"label": "A", "value": 70}, {"label": "B", "value": 30}]
//! }"#;
//! let mut share = widget::make("market-share").ok_or("no such widget")?;
//! let issues = share.load(file)?;
//! assert!(issues.is_empty());
//! let view = widget::View { lang: Lang::En, ..widget::View::wide(680.0) };
//! let drawing = svg::paint(&share.picture(&view), &view, &svg::Paper { bare: false, font: "sans-serif" });
//! assert!(drawing.starts_with("<svg") && drawing.contains("70%"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to change what
//!
//! | Words and numbers | file | there |
//! | --- | --- | --- |
//! | how a number or a percentage is written | `src/text/number.rs` | `percent` |
//! | signs and words around a sum of money | `src/text/money.rs` | `money` |
//! | the steps of a sum: 만, 억, 조, bn | `src/text/number.rs` | `CURRENCY_STEPS` |
//! | how a date or a period is written | `src/text/date.rs` | `when` |
//! | the words of a tick of the time axis | `src/text/date.rs` | `tick` |
//! | the words of a status | `src/text/i18n.rs` | `status` |
//! | names of countries | `src/text/i18n.rs` | `COUNTRIES` |
//! | the sentence of an error or an issue | `src/text/sentences.rs` | `issue` |
//! | the sentence of a file that cannot be read | `src/text/sentences.rs` | `ERRORS` |
//! | a language | `lang/ja.json` | `Amount` |
//! | a kind of event: its word | `src/text/names.rs` | `event_kind` |
//! | which letters a search compares | `src/text/letters.rs` | `letters` |
//!
//! | Files and tables that are read | file | there |
//! | --- | --- | --- |
//! | a status (planned, reported …): which there are | `src/data/mod.rs` | `Status` |
//! | which headings of tables are understood | `src/data/table/headings.rs` | `SCHEMAS` |
//! | which line of a table has the headings | `src/data/table/heads.rs` | `find_head` |
//! | which column is meant, where no heading settles it | `src/data/table/choice.rs` | `by_content` |
//! | which rows of a table are totals, or hold others | `src/data/table/totals.rs` | `TOTALS` |
//! | whether values are shares, parts or stand side by side | `src/data/table/measure.rs` | `Measure` |
//! | which words of tables mean a kind of event or relation | `src/data/table/timeline.rs` | `EVENTS` |
//! | how JSON of other libraries is read | `src/data/table/shapes.rs` | `shape` |
//! | how a cell is read as a number | `src/data/json/number.rs` | `cell_number` |
//! | how a date is read | `src/data/calendar.rs` | `parse` |
//! | the words of units, in headings and cells | `src/data/table/units.rs` | `CURRENCIES` |
//! | what is counted: 개, 명, 톤 | `src/data/table/units.rs` | `COUNTED` |
//! | which marks group digits or separate decimals | `src/data/table/figures.rs` | `shape` |
//! | how the date of a table is read | `src/data/table/dates.rs` | `Form` |
//! | what a CSV file may look like: separators, lines | `src/data/csv.rs` | `COMMAS` |
//! | spans, heads, totals and footnote marks of a page's own table | `src/data/page_table/mod.rs` | `table` |
//! | how large a file may be, how many rows | `src/data/mod.rs` | `MAX_ROWS` |
//! | which columns setColumns takes | `src/data/columns.rs` | `Grid` |
//! | which file is JSON, CSV, Excel; encodings | `src/data/input.rs` | `open` |
//!
//! | Value chain | file | there |
//! | --- | --- | --- |
//! | the words by which files name a layer | `src/data/layer.rs` | `WORDS` |
//! | a kind of relation: its words, direction, meaning | `src/data/value_chain/relation.rs` | `relations` |
//! | a kind of relation: its colour, line, width | `src/widget/relation_style.rs` | `relation_style` |
//! | columns and items of the value chain | `src/widget/value_chain/layout.rs` | `choose_columns` |
//! | columns of a chain that names no layers | `compute/src/layout/layered/flow_levels.rs` | `flow_levels` |
//! | how many organisations of a group are named | `src/widget/value_chain/aggregate.rs` | `MAX_NAMED` |
//! | the order of items: fewer crossings | `compute/src/layout/layered/crossing_reduction.rs` | `sweep` |
//! | which way a relation takes | `compute/src/layout/layered/edge_routing.rs` | `route` |
//! | circular deals | `src/widget/value_chain/cycles.rs` | `closing` |
//! | the legend of the value chain | `src/widget/value_chain/captions.rs` | `relations_legend` |
//!
//! | Market shares | file | there |
//! | --- | --- | --- |
//! | where a tile goes | `compute/src/layout/squarify.rs` | `squarify` |
//! | the gap between tiles, the tiles of a board | `src/widget/market_share/tiles.rs` | `GAP_CSS` |
//! | what a tile looks like | `src/widget/market_share/draw_tile.rs` | `tile_style` |
//! | what stands in a tile | `src/widget/market_share/tile_words.rs` | `tile_words` |
//! | the colour of a tile without a layer | `src/widget/market_share/tile_colors.rs` | `TileColors` |
//! | which tiles have words at all | `src/widget/market_share/draw_tile.rs` | `MIN_WORDS_WIDTH_CSS` |
//! | headline, finding and notes of a widget (here: shares) | `src/widget/market_share/captions.rs` | `finding` |
//! | what a tooltip says (here: shares) | `src/widget/market_share/details.rs` | `tooltip` |
//!
//! | Timeline | file | there |
//! | --- | --- | --- |
//! | which days get a tick | `compute/src/layout/scale.rs` | `STEPS` |
//! | a kind of event: which there are, their words in files | `src/data/funding.rs` | `KIND_WORDS` |
//! | a kind of event: its place and meaning | `src/widget/funding_timeline/kinds.rs` | `KINDS` |
//! | which events get a dot and a label | `src/widget/funding_timeline/dot_layout.rs` | `choose_dots` |
//! | lanes, filters and groups of the timeline | `src/widget/funding_timeline/prepared.rs` | `prepare` |
//! | how large a dot is, on a phone too | `src/widget/funding_timeline/dot.rs` | `MAX_RADIUS_VERTICAL_CSS` |
//! | the line of today, ticks and grid | `src/widget/funding_timeline/draw_axis.rs` | `today` |
//! | the timeline on a phone | `src/widget/funding_timeline/draw_vertical.rs` | `column` |
//!
//! | Colours and drawing | file | there |
//! | --- | --- | --- |
//! | a colour, and text on it | `src/widget/palette.rs` | `layer` |
//! | the colours of known organisations | `src/widget/organisations.rs` | `COLOURS` |
//! | search by name and initial consonants | `src/widget/search.rs` | `NameSearch` |
//! | how a shape is filled, on the GPU | `shaders/draw/mark.wgsl` | `fragment` |
//! | which adapter and device WebGPU asks for | `src/render/webgpu/surface.rs` | `open` |
//! | the same without a GPU | `compute/src/raster/mark.rs` | `draw` |
//! | the drawing that is downloaded or printed | `src/render/svg.rs` | `paint` |
//! | what a downloaded drawing says of its sources | `src/render/svg.rs` | `metadata` |
//!
//! | The host in the page | file | there |
//! | --- | --- | --- |
//! | how a tooltip is laid out | `www/host/tooltip-content.js` | `fillTooltip` |
//! | what buttons, legend, table and tooltip look like | `www/host/styles/legend.css` | `legend` |
//! | the line of sources below a figure | `www/host/controllers/captions.js` | `sourceLine` |
//! | which tier draws, how long it may take to open, what a lost GPU leads to | `www/host/tiers.js` | `TierManager` |
//! | theme, language and fonts of the page | `www/host/controllers/theme.js` | `readStyles` |
//! | waiting, kept height, the table after four seconds | `www/host/controllers/placeholder.js` | `LATE_MS` |
//! | how the table of the data sorts | `www/host/data-table.js` | `sorted` |
//! | reading a table of the page | `www/host/page-table.js` | `readTable` |
//! | when events such as load are fired | `www/host/controllers/data.js` | `onPainted` |
//! | keys that move the focus | `www/host/accessible-tree.js` | `#key` |
//! | keys that zoom | `www/host/controllers/keyboard.js` | `FACTORS` |
//! | zoom and drag by fingers, wheel and mouse; long press | `www/host/gestures.js` | `gestures` |
//! | hover and click, when a tooltip comes and goes | `www/host/controllers/pointer.js` | `PointerController` |
//! | selection across widgets | `www/host/controllers/selection.js` | `SelectionController` |
//! | downloads: formats, names, resolution | `www/host/export.js` | `FORMATS` |
//! | what stands on paper | `www/host/controllers/print.js` | `#toggle` |
//! | a heading, button or sentence of the host | `www/host/i18n.js` | `WORDS` |
//! | what the host asks the engine | `src/web/mod.rs` | `Engine` |
//!
//! | Builder, command line, package | file | there |
//! | --- | --- | --- |
//! | a file of the gallery | `www/articles/gallery-entries.js` | `ENTRIES` |
//! | commands and options of the command line | `src/bin/ai-atlas/cli.rs` | `view` |
//! | which columns the builder asks for | `www/builder/roles.js` | `MENUS` |
//! | the snippet that the builder writes | `www/builder/code.js` | `written` |
//! | subpaths of the npm package | `tools/npm.mjs` | `exports` |
#![forbid(unsafe_code)]

pub use ai_atlas_compute::{abi, kernel, layout, scene};

pub mod data;
pub mod error;
pub mod protocol;
pub mod render;
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod web;
pub mod widget;
