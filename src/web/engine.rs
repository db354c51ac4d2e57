//! What JavaScript sees of the widgets: one [`Engine`] with a method for every question.

use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::*;

use super::renderer::{GpuRenderer, Held};
use super::request::{asked_act, asked_view};
use super::session::{Motion, Session};
use super::{answer, decode};
use crate::data::input::{Format, Hint, Input};
use crate::data::{Column, Lang};
use crate::error::Error;
use crate::protocol::{
    Act, Changes, LIMITS, Line, LoadReply, Picked, SceneReply, Size, Table, Tooltip, language,
};
use crate::render::svg::{self, Paper};
use crate::render::{CacheKey, raster, size_px};
use crate::widget::{self, Figure, View, transition};

/// All widgets of a page. Each has a number of the host's choice.
///
/// A method of a widget that is not open throws `closed`.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    open: Vec<Session>,
    /// Those that have painted: when a widget closes they forget what they kept of it.
    renderers: Vec<Weak<Held>>,
    /// Besides Korean and English.
    languages: Vec<Lang>,
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
                kind: kind.to_string(),
            });
        }
    }

    /// Forgets a widget.
    pub fn close(&mut self, id: u32) {
        self.open.retain(|open| open.id != id);
        self.renderers.retain(|renderer| {
            let Some(renderer) = renderer.upgrade() else {
                return false;
            };
            if let Some(renderer) = &mut *renderer.borrow_mut() {
                renderer.forget(id);
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
        self.load(id, Input::open(bytes, Hint { name, media_type }, &decode))
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
    #[wasm_bindgen(unchecked_return_type = "Tooltip | null")]
    pub fn tooltip(&mut self, id: u32, row: u32, lang: &str) -> Result<JsValue, JsValue> {
        let (open, languages) = self.widget(id)?;
        answer(
            &open
                .widget
                .tooltip(row, language(lang, languages))
                .as_ref()
                .map(|tooltip| Tooltip::new(row, tooltip)),
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
    /// `closed`, and the codes of `Renderer::paint`, which say whether another tier is to
    /// be taken.
    pub fn paint(&mut self, renderer: &GpuRenderer, id: u32, scale: f32) -> Result<(), JsValue> {
        if !self
            .renderers
            .iter()
            .any(|known| known.as_ptr() == Rc::as_ptr(&renderer.0))
        {
            self.renderers.push(Rc::downgrade(&renderer.0));
        }
        let (open, _) = self.widget(id)?;
        renderer.paint(|kernels| {
            let (scene, stamp, transition) = open.shown(kernels);
            (scene, scale, CacheKey { key: id, stamp }, transition)
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

impl Engine {
    fn load(&mut self, id: u32, input: Result<Input<'_>, Error>) -> Result<JsValue, JsValue> {
        let (open, languages) = self.widget(id)?;
        let read = input.and_then(|input| open.read(&input));
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
