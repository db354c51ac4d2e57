//! The painter for WebGPU: the one place that names wgpu. Not here: which tier to take, what a lost device leads to.

mod surface;

use super::{ROW_TEXELS, Upload, Visible, frame, shaders, size_px};
use crate::abi::{Frame, RIBBON_SEGMENTS};
use crate::scene::Scene;

/// Paints scenes into one OffscreenCanvas with WebGPU. [`GpuPainter::new`] opens it.
#[derive(Debug)]
pub struct GpuPainter {
    opened: surface::Opened,
    size: [u32; 2],
    frame: wgpu::Buffer,
    layout: wgpu::BindGroupLayout,
    marks: Rows,
    ribbons: Rows,
    visible: Visible,
}

/// A pipeline and the texture that it reads.
#[derive(Debug)]
struct Rows {
    pipeline: wgpu::RenderPipeline,
    store: Option<Store>,
}

#[derive(Debug)]
struct Store {
    texture: wgpu::Texture,
    bound: wgpu::BindGroup,
    capacity: u32,
}

impl GpuPainter {
    /// Makes the pipelines on what [`surface::open`] found.
    fn on(opened: surface::Opened) -> Self {
        let device = &opened.device;
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: None,
            entries: &[
                entry(0, wgpu::BindingType::Buffer { ty: wgpu::BufferBindingType::Uniform, has_dynamic_offset: false, min_binding_size: None }),
                entry(
                    1,
                    wgpu::BindingType::Texture {
                        sample_type: wgpu::TextureSampleType::Uint,
                        view_dimension: wgpu::TextureViewDimension::D2,
                        multisampled: false,
                    },
                ),
            ],
        });
        let frame = device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: size_of::<Frame>() as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let marks = Rows::new(device, &layout, opened.format, shaders::MARK_WGSL, None);
        // Pieces of a ribbon that a tight bend has turned over would show twice.
        let ribbons = Rows::new(device, &layout, opened.format, shaders::RIBBON_WGSL, Some(wgpu::Face::Back));
        Self { opened, size: [0, 0], frame, layout, marks, ribbons, visible: Visible::default() }
    }

    /// Paints `scene` at `scale` device px per CSS px; the canvas takes the picture's size. Nothing happens when that is zero.
    ///
    /// # Errors
    /// `lost`: the device is gone; `gpu-error`: the browser refused an earlier call; `too-many`: more marks than a texture holds;
    /// `no-frame`: the canvas gives no texture.
    pub fn paint(&mut self, scene: &Scene, scale: f32) -> Result<(), &'static str> {
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
        self.visible.read(scene, size, scale);
        let counts = [self.visible.under, self.visible.marks.len(), self.visible.ribbons.len()];
        let [under, marks, ribbons] = counts.map(|n| n as u32);
        let [mark_rows, ribbon_rows] = self.visible.upload()?;
        let (device, queue) = (&self.opened.device, &self.opened.queue);
        queue.write_buffer(&self.frame, 0, bytemuck::bytes_of(&frame(size, scale)));
        self.marks.write(device, queue, &self.layout, &self.frame, mark_rows, bytemuck::cast_slice(&self.visible.marks));
        self.ribbons.write(device, queue, &self.layout, &self.frame, ribbon_rows, bytemuck::cast_slice(&self.visible.ribbons));

        let target = self.opened.target(size).ok_or("no-frame")?;
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
            self.marks.draw(&mut pass, 0..under * 6);
            self.ribbons.draw(&mut pass, 0..ribbons * 6 * RIBBON_SEGMENTS);
            self.marks.draw(&mut pass, under * 6..marks * 6);
        }
        queue.submit([encoder.finish()]);
        Ok(())
    }

    /// Whether the device is gone. It does not come back: make another painter on another canvas.
    pub fn lost(&self) -> bool {
        self.opened.gone.get()
    }
}

impl Rows {
    fn new(device: &wgpu::Device, layout: &wgpu::BindGroupLayout, format: wgpu::TextureFormat, wgsl: &str, cull_mode: Option<wgpu::Face>) -> Self {
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor { label: None, source: wgpu::ShaderSource::Wgsl(wgsl.into()) });
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor { bind_group_layouts: &[Some(layout)], ..Default::default() });
        let pipeline = device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
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
                    format,
                    blend: Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                    write_mask: wgpu::ColorWrites::ALL,
                })],
            }),
            multiview_mask: None,
            cache: None,
        });
        Self { pipeline, store: None }
    }

    /// Sends the rows in one call; the texture is kept while it is large enough.
    fn write(&mut self, device: &wgpu::Device, queue: &wgpu::Queue, layout: &wgpu::BindGroupLayout, frame: &wgpu::Buffer, upload: Upload, bytes: &[u8]) {
        if upload.rows == 0 {
            return;
        }
        if self.store.as_ref().is_none_or(|s| s.capacity < upload.rows) {
            self.store = Some(Store::new(device, layout, frame, upload.rows.next_power_of_two()));
        }
        if let Some(store) = &self.store {
            queue.write_texture(
                store.texture.as_image_copy(),
                bytes,
                wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(upload.width * 16), rows_per_image: Some(upload.rows) },
                wgpu::Extent3d { width: upload.width, height: upload.rows, depth_or_array_layers: 1 },
            );
        }
    }

    fn draw(&self, pass: &mut wgpu::RenderPass<'_>, vertices: core::ops::Range<u32>) {
        if let (false, Some(store)) = (vertices.is_empty(), &self.store) {
            pass.set_pipeline(&self.pipeline);
            pass.set_bind_group(0, &store.bound, &[]);
            pass.draw(vertices, 0..1);
        }
    }
}

impl Store {
    fn new(device: &wgpu::Device, layout: &wgpu::BindGroupLayout, frame: &wgpu::Buffer, capacity: u32) -> Self {
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: None,
            size: wgpu::Extent3d { width: ROW_TEXELS, height: capacity, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba32Uint,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let bound = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: None,
            layout,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: frame.as_entire_binding() },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(&view) },
            ],
        });
        Self { texture, bound, capacity }
    }
}

fn entry(binding: u32, ty: wgpu::BindingType) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry { binding, visibility: wgpu::ShaderStages::VERTEX, ty, count: None }
}
