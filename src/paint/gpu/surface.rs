//! From a canvas to a device: the one part of the WebGPU painter that knows the browser.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::OffscreenCanvas;

use super::GpuPainter;
use crate::paint::MAX_SIDE_PX;

/// A device on a canvas, and what is heard of it.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) surface: wgpu::Surface<'static>,
    pub(super) device: wgpu::Device,
    pub(super) queue: wgpu::Queue,
    pub(super) format: wgpu::TextureFormat,
    pub(super) longest_px: u32,
    /// The device is lost.
    pub(super) gone: Arc<AtomicBool>,
    /// The browser refused a call that nobody waited for.
    pub(super) wrong: Rc<Cell<bool>>,
    _on_error: Closure<dyn FnMut()>,
}

impl GpuPainter {
    /// Asks for an adapter and a device for `canvas`, which must never have had a context. `force` takes a software adapter too.
    ///
    /// # Errors
    /// `no-adapter`; `software-adapter`: it would be slow; `no-device`; `no-surface`: the canvas gives no WebGPU context; `shader`: the
    /// browser refuses the pipelines. It may also never answer: whoever waits should do so for a limited time.
    pub async fn new(canvas: OffscreenCanvas, force: bool) -> Result<Self, &'static str> {
        Self::on(open(canvas, force).await?).await
    }
}

async fn open(canvas: OffscreenCanvas, force: bool) -> Result<Opened, &'static str> {
    let mut wanted = wgpu::InstanceDescriptor::new_without_display_handle();
    wanted.backends = wgpu::Backends::BROWSER_WEBGPU;
    let format = canvas_format().ok_or("no-adapter")?;
    let instance = wgpu::Instance::new(wanted);
    // Adapter and device first: a canvas that has had a WebGPU context is of no use to WebGL2.
    let adapter = instance
        .request_adapter(&wgpu::RequestAdapterOptions { power_preference: wgpu::PowerPreference::LowPower, ..Default::default() })
        .await
        .map_err(|_| "no-adapter")?;
    if adapter.get_info().device_type == wgpu::DeviceType::Cpu && !force {
        return Err("software-adapter");
    }
    let longest_px = adapter.limits().max_texture_dimension_2d.min(MAX_SIDE_PX);
    let device = wgpu::DeviceDescriptor {
        required_limits: wgpu::Limits { max_texture_dimension_2d: longest_px, ..wgpu::Limits::downlevel_webgl2_defaults() },
        memory_hints: wgpu::MemoryHints::MemoryUsage,
        ..Default::default()
    };
    let (device, queue) = adapter.request_device(&device).await.map_err(|_| "no-device")?;
    let surface = instance.create_surface(wgpu::SurfaceTarget::OffscreenCanvas(canvas)).map_err(|_| "no-surface")?;

    // wgpu says that all is well for ever after a loss; this callback alone knows better.
    let gone = Arc::new(AtomicBool::new(false));
    let flag = gone.clone();
    device.set_device_lost_callback(move |_, _| flag.store(true, Ordering::Relaxed));
    // Not wgpu's own handler: it panics on a GPUInternalError before it calls anybody.
    let wrong = Rc::new(Cell::new(false));
    let flag = wrong.clone();
    let on_error = Closure::wrap(Box::new(move || flag.set(true)) as Box<dyn FnMut()>);
    device.as_webgpu().ok_or("no-device")?.set_onuncapturederror(Some(on_error.as_ref().unchecked_ref()));
    Ok(Opened { surface, device, queue, format, longest_px, gone, wrong, _on_error: on_error })
}

impl Drop for Opened {
    fn drop(&mut self) {
        // Before the closure goes: a call into a dropped one throws.
        if let Some(device) = self.device.as_webgpu() {
            device.set_onuncapturederror(None);
        }
        self.device.destroy();
    }
}

/// The 8-bit format that this browser's canvases like best, never an sRGB one; `None` where there is no WebGPU at all.
fn canvas_format() -> Option<wgpu::TextureFormat> {
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).ok();
    let gpu = get(&get(&js_sys::global(), "navigator")?, "gpu")?;
    let ask: js_sys::Function = get(&gpu, "getPreferredCanvasFormat")?.dyn_into().ok()?;
    let name = ask.call0(&gpu).ok()?;
    Some(if name == "rgba8unorm" { wgpu::TextureFormat::Rgba8Unorm } else { wgpu::TextureFormat::Bgra8Unorm })
}
