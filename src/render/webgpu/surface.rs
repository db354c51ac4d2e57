//! From a canvas to a device: the one part of the WebGPU renderer that knows the browser.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::OffscreenCanvas;

use super::{Shaders, WebGpuRenderer};

/// A device on a canvas, and what is heard of it.
///
/// The canvas and the events of the device are spoken to by name: wgpu's surface, error scopes and
/// lost callback are ten times as large.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) device: wgpu::Device,
    pub(super) queue: wgpu::Queue,
    pub(super) format: wgpu::TextureFormat,
    /// The browser's own device.
    handle: JsValue,
    canvas: OffscreenCanvas,
    context: JsValue,
    /// The device is lost.
    pub(super) gone: Rc<Cell<bool>>,
    /// The browser refused a call that nobody waited for.
    pub(super) wrong: Rc<Cell<bool>>,
}

impl WebGpuRenderer {
    /// Asks for an adapter and a device for `canvas`, which must never have had a context. `force`
    /// takes a software adapter too.
    ///
    /// # Errors
    /// `no-adapter`; `software-adapter`: it would be slow; `no-device`; `no-surface`: the canvas
    /// gives no WebGPU context; `shader`: the browser refuses the pipelines. It may also never
    /// answer: whoever waits should do so for a limited time.
    pub async fn new(
        canvas: OffscreenCanvas,
        force: bool,
        shaders: &Shaders,
    ) -> Result<Self, &'static str> {
        let opened = open(canvas, force).await?;
        call(&opened.handle, "pushErrorScope", Some("validation".into()));
        let made = Self::on(opened, shaders);
        let refused = call(&made.opened.handle, "popErrorScope", None).ok_or("no-device")?;
        let refused = JsFuture::from(refused.unchecked_into::<Promise>()).await;
        if refused.is_ok_and(|error| error.is_null()) {
            Ok(made)
        } else {
            Err("shader")
        }
    }
}

async fn open(canvas: OffscreenCanvas, force: bool) -> Result<Opened, &'static str> {
    let mut wanted = wgpu::InstanceDescriptor::new_without_display_handle();
    wanted.backends = wgpu::Backends::BROWSER_WEBGPU;
    let format = canvas_format().ok_or("no-adapter")?;
    // Adapter and device first: a canvas that has had a WebGPU context is of no use to WebGL2.
    let adapter = wgpu::Instance::new(wanted)
        .request_adapter(&wgpu::RequestAdapterOptions {
            power_preference: wgpu::PowerPreference::LowPower,
            ..Default::default()
        })
        .await
        .map_err(|_| "no-adapter")?;
    if adapter.get_info().device_type == wgpu::DeviceType::Cpu && !force {
        return Err("software-adapter");
    }
    let device = wgpu::DeviceDescriptor {
        label: Some("ai-atlas"),
        // What every WebGPU device has: textures of MAX_SIDE_PX, and storage buffers for the
        // kernels.
        required_limits: wgpu::Limits::default(),
        memory_hints: wgpu::MemoryHints::MemoryUsage,
        ..Default::default()
    };
    let (device, queue) = adapter
        .request_device(&device)
        .await
        .map_err(|_| "no-device")?;
    let context = canvas
        .get_context("webgpu")
        .ok()
        .flatten()
        .ok_or("no-surface")?
        .into();
    let handle = device.as_webgpu().ok_or("no-device")?.into();
    let opened = Opened {
        handle,
        device,
        queue,
        format,
        canvas,
        context,
        gone: Rc::default(),
        wrong: Rc::default(),
    };
    // wgpu says that all is well for ever after a loss; this promise alone knows better.
    let lost = get(&opened.handle, "lost").ok_or("no-device")?;
    call(&lost, "then", Some(raise(&opened.gone))).ok_or("no-device")?;
    // Not wgpu's own handler: it panics on a GPUInternalError before it calls anybody.
    set(&opened.handle, "onuncapturederror", &raise(&opened.wrong)).ok_or("no-device")?;
    Ok(opened)
}

impl Opened {
    /// Gives the canvas its size, device px.
    pub(super) fn configure(&self, [width, height]: [u32; 2]) -> Option<()> {
        self.canvas.set_width(width);
        self.canvas.set_height(height);
        let wanted = Object::new().into();
        set(&wanted, "device", &self.handle)?;
        set(
            &wanted,
            "format",
            &if self.format == wgpu::TextureFormat::Rgba8Unorm {
                "rgba8unorm"
            } else {
                "bgra8unorm"
            }
            .into(),
        )?;
        set(&wanted, "alphaMode", &"opaque".into())?;
        call(&self.context, "configure", Some(wanted)).map(drop)
    }

    /// What the canvas shows once this task is over.
    pub(super) fn target(&self, [width, height]: [u32; 2]) -> Option<wgpu::Texture> {
        let shown = call(&self.context, "getCurrentTexture", None)?.unchecked_into();
        let like = wgpu::TextureDescriptor {
            label: Some("canvas texture"),
            size: wgpu::Extent3d {
                width,
                height,
                depth_or_array_layers: 1,
            },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: self.format,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
            view_formats: &[],
        };
        Some(
            self.device
                .create_texture_from_webgpu_handle(shown, &like, None),
        )
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.device.destroy();
    }
}

/// A function that raises a flag, for as long as JavaScript holds it.
fn raise(flag: &Rc<Cell<bool>>) -> JsValue {
    let flag = flag.clone();
    Closure::wrap(Box::new(move || flag.set(true)) as Box<dyn FnMut()>).into_js_value()
}

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok()
}

fn set(of: &JsValue, name: &str, value: &JsValue) -> Option<()> {
    Reflect::set(of, &name.into(), value).ok().map(drop)
}

/// What a method answers; `None` where there is none, or it throws.
fn call(of: &JsValue, name: &str, with: Option<JsValue>) -> Option<JsValue> {
    let method: Function = get(of, name)?.dyn_into().ok()?;
    match with {
        Some(with) => method.call1(of, &with),
        None => method.call0(of),
    }
    .ok()
}

/// The 8-bit format that this browser's canvases like best, never an sRGB one; `None` where there
/// is no WebGPU at all.
fn canvas_format() -> Option<wgpu::TextureFormat> {
    let gpu = get(&get(&js_sys::global(), "navigator")?, "gpu")?;
    let name = call(&gpu, "getPreferredCanvasFormat", None)?;
    Some(if name == "rgba8unorm" {
        wgpu::TextureFormat::Rgba8Unorm
    } else {
        wgpu::TextureFormat::Bgra8Unorm
    })
}
