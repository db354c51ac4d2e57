//! What JavaScript sees: one [`Engine`] with a method for every question, and painters. Questions
//! and answers are the types of [`crate::protocol`].
//!
//! Nothing here calls back into script while it holds the engine, but the painters; what they are
//! told by the GPU later only sets a flag. A text that is thrown is a code that the host knows.
//! Anything else that is thrown is a trap: the host then makes a fresh instance.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use js_sys::{Array, Object, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::data::input::{Format, Hint, Input};
use crate::data::{Column, Lang};
use crate::error::{Error, Issue};
use crate::protocol::{
    Act, Card, Changes, LIMITS, Line, LoadReply, Picked, SceneReply, Size, State, Table,
    ViewRequest, language,
};
use crate::render::svg::{self, Paper};
use crate::render::webgl2::WebGl2Renderer;
use crate::render::webgpu::WebGpuRenderer;
use crate::render::{self, CacheKey, Shaders, Transition, probe, raster, size_px};
use crate::scene::{Scene, Viewport};
use crate::widget::{self, Figure, View, Widget, transition};

/// A panic says where and why on the console before it ends in a trap, which the host answers with
/// a fresh instance.
#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// All widgets of a page. Each has a number of the host's choice.
///
/// A method of a widget that is not open throws `closed`.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    open: Vec<Session>,
    /// Those that have painted: when a widget closes they forget what they kept of it.
    painters: Vec<Weak<Held>>,
    /// Besides Korean and English.
    languages: Vec<Lang>,
}

/// A painter, until it is given back.
type Held = RefCell<Option<Box<dyn render::Renderer>>>;

struct Session {
    id: u32,
    widget: Box<dyn Widget>,
    view: View,
    picture: Figure,
    /// Changes with the marks and ribbons of the picture: what painters have been sent for it they
    /// keep.
    stamp: u32,
    /// A transition to that picture, and how far it has come, 0 to 1.
    moving: Option<Motion>,
    part: f32,
    /// Columns on their way in.
    columns: Vec<Column>,
}

enum Motion {
    /// Nothing but the reader: from one place to another.
    Viewport(Viewport, Viewport),
    /// Marks and ribbons, from where [`transition::start`] says; and the scene between, for painters
    /// without a kernel.
    Marks(Scene, Scene),
}

/// An answer as plain script values: objects, lists, null for nothing; bytes as a `Uint8Array`.
fn answer(answer: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(answer.serialize(&Serializer::json_compatible().serialize_bytes_as_arrays(false))?)
}

/// A field of what script asks; nothing where there is none.
fn field(question: &JsValue, key: &str) -> JsValue {
    Reflect::get(question, &key.into()).unwrap_or_default()
}

fn number(question: &JsValue, key: &str) -> Option<f64> {
    field(question, key).as_f64()
}

fn text(question: &JsValue, key: &str) -> String {
    field(question, key).as_string().unwrap_or_default()
}

fn list<T>(question: &JsValue, key: &str, item: impl Fn(JsValue) -> Option<T>) -> Vec<T> {
    let list = field(question, key);
    if list.is_object() {
        Array::from(&list).iter().filter_map(item).collect()
    } else {
        Vec::new()
    }
}

/// The view that script asks for. Field by field: serde's errors print floats, and std's tables for
/// that weigh more than all of this.
fn asked_view(view: &JsValue) -> ViewRequest {
    let state = field(view, "state");
    let state = if state.is_object() {
        Object::entries(state.unchecked_ref())
    } else {
        Array::new()
    };
    ViewRequest {
        width: number(view, "width").unwrap_or_default(),
        height: number(view, "height").unwrap_or_default(),
        lang: text(view, "lang"),
        theme: text(view, "theme"),
        colors: list(view, "colors", |color| {
            color.as_f64().map(|color| color as u32)
        }),
        selected: text(view, "selected"),
        hover: number(view, "hover"),
        table: text(view, "table"),
        framework: text(view, "framework"),
        from: text(view, "from"),
        to: text(view, "to"),
        today: number(view, "today"),
        scale: text(view, "scale"),
        hidden: list(view, "hidden", |key| key.as_string()),
        state: State(
            state
                .iter()
                .filter_map(|pair| {
                    Some((
                        Reflect::get_u32(&pair, 0).ok()?.as_string()?,
                        Reflect::get_u32(&pair, 1).ok()?.as_string()?,
                    ))
                })
                .collect(),
        ),
        metrics: list(view, "metrics", |advance| {
            advance.as_f64().map(|advance| advance as f32)
        }),
    }
}

/// What a reader did, as script says it; nothing for what is no act.
fn asked_act(act: &JsValue) -> Option<Act> {
    let list = act.dyn_ref::<Array>()?;
    let key = list.get(1).as_string();
    let numbers: Vec<f64> = list.iter().filter_map(|number| number.as_f64()).collect();
    Act::new(&list.get(0).as_string()?, key, &numbers)
}

#[wasm_bindgen]
impl Engine {
    /// An engine without widgets.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The words of one more language, as [`Lang::new`] takes them.
    pub fn teach(&mut self, words: &str) {
        self.languages.push(Lang::new(words));
    }

    /// Opens a widget of a kind (`value-chain`, `market-share`, `funding-timeline`) under a number
    /// of the host's choice.
    pub fn open(&mut self, id: u32, kind: &str) {
        self.close(id);
        if let Some(widget) = widget::make(kind) {
            let (view, picture) = (View::default(), Figure::default());
            self.open.push(Session {
                id,
                widget,
                view,
                picture,
                stamp: 1,
                moving: None,
                part: 0.0,
                columns: Vec::new(),
            });
        }
    }

    /// Forgets a widget.
    pub fn close(&mut self, id: u32) {
        self.open.retain(|open| open.id != id);
        self.painters.retain(|painter| {
            let Some(painter) = painter.upgrade() else {
                return false;
            };
            if let Some(painter) = &mut *painter.borrow_mut() {
                painter.forget(id);
            }
            true
        });
    }

    /// The most that a file may have.
    ///
    /// # Errors
    /// None that the host knows.
    #[wasm_bindgen(unchecked_return_type = "Limits")]
    pub fn limits() -> Result<JsValue, JsValue> {
        answer(&LIMITS)
    }

    /// Loads the bytes of a file, whose name and type may say what it is. Where it cannot be read
    /// the widget stays as it was.
    ///
    /// # Errors
    /// `closed`.
    #[wasm_bindgen(js_name = loadBytes, unchecked_return_type = "LoadReply")]
    pub fn load_bytes(
        &mut self,
        id: u32,
        bytes: &[u8],
        name: &str,
        media_type: &str,
    ) -> Result<JsValue, JsValue> {
        self.load(id, Input::open(bytes, Hint { name, media_type }, euc_kr))
    }

    /// Loads text: `json`, `csv`, or the `cells` of a page's own table ([`Format`]). Where it
    /// cannot be read the widget stays as it was.
    ///
    /// # Errors
    /// `closed`.
    #[wasm_bindgen(js_name = loadText, unchecked_return_type = "LoadReply")]
    pub fn load_text(&mut self, id: u32, text: &str, format: &str) -> Result<JsValue, JsValue> {
        self.load(
            id,
            Ok(Input::new(
                text,
                Format::named(format).unwrap_or(Format::Json),
            )),
        )
    }

    /// Brings one column of a widget's data; `names` end in NUL. [`Engine::load_columns`] takes
    /// them when all are there.
    ///
    /// # Errors
    /// `closed`.
    pub fn column(
        &mut self,
        id: u32,
        name: &str,
        numbers: Vec<f64>,
        codes: Vec<u32>,
        names: &str,
    ) -> Result<(), JsValue> {
        self.widget(id)?
            .0
            .columns
            .push(Column::new(name, numbers, codes, names));
        Ok(())
    }

    /// Takes the columns that [`Engine::column`] brought; answers as a file does.
    ///
    /// # Errors
    /// `closed`.
    #[wasm_bindgen(js_name = loadColumns, unchecked_return_type = "LoadReply")]
    pub fn load_columns(&mut self, id: u32) -> Result<JsValue, JsValue> {
        let (open, languages) = self.widget(id)?;
        let read = open.widget.columns(core::mem::take(&mut open.columns));
        open.loaded(&read, languages)
    }

    /// The answer to data that the host could not read: the name of an error, and what it says of
    /// the place.
    ///
    /// # Errors
    /// None that the host knows.
    #[wasm_bindgen(unchecked_return_type = "LoadReply")]
    pub fn refuse(&self, code: &str, detail: &str) -> Result<JsValue, JsValue> {
        answer(&LoadReply::failed(
            &Error::named(code, detail),
            &self.languages,
        ))
    }

    /// What an act, in a view, changes of the view.
    ///
    /// # Errors
    /// `closed`.
    #[wasm_bindgen(unchecked_return_type = "Changes")]
    pub fn act(
        &mut self,
        id: u32,
        #[wasm_bindgen(unchecked_param_type = "ViewRequest")] view: JsValue,
        #[wasm_bindgen(unchecked_param_type = "Act")] act: JsValue,
    ) -> Result<JsValue, JsValue> {
        let (open, languages) = self.widget(id)?;
        let (view, act) = (asked_view(&view).view(languages), asked_act(&act));
        answer(&Changes::new(
            act.as_ref()
                .and_then(Act::act)
                .map(|act| open.widget.act(&view, &act))
                .unwrap_or_default(),
        ))
    }

    /// Lays out for a view and answers with everything that becomes DOM; the marks are kept for
    /// painting. With `animate` they come from where they were.
    ///
    /// # Errors
    /// `closed`.
    #[wasm_bindgen(unchecked_return_type = "SceneReply")]
    pub fn scene(
        &mut self,
        id: u32,
        #[wasm_bindgen(unchecked_param_type = "ViewRequest")] view: JsValue,
        animate: bool,
    ) -> Result<JsValue, JsValue> {
        let (open, languages) = self.widget(id)?;
        open.lay_out(asked_view(&view).view(languages), animate);
        answer(&SceneReply::new(&open.picture, &|datum| {
            open.widget.opens(&open.view, datum)
        }))
    }

    /// How much of the way to the last scene is what will be painted, from 0 to 1; answers whether
    /// there is a way to go on.
    ///
    /// # Errors
    /// `closed`.
    pub fn tween(&mut self, id: u32, part: f32) -> Result<bool, JsValue> {
        let (open, _) = self.widget(id)?;
        // NaN has arrived.
        open.part = if part < 1.0 { part } else { 1.0 };
        if let Some(Motion::Viewport(from, to)) = &open.moving {
            open.picture.scene.viewport = transition::viewport(from, to, open.part);
        }
        if open.part >= 1.0 {
            open.moving = None;
        }
        Ok(open.moving.is_some())
    }

    /// The picture of a view as SVG, with its words unless it is `bare`. What is shown is laid out
    /// again after it: a widget picks in its last picture.
    ///
    /// # Errors
    /// `closed`.
    pub fn svg(
        &mut self,
        id: u32,
        #[wasm_bindgen(unchecked_param_type = "ViewRequest")] view: JsValue,
        bare: bool,
        font: &str,
    ) -> Result<String, JsValue> {
        let (open, languages) = self.widget(id)?;
        let view = asked_view(&view).view(languages);
        let mut picture = open.widget.picture(&view);
        if bare {
            // A sheet is filled by the layout whose words stay largest on it.
            let wide = open.widget.picture(&View {
                width_css: svg::WIDE_CSS,
                ..view.clone()
            });
            if svg::part_on_sheet(&wide) > svg::part_on_sheet(&picture) {
                picture = wide;
            }
        }
        open.widget.picture(&open.view);
        Ok(svg::paint(&picture, &view, &Paper { bare, font }))
    }

    /// The size of the picture at a scale, device px a CSS px.
    ///
    /// # Errors
    /// `closed`.
    #[wasm_bindgen(unchecked_return_type = "Size")]
    pub fn pixels(&mut self, id: u32, scale: f32) -> Result<JsValue, JsValue> {
        let [width, height] = size_px(&self.widget(id)?.0.picture.scene, scale);
        answer(&Size { width, height })
    }

    /// The row under a point, CSS px.
    ///
    /// # Errors
    /// `closed`.
    #[wasm_bindgen(unchecked_return_type = "Picked")]
    pub fn pick(&mut self, id: u32, x: f32, y: f32) -> Result<JsValue, JsValue> {
        let (open, _) = self.widget(id)?;
        let row = open.widget.pick(&open.picture, [x, y]);
        answer(&Picked::new(
            row,
            row.is_some_and(|row| open.widget.opens(&open.view, row)),
        ))
    }

    /// Rows by what a reader types.
    ///
    /// # Errors
    /// `closed`.
    #[wasm_bindgen(unchecked_return_type = "Line[]")]
    pub fn find(&mut self, id: u32, words: &str, lang: &str) -> Result<JsValue, JsValue> {
        let (open, languages) = self.widget(id)?;
        answer(&Line::all(
            &open.widget.find(words, language(lang, languages)),
        ))
    }

    /// What is known of a row; null where there is none such.
    ///
    /// # Errors
    /// `closed`.
    #[wasm_bindgen(unchecked_return_type = "Card | null")]
    pub fn card(&mut self, id: u32, row: u32, lang: &str) -> Result<JsValue, JsValue> {
        let (open, languages) = self.widget(id)?;
        answer(
            &open
                .widget
                .card(row, language(lang, languages))
                .as_ref()
                .map(|card| Card::new(row, card)),
        )
    }

    /// All rows as text.
    ///
    /// # Errors
    /// `closed`.
    #[wasm_bindgen(unchecked_return_type = "Table")]
    pub fn table(&mut self, id: u32, lang: &str) -> Result<JsValue, JsValue> {
        let (open, languages) = self.widget(id)?;
        answer(&Table::from(&open.widget.table(language(lang, languages))))
    }

    /// Paints a widget at a scale.
    ///
    /// # Errors
    /// `closed`, and the codes of [`render::Renderer::paint`], which say whether another tier is to
    /// be taken.
    pub fn paint(&mut self, painter: &Painter, id: u32, scale: f32) -> Result<(), JsValue> {
        if !self
            .painters
            .iter()
            .any(|known| known.as_ptr() == Rc::as_ptr(&painter.0))
        {
            self.painters.push(Rc::downgrade(&painter.0));
        }
        let (open, _) = self.widget(id)?;
        painter.paint(|kernels| {
            let (scene, stamp, way) = open.shown(kernels);
            (scene, scale, CacheKey { key: id, stamp }, way)
        })
    }

    /// Paints a widget without a GPU into `to`: RGBA bytes, row by row, as many as
    /// [`Engine::pixels`] says; else nothing is painted.
    ///
    /// # Errors
    /// `closed`.
    pub fn picture(&mut self, id: u32, scale: f32, to: &js_sys::Uint8Array) -> Result<(), JsValue> {
        let mut out = Vec::new();
        raster::paint(self.widget(id)?.0.shown(false).0, scale, &mut out);
        if out.len() == to.length() as usize {
            to.copy_from(&out);
        }
        Ok(())
    }
}

#[cfg(feature = "read-file")]
#[wasm_bindgen]
impl Engine {
    /// What a file is, before it is anybody's data.
    ///
    /// # Errors
    /// None that the host knows.
    #[wasm_bindgen(js_name = readFile, unchecked_return_type = "FileReply")]
    pub fn read_file(&self, bytes: &[u8], name: &str) -> Result<JsValue, JsValue> {
        let opened = Input::open(
            bytes,
            Hint {
                name,
                media_type: "",
            },
            euc_kr,
        );
        let mut reply = crate::protocol::FileReply::default();
        let read = opened.as_ref().map_err(Clone::clone).and_then(|input| {
            reply.opened(input);
            input.read(|file, table| {
                reply.read(file, table);
                Ok(Vec::new())
            })
        });
        if let Err(error) = &read {
            reply.failed(error, &self.languages);
        }
        answer(&reply)
    }
}

impl Engine {
    /// An open widget, and the languages that there are.
    fn load(&mut self, id: u32, input: Result<Input<'_>, Error>) -> Result<JsValue, JsValue> {
        let (open, languages) = self.widget(id)?;
        let read = input.and_then(|input| input.read(|file, table| open.widget.read(file, table)));
        open.loaded(&read, languages)
    }

    fn widget(&mut self, id: u32) -> Result<(&mut Session, &[Lang]), JsValue> {
        let Self {
            open, languages, ..
        } = self;
        open.iter_mut()
            .find(|open| open.id == id)
            .map(|open| (open, languages.as_slice()))
            .ok_or_else(|| "closed".into())
    }
}

impl Session {
    /// The answer to data.
    fn loaded(
        &self,
        read: &Result<Vec<Issue>, Error>,
        languages: &[Lang],
    ) -> Result<JsValue, JsValue> {
        answer(&LoadReply::new(read, self.widget.rows(), languages))
    }

    /// Lays out for a view.
    fn lay_out(&mut self, view: View, animate: bool) {
        self.view = view;
        let before = core::mem::replace(&mut self.picture, self.widget.picture(&self.view)).scene;
        let scene = &self.picture.scene;
        let same = before.under == scene.under
            && before.marks == scene.marks
            && before.ribbons == scene.ribbons;
        self.stamp += u32::from(!same);
        let most = before.marks.len().max(scene.marks.len());
        self.moving = match animate && most <= transition::MOST_MARKS {
            true if same => Some(Motion::Viewport(before.viewport, scene.viewport)),
            true => Some(Motion::Marks(
                transition::start(&before, scene),
                Scene::default(),
            )),
            false => None,
        };
    }

    /// What is to be painted, under which stamp it is kept, and its way for a painter with kernels.
    fn shown(&mut self, kernels: bool) -> (&Scene, u32, Option<Transition<'_>>) {
        let scene = &self.picture.scene;
        match &mut self.moving {
            Some(Motion::Marks(from, between)) => {
                // Where there are links too they move with the marks.
                if kernels && scene.ribbons.is_empty() {
                    return (
                        scene,
                        self.stamp,
                        Some(Transition {
                            from,
                            part: self.part,
                        }),
                    );
                }
                transition::between(from, scene, self.part, between);
                (between, 0, None)
            }
            _ => (scene, self.stamp, None),
        }
    }
}

/// What paints on a canvas by a GPU.
#[wasm_bindgen]
pub struct Painter(Rc<Held>);

#[wasm_bindgen]
impl Painter {
    /// Paints the 8×8 test picture of [`probe`].
    ///
    /// # Errors
    /// The codes of [`render::Renderer::paint`].
    pub fn probe(&self) -> Result<(), JsValue> {
        let probe = probe();
        self.paint(|_| {
            (
                &probe,
                1.0,
                CacheKey {
                    key: u32::MAX,
                    stamp: 0,
                },
                None,
            )
        })
    }

    /// Takes the texts of kernels by name (`tween.wgsl`), which come when there is work for them;
    /// until then it paints without.
    pub fn teach(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Record<string, string>")] kernels: Object,
    ) {
        if let Some(painter) = &mut *self.0.borrow_mut() {
            painter.teach(&Shaders::given(Some(kernels)));
        }
    }

    /// Gives back what it has of the GPU; from then on it is `lost`. It may die of it, so nothing
    /// is held meanwhile.
    pub fn release(&self) {
        let painter = self.0.borrow_mut().take();
        drop(painter);
    }
}

impl Painter {
    fn new(painter: impl render::Renderer + 'static) -> Self {
        Self(Rc::new(RefCell::new(Some(Box::new(painter)))))
    }

    /// `shown`: what is painted, by one that has kernels or has none.
    fn paint<'a>(
        &self,
        shown: impl FnOnce(bool) -> (&'a Scene, f32, CacheKey, Option<Transition<'a>>),
    ) -> Result<(), JsValue> {
        let mut painter = self.0.borrow_mut();
        let Some(painter) = &mut *painter else {
            return Err("lost".into());
        };
        let (scene, scale, kept, way) = shown(painter.moves());
        let painted = painter.paint(scene, scale, kept, way);
        if painter.lost() {
            Err("lost".into())
        } else {
            painted.map_err(JsValue::from)
        }
    }
}

/// Browsers know the encoding of Korean spreadsheets.
fn euc_kr(bytes: &[u8]) -> String {
    web_sys::TextDecoder::new_with_label("euc-kr")
        .and_then(|decoder| decoder.decode_with_u8_array(bytes))
        .unwrap_or_default()
}

/// Opens WebGPU on a canvas; `force` also takes a software adapter. `shaders` are texts by name
/// (`mark.wgsl`), where the library was built without its own.
///
/// # Errors
/// A code: `no-adapter`, `software-adapter`, `no-device`, `no-surface`, `shader`.
#[wasm_bindgen(js_name = openGpu)]
pub async fn open_gpu(
    canvas: web_sys::OffscreenCanvas,
    force: bool,
    #[wasm_bindgen(unchecked_optional_param_type = "Record<string, string>")] shaders: Option<
        Object,
    >,
) -> Result<Painter, JsValue> {
    // No method of the engine: that would be held for as long as the browser takes.
    Ok(Painter::new(
        WebGpuRenderer::new(canvas, force, &Shaders::given(shaders)).await?,
    ))
}

/// Opens WebGL2 on a canvas with its context; `shaders` as for [`open_gpu`] (`mark.vertex.glsl`).
///
/// # Errors
/// A code: `no-context`, `shader`.
#[wasm_bindgen(js_name = openGl)]
pub fn open_gl(
    canvas: web_sys::OffscreenCanvas,
    context: web_sys::WebGl2RenderingContext,
    #[wasm_bindgen(unchecked_optional_param_type = "Record<string, string>")] shaders: Option<
        Object,
    >,
) -> Result<Painter, JsValue> {
    Ok(Painter::new(WebGl2Renderer::new(
        canvas,
        context,
        &Shaders::given(shaders),
    )?))
}
