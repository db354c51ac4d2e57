//! The painter for WebGPU: the one place that names wgpu. Not here: which tier to take, what a lost device leads to.
//!
//! What a scene is made of stays on the GPU as long as the scene does. A frame is a bundle of draws that was recorded with it, and a uniform
//! when the reader has moved: its cost does not know how many marks there are.

mod surface;

use super::{Kept, Visible, frame, shaders, size_px};
use crate::abi::{Frame, Mark, RIBBON_SEGMENTS, Ribbon};
use crate::scene::Scene;

/// Paints scenes into one OffscreenCanvas with WebGPU. [`GpuPainter::new`] opens it.
#[derive(Debug)]
pub struct GpuPainter {
    opened: surface::Opened,
    size: [u32; 2],
    layout: wgpu::BindGroupLayout,
    marks: wgpu::RenderPipeline,
    ribbons: wgpu::RenderPipeline,
    sheets: Vec<Sheet>,
    visible: Visible,
}

/// A picture on the GPU.
#[derive(Debug)]
struct Sheet {
    kept: Kept,
    frame: wgpu::Buffer,
    /// What `frame` holds.
    sent: Option<Frame>,
    marks: Option<Store>,
    ribbons: Option<Store>,
    /// Marks under the ribbons, all marks, ribbons.
    counts: [u32; 3],
    drawn: Option<wgpu::RenderBundle>,
}

#[derive(Debug)]
struct Store {
    buffer: wgpu::Buffer,
    bound: wgpu::BindGroup,
}

/// The most bytes of a list: what every WebGPU binds.
const MOST_BYTES: usize = 128 << 20;

impl GpuPainter {
    /// Makes the pipelines on what [`surface::open`] found.
    fn on(opened: surface::Opened) -> Self {
        let device = &opened.device;
        let buffer = |binding, ty| wgpu::BindGroupLayoutEntry {
            binding,
            visibility: wgpu::ShaderStages::VERTEX,
            ty: wgpu::BindingType::Buffer { ty, has_dynamic_offset: false, min_binding_size: None },
            count: None,
        };
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: None,
            entries: &[buffer(0, wgpu::BufferBindingType::Uniform), buffer(1, wgpu::BufferBindingType::Storage { read_only: true })],
        });
        let marks = pipeline(&opened, &layout, shaders::MARK_WGSL, None);
        // Pieces of a ribbon that a tight bend has turned over would show twice.
        let ribbons = pipeline(&opened, &layout, shaders::RIBBON_WGSL, Some(wgpu::Face::Back));
        Self { opened, size: [0, 0], layout, marks, ribbons, sheets: Vec::new(), visible: Visible::default() }
    }

    /// Paints `scene` at `scale` device px per CSS px; the canvas takes the picture's size. Nothing happens when that is zero.
    ///
    /// # Errors
    /// `lost`: the device is gone; `gpu-error`: the browser refused an earlier call; `too-many`: more marks than a buffer holds;
    /// `no-frame`: the canvas gives no texture.
    pub fn paint(&mut self, scene: &Scene, scale: f32, kept: Kept) -> Result<(), &'static str> {
        if self.lost() {
            return Err("lost");
        }
        if self.opened.wrong.get() {
            return Err("gpu-error");
        }
        let size = size_px(scene, scale);
        if size.contains(&0) {
            return Ok(());
        }
        // Only when it changes: every call makes a new swap chain.
        if self.size != size {
            self.opened.configure(size).ok_or("no-frame")?;
            self.size = size;
        }
        let at = self.sheets.iter().position(|sheet| sheet.kept.key == kept.key);
        let mut sheet = at.map_or_else(|| Sheet::new(&self.opened.device, kept), |at| self.sheets.swap_remove(at));
        let sent = if at.is_some() && sheet.kept.holds(kept) { Ok(()) } else { self.send(&mut sheet, scene, kept) };
        let painted = sent.and_then(|()| self.show(&mut sheet, scene, frame(size, scale, &scene.window)));
        self.sheets.push(sheet);
        painted
    }

    /// Forgets what was kept for a picture.
    pub fn forget(&mut self, key: u32) {
        self.sheets.retain(|sheet| sheet.kept.key != key);
    }

    /// Sends a scene to the GPU, and records how it is drawn where that has changed.
    fn send(&mut self, sheet: &mut Sheet, scene: &Scene, kept: Kept) -> Result<(), &'static str> {
        // Should anything fail, nothing is kept.
        sheet.kept = Kept { stamp: 0, ..kept };
        self.visible.keep(scene);
        let Visible { marks, under, ribbons } = &self.visible;
        if marks.len() > MOST_BYTES / size_of::<Mark>() || ribbons.len() > MOST_BYTES / size_of::<Ribbon>() {
            return Err("too-many");
        }
        let counts = [*under as u32, marks.len() as u32, ribbons.len() as u32];
        let grown = self.put(&mut sheet.marks, &sheet.frame, bytemuck::cast_slice(marks)) | self.put(&mut sheet.ribbons, &sheet.frame, bytemuck::cast_slice(ribbons));
        if grown || sheet.counts != counts || sheet.drawn.is_none() {
            sheet.counts = counts;
            sheet.drawn = Some(self.record(sheet));
        }
        sheet.kept = kept;
        Ok(())
    }

    /// Sends a list in one call; its buffer is kept while it is large enough. Whether there is a new one.
    fn put(&self, store: &mut Option<Store>, frame: &wgpu::Buffer, bytes: &[u8]) -> bool {
        if bytes.is_empty() {
            return false;
        }
        let grown = store.as_ref().is_none_or(|store| store.buffer.size() < bytes.len() as u64);
        if grown {
            // The old one is given back before the new one is asked for.
            *store = None;
            let buffer = self.opened.device.create_buffer(&wgpu::BufferDescriptor {
                label: None,
                size: bytes.len().next_power_of_two().max(4096) as u64,
                usage: wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            });
            let bound = self.opened.device.create_bind_group(&wgpu::BindGroupDescriptor {
                label: None,
                layout: &self.layout,
                entries: &[
                    wgpu::BindGroupEntry { binding: 0, resource: frame.as_entire_binding() },
                    wgpu::BindGroupEntry { binding: 1, resource: buffer.as_entire_binding() },
                ],
            });
            *store = Some(Store { buffer, bound });
        }
        if let Some(store) = store {
            self.opened.queue.write_buffer(&store.buffer, 0, bytes);
        }
        grown
    }

    /// The draws of a picture, in painter's order.
    fn record(&self, sheet: &Sheet) -> wgpu::RenderBundle {
        let mut encoder = self.opened.device.create_render_bundle_encoder(&wgpu::RenderBundleEncoderDescriptor {
            color_formats: &[Some(self.opened.format)],
            sample_count: 1,
            ..Default::default()
        });
        let [under, marks, ribbons] = sheet.counts;
        for (pipeline, store, vertices) in [
            (&self.marks, &sheet.marks, 0..under * 6),
            (&self.ribbons, &sheet.ribbons, 0..ribbons * 6 * RIBBON_SEGMENTS),
            (&self.marks, &sheet.marks, under * 6..marks * 6),
        ] {
            if let (false, Some(store)) = (vertices.is_empty(), store) {
                encoder.set_pipeline(pipeline);
                encoder.set_bind_group(0, &store.bound, &[]);
                encoder.draw(vertices, 0..1);
            }
        }
        encoder.finish(&wgpu::RenderBundleDescriptor::default())
    }

    /// A frame: nine calls, whatever there is to see.
    fn show(&self, sheet: &mut Sheet, scene: &Scene, wanted: Frame) -> Result<(), &'static str> {
        let (device, queue) = (&self.opened.device, &self.opened.queue);
        if sheet.sent != Some(wanted) {
            queue.write_buffer(&sheet.frame, 0, bytemuck::bytes_of(&wanted));
            sheet.sent = Some(wanted);
        }
        let target = self.opened.target(self.size).ok_or("no-frame")?;
        let view = target.create_view(&wgpu::TextureViewDescriptor::default());
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let [r, g, b, _] = scene.ground.to_le_bytes().map(|c| f64::from(c) / 255.0);
        {
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: &view,
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations { load: wgpu::LoadOp::Clear(wgpu::Color { r, g, b, a: 1.0 }), store: wgpu::StoreOp::Store },
                })],
                ..Default::default()
            });
            pass.execute_bundles(&sheet.drawn);
        }
        queue.submit([encoder.finish()]);
        Ok(())
    }

    /// Whether the device is gone. It does not come back: make another painter on another canvas.
    pub fn lost(&self) -> bool {
        self.opened.gone.get()
    }
}

impl Sheet {
    fn new(device: &wgpu::Device, kept: Kept) -> Self {
        let frame = device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: size_of::<Frame>() as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        Self { kept, frame, sent: None, marks: None, ribbons: None, counts: [0; 3], drawn: None }
    }
}

fn pipeline(opened: &surface::Opened, layout: &wgpu::BindGroupLayout, wgsl: &str, cull_mode: Option<wgpu::Face>) -> wgpu::RenderPipeline {
    let device = &opened.device;
    let module = device.create_shader_module(wgpu::ShaderModuleDescriptor { label: None, source: wgpu::ShaderSource::Wgsl(wgsl.into()) });
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor { bind_group_layouts: &[Some(layout)], ..Default::default() });
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: None,
        layout: Some(&layout),
        vertex: wgpu::VertexState { module: &module, entry_point: Some("vertex"), compilation_options: Default::default(), buffers: &[] },
        primitive: wgpu::PrimitiveState { front_face: wgpu::FrontFace::Cw, cull_mode, ..Default::default() },
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module: &module,
            entry_point: Some("fragment"),
            compilation_options: Default::default(),
            targets: &[Some(wgpu::ColorTargetState {
                format: opened.format,
                blend: Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                write_mask: wgpu::ColorWrites::ALL,
            })],
        }),
        multiview_mask: None,
        cache: None,
    })
}
