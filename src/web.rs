//! What JavaScript sees: questions in, answers out. Nothing here calls back into JavaScript while it holds the page, but the painters.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use crate::data::words::halves;
use crate::data::{self, Column, Lang, Value};
use crate::error::{Error, Issue};
use crate::message;
use crate::paint::gpu::GpuPainter;
use crate::paint::svg::{self, Paper};
use crate::paint::webgl2::GlPainter;
use crate::paint::{Kept, Painter, Way, canary, raster, size_px};
use crate::scene::{Scene, Window};
use crate::widget::{self, Picture, View, Widget, tween};

/// A panic says where and why on the console before it ends in a trap, which the host answers with a fresh instance.
#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

thread_local! {
    static PAGE: RefCell<Page> = const { RefCell::new(Page { open: Vec::new(), painters: Vec::new(), languages: Vec::new() }) };
}

/// All widgets of a page, and what paints them.
struct Page {
    open: Vec<Open>,
    /// The number that the host has of a painter is its place here, counted from 1.
    painters: Vec<Option<Box<dyn Painter>>>,
    /// Besides Korean and English.
    languages: Vec<Lang>,
}

struct Open {
    id: u32,
    widget: Box<dyn Widget>,
    view: View,
    picture: Picture,
    /// Changes with the marks and ribbons of the picture: what painters have been sent for it they keep.
    stamp: u32,
    /// A transition to that picture, and how far it has come, 0 to 1.
    moving: Option<Moving>,
    part: f32,
    /// Columns on their way in.
    columns: Vec<Column>,
}

enum Moving {
    /// Nothing but the reader: from one place to another.
    Window(Window, Window),
    /// Marks and ribbons, from where [`tween::start`] says; and the scene between, for painters without a kernel.
    Marks(Scene, Scene),
}

/// The one way in: what is asked is the first of the texts, which end in NUL, and of which widget. A wrapper for every question would
/// weigh more than the answers. An answer is JSON, a code or nothing.
#[wasm_bindgen]
pub fn ask(id: u32, numbers: &[f64], texts: &str) -> String {
    let (what, texts) = halves(texts, 0).unwrap_or_default();
    let place = (numbers.first().map_or(0, |&number| number as usize)).wrapping_sub(1);
    if what == "free" {
        // Forgets a painter. It may die of it, so the page is not held meanwhile.
        drop(PAGE.with_borrow_mut(|page| page.painters.get_mut(place).and_then(Option::take)));
        return String::new();
    }
    PAGE.with_borrow_mut(|page| match what {
        // The words of one more language, as [`Lang::new`] takes them.
        "words" => {
            page.languages.push(Lang::new(texts));
            String::new()
        }
        // Opens a widget of a kind (`value-chain`, `market-share`, `funding-timeline`) under a number of the host's choice.
        "open" => {
            page.close(id);
            if let Some(widget) = widget::make(texts) {
                page.open.push(Open { id, widget, view: View::default(), picture: Picture::default(), stamp: 1, moving: None, part: 0.0, columns: Vec::new() });
            }
            String::new()
        }
        // Forgets a widget.
        "close" => {
            page.close(id);
            String::new()
        }
        // The most bytes, objects and values that a file may have, and the most rows of a column.
        "limits" => message::numbers(&[data::MAX_BYTES as f64, data::MAX_OBJECTS as f64, data::MAX_VALUES as f64, data::MAX_COLUMN_ROWS as f64]),
        // The answer to a file that the host could not put on a tape: the name of an error, and what it says of the place.
        "refuse" => {
            let (code, detail) = halves(texts, 0).unwrap_or_default();
            message::failed(&Error::named(code, detail), &page.languages)
        }
        // Paints a widget at a scale, without a widget the 8×8 test picture of [`canary`]. Answers with a code if another tier is to be taken.
        "paint" => {
            let Page { open, painters, .. } = page;
            let Some(Some(painter)) = painters.get_mut(place) else { return "lost".into() };
            let canary = canary();
            let (scene, scale, stamp, way) = match open.iter_mut().find(|open| open.id == id) {
                Some(open) => {
                    let (scene, stamp, way) = open.shown(painter.moves());
                    (scene, numbers.get(1).map_or(1.0, |&scale| scale as f32), stamp, way)
                }
                None => (&canary, 1.0, 0, None),
            };
            let kept = Kept { key: id, stamp };
            let painted = painter.paint(scene, scale, kept, way);
            let painted = if painter.lost() { Err("lost") } else { painted };
            painted.err().unwrap_or_default().into()
        }
        _ => {
            let Page { open, languages, .. } = page;
            open.iter_mut().find(|open| open.id == id).map_or_else(String::new, |open| open.answer(what, numbers, texts, languages))
        }
    })
}

impl Page {
    fn close(&mut self, id: u32) {
        if let Some(at) = self.open.iter().position(|open| open.id == id) {
            self.open.swap_remove(at);
        }
        for painter in self.painters.iter_mut().flatten() {
            painter.forget(id);
        }
    }
}

impl Open {
    /// What is to be painted, under which stamp it is kept, and its way for a painter with kernels.
    fn shown(&mut self, kernels: bool) -> (&Scene, u32, Option<Way<'_>>) {
        let scene = &self.picture.scene;
        match &mut self.moving {
            Some(Moving::Marks(from, between)) => {
                // Where there are links too they move with the marks.
                if kernels && scene.ribbons.is_empty() {
                    return (scene, self.stamp, Some(Way { from, part: self.part }));
                }
                tween::between(from, scene, self.part, between);
                (between, 0, None)
            }
            _ => (scene, self.stamp, None),
        }
    }

    /// The answer to data.
    fn loaded(&mut self, read: Result<Vec<Issue>, Error>, languages: &[Lang]) -> String {
        match read {
            Ok(issues) => message::loaded(self.widget.rows(), &issues, languages),
            Err(error) => message::failed(&error, languages),
        }
    }

    /// The answer to a question about a widget.
    fn answer(&mut self, what: &str, numbers: &[f64], texts: &str, languages: &[Lang]) -> String {
        let number = |at: usize| numbers.get(at).copied().unwrap_or(f64::NAN) as f32;
        let lang = |code| message::language(code, languages);
        match what {
            // Loads a file, or the page's own table, as a tape (see [`Value`]). Answers with the number of rows and the issues, or with an
            // error; then the widget stays as it was.
            "file" | "rows" => {
                let table = what == "rows";
                let read = Value::read(numbers, texts).and_then(|file| self.widget.read(&file, table));
                self.loaded(read, languages)
            }
            // Takes the columns that [`column`] brought; answers as `file` does.
            "columns" => {
                let read = self.widget.columns(core::mem::take(&mut self.columns));
                self.loaded(read, languages)
            }
            // What an act, in a view that comes as a tape with it, changes.
            "act" => {
                let view = Value::read(numbers, texts).unwrap_or(Value::Null);
                let changes = message::act(view.get("act")).map(|act| self.widget.act(&message::view(&view, languages), &act));
                message::changes(&changes.unwrap_or_default())
            }
            // Lays out for a view, which comes as a tape, and answers with everything that becomes DOM; the marks are kept for painting.
            "scene" => {
                let view = Value::read(numbers, texts).unwrap_or(Value::Null);
                self.view = message::view(&view, languages);
                let before = core::mem::replace(&mut self.picture, self.widget.picture(&self.view)).scene;
                let scene = &self.picture.scene;
                let same = before.under == scene.under && before.marks == scene.marks && before.ribbons == scene.ribbons;
                self.stamp += u32::from(!same);
                let most = before.marks.len().max(scene.marks.len());
                self.moving = match *view.get("animate") == Value::Bool(true) && most <= tween::MOST_MARKS {
                    true if same => Some(Moving::Window(before.window, scene.window)),
                    true => Some(Moving::Marks(tween::start(&before, scene), Scene::default())),
                    false => None,
                };
                message::scene(&self.picture, &|datum| self.widget.opens(&self.view, datum))
            }
            // Whether there is a transition to the last scene; with a part of the way, from 0 to 1, that is what will be painted.
            "tween" => {
                // NaN has arrived.
                self.part = if number(0) < 1.0 { number(0) } else { 1.0 };
                if let Some(Moving::Window(from, to)) = &self.moving {
                    self.picture.scene.window = tween::window(from, to, self.part);
                }
                if self.part >= 1.0 {
                    self.moving = None;
                }
                message::numbers(&[f64::from(u8::from(self.moving.is_some()))])
            }
            // The picture of a view, which comes as a tape, as SVG. What is shown is laid out again after it: a widget picks in its last picture.
            "svg" => {
                let tape = Value::read(numbers, texts).unwrap_or(Value::Null);
                let view = message::view(&tape, languages);
                let paper = Paper { bare: *tape.get("bare") == Value::Bool(true), font: tape.get("font").text() };
                let mut picture = self.widget.picture(&view);
                if paper.bare {
                    // A sheet is filled by the layout whose words stay largest on it.
                    let wide = self.widget.picture(&View { width_css: svg::WIDE_CSS, ..view.clone() });
                    if svg::part_on_sheet(&wide) > svg::part_on_sheet(&picture) {
                        picture = wide;
                    }
                }
                self.widget.picture(&self.view);
                svg::paint(&picture, &view, &paper)
            }
            // Width and height of the picture at a scale, device px.
            "pixels" => {
                let [width, height] = size_px(&self.picture.scene, number(0));
                message::numbers(&[width.into(), height.into()])
            }
            // The row under a point, or −1, and whether a click opens it.
            "pick" => {
                let row = self.widget.pick(&self.picture, [number(0), number(1)]);
                let opens = row.is_some_and(|row| self.widget.opens(&self.view, row));
                message::numbers(&[row.map_or(-1.0, f64::from), f64::from(u8::from(opens))])
            }
            // Rows by what a reader types.
            "find" => {
                let (words, code) = halves(texts, 0).unwrap_or_default();
                message::found(&self.widget.find(words, lang(code)))
            }
            // What is known of a row; nothing for none.
            "card" => {
                let datum = numbers.first().map_or(u32::MAX, |&datum| datum as u32);
                self.widget.card(datum, lang(texts)).map_or_else(String::new, |card| message::card(datum, &card))
            }
            // All rows as text.
            "table" => message::table(&self.widget.table(lang(texts))),
            _ => String::new(),
        }
    }
}

/// The number of a new painter.
fn keep(painter: impl Painter + 'static) -> u32 {
    PAGE.with_borrow_mut(|page| {
        page.painters.push(Some(Box::new(painter)));
        page.painters.len() as u32
    })
}

/// Brings one column of a widget's data; `columns` is asked when all are there. `names` end in NUL.
#[wasm_bindgen]
pub fn column(id: u32, name: &str, numbers: Vec<f64>, codes: Vec<u32>, names: &str) {
    PAGE.with_borrow_mut(|page| {
        if let Some(open) = page.open.iter_mut().find(|open| open.id == id) {
            open.columns.push(Column::new(name, numbers, codes, names));
        }
    });
}

/// Paints a widget without a GPU into `to`: RGBA bytes, row by row, as many as the size that `pixels` answers with needs; else nothing is painted.
#[wasm_bindgen]
pub fn picture(id: u32, scale: f32, to: &js_sys::Uint8Array) {
    PAGE.with_borrow_mut(|page| {
        if let Some(open) = page.open.iter_mut().find(|open| open.id == id) {
            let mut out = Vec::new();
            raster::paint(open.shown(false).0, scale, &mut out);
            if out.len() == to.length() as usize {
                to.copy_from(&out);
            }
        }
    });
}

/// Opens WebGPU on a canvas; `force` also takes a software adapter. Answers with a painter's number.
///
/// # Errors
/// A code: `no-adapter`, `software-adapter`, `no-device`, `no-surface`, `shader`.
#[wasm_bindgen(js_name = openGpu)]
pub async fn open_gpu(canvas: web_sys::OffscreenCanvas, force: bool) -> Result<u32, JsValue> {
    Ok(keep(GpuPainter::new(canvas, force).await?))
}

/// Opens WebGL2 on a canvas with its context. Answers with a painter's number.
///
/// # Errors
/// A code: `no-context`, `shader`.
#[wasm_bindgen(js_name = openGl)]
pub fn open_gl(canvas: web_sys::OffscreenCanvas, context: web_sys::WebGl2RenderingContext) -> Result<u32, JsValue> {
    Ok(keep(GlPainter::new(canvas, context)?))
}
