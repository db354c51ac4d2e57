//! What JavaScript sees: messages in, messages out. Nothing here calls back into JavaScript while it holds `&mut self`.

use wasm_bindgen::prelude::*;

use crate::data::Lang;
use crate::message;
use crate::paint::gpu::GpuPainter;
use crate::paint::webgl2::GlPainter;
use crate::paint::{canary, raster};
use crate::widget::{self, Picture, Widget};

/// All widgets of a page.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    open: Vec<Open>,
}

struct Open {
    id: u32,
    widget: Box<dyn Widget>,
    picture: Picture,
}

#[wasm_bindgen]
impl Engine {
    /// An engine without widgets.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens a widget of a kind (`value-chain`, `market-share`, `funding-timeline`) under a number of the host's choice. False for an unknown kind.
    pub fn open(&mut self, id: u32, kind: &str) -> bool {
        self.close(id);
        let Some(widget) = widget::make(kind) else { return false };
        self.open.push(Open { id, widget, picture: Picture::default() });
        true
    }

    /// Forgets a widget.
    pub fn close(&mut self, id: u32) {
        self.open.retain(|o| o.id != id);
    }

    /// Loads a file, or the page's own table. Answers with the number of rows and the issues, or with an error; then the widget stays as it was.
    pub fn load(&mut self, id: u32, bytes: &[u8], format: &str) -> String {
        let Some(open) = self.find(id) else { return String::new() };
        match open.widget.load(bytes, format == "table") {
            Ok(issues) => message::loaded(open.widget.rows(), &issues),
            Err(error) => message::failed(&error),
        }
    }

    /// Lays out for a view and answers with everything that becomes DOM; the marks are kept for painting.
    pub fn scene(&mut self, id: u32, view: &str) -> String {
        let Some(open) = self.find(id) else { return String::new() };
        open.picture = open.widget.picture(&message::view(view));
        message::scene(&open.picture, open.widget.rows())
    }

    /// The row under a point, or −1.
    pub fn pick(&self, id: u32, x_css: f32, y_css: f32) -> i32 {
        self.get(id).and_then(|o| o.picture.scene.pick([x_css, y_css])).and_then(|d| i32::try_from(d).ok()).unwrap_or(-1)
    }

    /// What is known of a row; empty for none.
    pub fn card(&self, id: u32, datum: u32, lang: &str) -> String {
        self.get(id).and_then(|o| o.widget.card(datum, language(lang))).map_or(String::new(), |c| message::card(datum, &c))
    }

    /// All rows as text.
    pub fn table(&self, id: u32, lang: &str) -> String {
        self.get(id).map_or(String::new(), |o| message::table(&o.widget.table(language(lang))))
    }

    /// The picture without a GPU: RGBA bytes, row by row, its size is [`Engine::pixels`].
    pub fn picture(&self, id: u32, scale: f32) -> Vec<u8> {
        let mut out = Vec::new();
        if let Some(open) = self.get(id) {
            raster::paint(&open.picture.scene, scale, &mut out);
        }
        out
    }

    /// Size of the picture in device pixels: width, height.
    pub fn pixels(&self, id: u32, scale: f32) -> Vec<u32> {
        self.get(id).map_or_else(Vec::new, |o| crate::paint::size_px(&o.picture.scene, scale).to_vec())
    }
}

impl Engine {
    fn find(&mut self, id: u32) -> Option<&mut Open> {
        self.open.iter_mut().find(|o| o.id == id)
    }

    fn get(&self, id: u32) -> Option<&Open> {
        self.open.iter().find(|o| o.id == id)
    }
}

fn language(lang: &str) -> Lang {
    if lang == "en" { Lang::En } else { Lang::Ko }
}

/// Paints with WebGPU into an OffscreenCanvas.
#[wasm_bindgen]
pub struct Gpu(GpuPainter);

/// Opens WebGPU on a canvas; `force` also takes a software adapter.
///
/// # Errors
/// A code: `no-adapter`, `software-adapter`, `no-device`, `no-surface`.
#[wasm_bindgen(js_name = openGpu)]
pub async fn open_gpu(canvas: web_sys::OffscreenCanvas, force: bool) -> Result<Gpu, JsError> {
    GpuPainter::new(canvas, force).await.map(Gpu).map_err(JsError::new)
}

#[wasm_bindgen]
impl Gpu {
    /// Paints a widget's picture at `scale` device px per CSS px and resizes the canvas to it.
    ///
    /// # Errors
    /// A code: the painter is lost or refuses; take another tier.
    pub fn paint(&mut self, engine: &Engine, id: u32, scale: f32) -> Result<(), JsError> {
        let Some(open) = engine.get(id) else { return Ok(()) };
        self.0.paint(&open.picture.scene, scale).map_err(JsError::new)
    }

    /// Paints the 8×8 test picture of [`canary`].
    ///
    /// # Errors
    /// As [`Gpu::paint`].
    pub fn canary(&mut self) -> Result<(), JsError> {
        self.0.paint(&canary(), 1.0).map_err(JsError::new)
    }

    /// Whether the device is gone.
    pub fn lost(&self) -> bool {
        self.0.lost()
    }
}

/// Paints with WebGL2 into an OffscreenCanvas.
#[wasm_bindgen]
pub struct Gl(GlPainter);

/// Opens WebGL2 on a canvas; `force` also takes a software context.
///
/// # Errors
/// A code: `no-context`, `software-context`, `shader`.
#[wasm_bindgen(js_name = openGl)]
pub fn open_gl(canvas: web_sys::OffscreenCanvas, force: bool) -> Result<Gl, JsError> {
    GlPainter::new(canvas, force).map(Gl).map_err(JsError::new)
}

#[wasm_bindgen]
impl Gl {
    /// As [`Gpu::paint`].
    ///
    /// # Errors
    /// A code: the context is lost.
    pub fn paint(&mut self, engine: &Engine, id: u32, scale: f32) -> Result<(), JsError> {
        let Some(open) = engine.get(id) else { return Ok(()) };
        self.0.paint(&open.picture.scene, scale).map_err(JsError::new)
    }

    /// As [`Gpu::canary`].
    ///
    /// # Errors
    /// As [`Gl::paint`].
    pub fn canary(&mut self) -> Result<(), JsError> {
        self.0.paint(&canary(), 1.0).map_err(JsError::new)
    }

    /// Whether the context is gone.
    pub fn lost(&self) -> bool {
        self.0.lost()
    }
}
