//! What paints on a canvas by a GPU, as script holds it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Object;
use wasm_bindgen::prelude::*;

use crate::render::webgl2::WebGl2Renderer;
use crate::render::webgpu::WebGpuRenderer;
use crate::render::{self, CacheKey, Shaders, Transition, probe};
use crate::scene::Scene;

/// A renderer, until it is given back.
pub(super) type Held = RefCell<Option<Box<dyn render::Renderer>>>;

/// What paints on a canvas by a GPU.
#[wasm_bindgen]
pub struct GpuRenderer(pub(super) Rc<Held>);

#[wasm_bindgen]
impl GpuRenderer {
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
        if let Some(renderer) = &mut *self.0.borrow_mut() {
            renderer.teach(&Shaders::given(Some(kernels)));
        }
    }

    /// Gives back what it has of the GPU; from then on it is `lost`. It may die of it, so nothing
    /// is held meanwhile.
    pub fn release(&self) {
        let renderer = self.0.borrow_mut().take();
        drop(renderer);
    }
}

impl GpuRenderer {
    fn new(renderer: impl render::Renderer + 'static) -> Self {
        Self(Rc::new(RefCell::new(Some(Box::new(renderer)))))
    }

    /// `shown`: what is painted, by one that has kernels or has none.
    pub(super) fn paint<'a>(
        &self,
        shown: impl FnOnce(bool) -> (&'a Scene, f32, CacheKey, Option<Transition<'a>>),
    ) -> Result<(), JsValue> {
        let mut renderer = self.0.borrow_mut();
        let Some(renderer) = &mut *renderer else {
            return Err("lost".into());
        };
        let (scene, scale, cache_key, transition) = shown(renderer.moves());
        let painted = renderer.paint(scene, scale, cache_key, transition);
        if renderer.lost() {
            Err("lost".into())
        } else {
            painted.map_err(JsValue::from)
        }
    }
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
) -> Result<GpuRenderer, JsValue> {
    // No method of the engine: that would be held for as long as the browser takes.
    Ok(GpuRenderer::new(
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
) -> Result<GpuRenderer, JsValue> {
    Ok(GpuRenderer::new(WebGl2Renderer::new(
        canvas,
        context,
        &Shaders::given(shaders),
    )?))
}
