//! The painter for WebGPU: the one place that names wgpu. Not here: which tier to take, what a lost
//! device leads to.
//!
//! What a scene is made of stays on the GPU as long as the scene does. A frame is a bundle of draws
//! that was recorded with it, and a uniform when the reader has moved: its cost does not know how
//! many marks there are. What moves between two scenes, and what can be seen of very many marks,
//! kernels write where the draws read it; nothing is ever read back.

mod kernels;
mod surface;

use core::ops::Range;

use super::{
    CacheKey, ClippedScene, ROW_TEXELS, Renderer, Shaders, Transition, Upload, frame, size_px,
};
use crate::abi::{Frame, Mark, RIBBON_SEGMENTS, is_dashed};
use crate::kernel::{self, Kernel};
use crate::scene::{Scene, Viewport};
use kernels::{Between, Culled, Kernels};

/// Paints scenes into one OffscreenCanvas with WebGPU. [`WebGpuRenderer::new`] opens it.
#[derive(Debug)]
pub struct WebGpuRenderer {
    opened: surface::Opened,
    size: [u32; 2],
    layout: wgpu::BindGroupLayout,
    marks: wgpu::RenderPipeline,
    /// For marks with dashes.
    dashed: wgpu::RenderPipeline,
    ribbons: wgpu::RenderPipeline,
    kernels: Kernels,
    sheets: Vec<SceneResources>,
    visible: ClippedScene,
}

/// Rows of a new texture at least, 8,184 marks: most pictures never need a larger one.
const LEAST_ROWS: u32 = 8;

/// A picture on the GPU.
#[derive(Debug)]
struct SceneResources {
    kept: CacheKey,
    frame: Uniform<Frame>,
    marks: Option<DataTexture>,
    ribbons: Option<DataTexture>,
    /// Marks under the ribbons, all marks, ribbons.
    counts: [u32; 3],
    /// From the first mark that has dashes to behind the last.
    dashed: Range<u32>,
    drawn: Option<wgpu::RenderBundle>,
    culled: Option<Culled>,
    between: Option<Between>,
}

/// A texture of marks or ribbons, and what binds it for drawing.
#[derive(Debug)]
struct DataTexture {
    texture: wgpu::Texture,
    view: wgpu::TextureView,
    bound: wgpu::BindGroup,
    rows: u32,
}

/// A small buffer that is written only when it changes.
#[derive(Debug)]
struct Uniform<T> {
    buffer: wgpu::Buffer,
    sent: Option<T>,
}

impl<T: bytemuck::Pod + PartialEq> Uniform<T> {
    fn new(device: &wgpu::Device, label: &'static str) -> Self {
        Self {
            buffer: buffer(
                device,
                label,
                size_of::<T>() as u64,
                wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            ),
            sent: None,
        }
    }

    fn send(&mut self, queue: &wgpu::Queue, wanted: T) {
        if self.sent != Some(wanted) {
            queue.write_buffer(&self.buffer, 0, bytemuck::bytes_of(&wanted));
            self.sent = Some(wanted);
        }
    }
}

impl WebGpuRenderer {
    /// Makes the pipelines on what [`surface::open`] found.
    fn on(opened: surface::Opened, shaders: &Shaders) -> Self {
        let device = &opened.device;
        let visibility = wgpu::ShaderStages::VERTEX;
        let layout = bind_layout(
            device,
            "frame and rows",
            visibility,
            &[uniform_entry(), texture_entry()],
        );
        let shader = module(device, "marks shader", &shaders.text("mark.wgsl"));
        let [marks, dashed] = [
            ("marks pipeline", "fragment"),
            ("dashed marks pipeline", "dashed"),
        ]
        .map(|(label, entry)| pipeline(&opened, label, &layout, &shader, entry, None));
        // Pieces of a ribbon that a tight bend has turned over would show twice.
        let shader = module(device, "ribbons shader", &shaders.text("ribbon.wgsl"));
        let ribbons = pipeline(
            &opened,
            "ribbons pipeline",
            &layout,
            &shader,
            "fragment",
            Some(wgpu::Face::Back),
        );
        let kernels = Kernels::new(device, shaders);
        Self {
            opened,
            size: [0, 0],
            layout,
            marks,
            dashed,
            ribbons,
            kernels,
            sheets: Vec::new(),
            visible: ClippedScene::default(),
        }
    }

    /// Sends a scene to the GPU, and records how it is drawn where that has changed.
    fn send(
        &mut self,
        sheet: &mut SceneResources,
        scene: &Scene,
        kept: CacheKey,
    ) -> Result<(), &'static str> {
        // Should anything fail, nothing is kept.
        sheet.kept = CacheKey { stamp: 0, ..kept };
        sheet.between = None;
        self.visible.keep(scene);
        let counts = [
            self.visible.under,
            self.visible.marks.len(),
            self.visible.ribbons.len(),
        ]
        .map(|n| n as u32);
        let marks = &self.visible.marks;
        let has_dashes = |mark: &Mark| is_dashed(mark.style);
        let dashed = marks.iter().position(has_dashes).unwrap_or(0) as u32
            ..marks
                .iter()
                .rposition(has_dashes)
                .map_or(0, |last| last as u32 + 1);
        let [marks, ribbons] = self.visible.upload()?;
        let grown = self.put(
            &mut sheet.marks,
            &sheet.frame.buffer,
            marks,
            bytemuck::cast_slice(&self.visible.marks),
        ) | self.put(
            &mut sheet.ribbons,
            &sheet.frame.buffer,
            ribbons,
            bytemuck::cast_slice(&self.visible.ribbons),
        );
        if let Some(culled) = &mut sheet.culled {
            culled.told.sent = None;
        }
        if grown || sheet.counts != counts || sheet.dashed != dashed || sheet.drawn.is_none() {
            (sheet.counts, sheet.dashed) = (counts, dashed);
            // Also where the GPU is software: the other choice is to draw them all.
            sheet.culled = sheet
                .marks
                .as_ref()
                .filter(|_| self.kernels.known() && kernel::wins(Kernel::Cull, counts[1], false))
                .map(|marks| self.kernels.culled(self, marks));
            sheet.drawn = Some(match &sheet.culled {
                Some(culled) => self.record(
                    sheet,
                    Some(&culled.seen),
                    sheet.ribbons.as_ref(),
                    Some(&culled.draws),
                ),
                None => self.record(sheet, sheet.marks.as_ref(), sheet.ribbons.as_ref(), None),
            });
        }
        sheet.kept = kept;
        Ok(())
    }

    /// Sends a list in one call; its texture is kept while it is large enough. Whether there is a
    /// new one.
    fn put(
        &self,
        store: &mut Option<DataTexture>,
        frame: &wgpu::Buffer,
        upload: Upload,
        bytes: &[u8],
    ) -> bool {
        if upload.rows == 0 {
            return false;
        }
        let grown = store.as_ref().is_none_or(|store| store.rows < upload.rows);
        if grown {
            // The old one is given back before the new one is asked for.
            *store = None;
            *store = Some(self.store(
                frame,
                upload.rows.next_power_of_two().max(LEAST_ROWS),
                wgpu::TextureUsages::COPY_DST,
            ));
        }
        if let Some(store) = store {
            self.opened.queue.write_texture(
                store.texture.as_image_copy(),
                bytes,
                wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(upload.width * 16),
                    rows_per_image: Some(upload.rows),
                },
                wgpu::Extent3d {
                    width: upload.width,
                    height: upload.rows,
                    depth_or_array_layers: 1,
                },
            );
        }
        grown
    }

    /// A texture of so many rows, and how it is drawn with `frame`.
    fn store(&self, frame: &wgpu::Buffer, rows: u32, more: wgpu::TextureUsages) -> DataTexture {
        let device = &self.opened.device;
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("rows texture"),
            size: wgpu::Extent3d {
                width: ROW_TEXELS,
                height: rows,
                depth_or_array_layers: 1,
            },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba32Uint,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | more,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor {
            label: Some("rows view"),
            ..Default::default()
        });
        let bound = bind(
            device,
            "frame and rows",
            &self.layout,
            &[
                frame.as_entire_binding(),
                wgpu::BindingResource::TextureView(&view),
            ],
        );
        DataTexture {
            texture,
            view,
            bound,
            rows,
        }
    }

    /// The draws of a picture, in painter's order; with `draws` a kernel says how many marks there
    /// are.
    fn record(
        &self,
        sheet: &SceneResources,
        marks: Option<&DataTexture>,
        ribbons: Option<&DataTexture>,
        draws: Option<&wgpu::Buffer>,
    ) -> wgpu::RenderBundle {
        let mut encoder =
            self.opened
                .device
                .create_render_bundle_encoder(&wgpu::RenderBundleEncoderDescriptor {
                    label: Some("picture encoder"),
                    color_formats: &[Some(self.opened.format)],
                    sample_count: 1,
                    ..Default::default()
                });
        let [under, all, links] = sheet.counts;
        let dashed = &sheet.dashed;
        let links = (&self.ribbons, ribbons, 0..links * RIBBON_SEGMENTS, None);
        let pieces = match draws {
            Some(draws) => {
                // How many marks the kernel leaves is known only on the GPU.
                let any = if dashed.is_empty() {
                    &self.marks
                } else {
                    &self.dashed
                };
                vec![
                    (any, marks, 0..0, Some((draws, 0))),
                    links,
                    (any, marks, 0..0, Some((draws, 16))),
                ]
            }
            None => {
                let part = |pipeline, from: u32, to: u32| (pipeline, marks, from..to, None);
                let split = |from, to| {
                    let [low, high] = [dashed.start, dashed.end].map(|at| at.clamp(from, to));
                    [
                        part(&self.marks, from, low),
                        part(&self.dashed, low, high),
                        part(&self.marks, high, to),
                    ]
                };
                let mut pieces = split(0, under).to_vec();
                pieces.push(links);
                pieces.extend(split(under, all));
                pieces
            }
        };
        for (pipeline, store, quads, told) in pieces {
            if let (false, Some(store)) = (quads.is_empty() && told.is_none(), store) {
                encoder.set_pipeline(pipeline);
                encoder.set_bind_group(0, &store.bound, &[]);
                match told {
                    Some((draws, at)) => encoder.draw_indirect(draws, at),
                    None => encoder.draw(quads.start * 6..quads.end * 6, 0..1),
                }
            }
        }
        encoder.finish(&wgpu::RenderBundleDescriptor {
            label: Some("picture"),
        })
    }

    /// A frame. It takes the same few calls whatever there is to see.
    fn show(
        &mut self,
        sheet: &mut SceneResources,
        scene: &Scene,
        scale: f32,
        way: Option<Transition<'_>>,
    ) -> Result<(), &'static str> {
        let (device, queue) = (&self.opened.device, &self.opened.queue);
        if way.is_none() {
            sheet.between = None;
        }
        sheet
            .frame
            .send(queue, frame(self.size, scale, &scene.viewport));
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor {
            label: Some("frame encoder"),
        });
        let mut drawn = &sheet.drawn;
        if let Some(way) = way.filter(|_| sheet.kept.stamp != 0) {
            if sheet.between.is_none() {
                sheet.between = self.kernels.between(self, sheet, scene, way.from);
            }
            if let Some(between) = &mut sheet.between {
                self.kernels.tween(queue, &mut encoder, between, way.part);
                drawn = &between.drawn;
            }
        } else if let Some(culled) = &mut sheet.culled {
            // Marks are drawn where the kernel has put them.
            culled
                .still
                .send(queue, frame(self.size, scale, &Viewport::default()));
            self.kernels.cull(
                self,
                &mut encoder,
                culled,
                sheet.counts,
                &frame(self.size, scale, &scene.viewport),
            );
        }
        let target = self.opened.target(self.size).ok_or("no-frame")?;
        let view = target.create_view(&wgpu::TextureViewDescriptor {
            label: Some("canvas view"),
            ..Default::default()
        });
        let [r, g, b, _] = scene.ground.to_le_bytes().map(|c| f64::from(c) / 255.0);
        {
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("picture pass"),
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: &view,
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations {
                        load: wgpu::LoadOp::Clear(wgpu::Color { r, g, b, a: 1.0 }),
                        store: wgpu::StoreOp::Store,
                    },
                })],
                ..Default::default()
            });
            pass.execute_bundles(drawn);
        }
        queue.submit([encoder.finish()]);
        Ok(())
    }
}

impl Renderer for WebGpuRenderer {
    fn paint(
        &mut self,
        scene: &Scene,
        scale: f32,
        kept: CacheKey,
        way: Option<Transition<'_>>,
    ) -> Result<(), &'static str> {
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
        let at = self
            .sheets
            .iter()
            .position(|sheet| sheet.kept.key == kept.key);
        let mut sheet = at.map_or_else(
            || SceneResources::new(&self.opened.device),
            |at| self.sheets.swap_remove(at),
        );
        let sent = if sheet.kept.holds(kept) {
            Ok(())
        } else {
            self.send(&mut sheet, scene, kept)
        };
        let painted = sent.and_then(|()| self.show(&mut sheet, scene, scale, way));
        self.sheets.push(sheet);
        painted
    }

    fn forget(&mut self, key: u32) {
        self.sheets.retain(|sheet| sheet.kept.key != key);
    }

    fn lost(&self) -> bool {
        self.opened.gone.get()
    }

    fn moves(&self) -> bool {
        self.kernels.known()
    }

    fn teach(&mut self, shaders: &Shaders) {
        self.kernels = Kernels::new(&self.opened.device, shaders);
        // What was recorded was recorded without them.
        self.sheets.clear();
    }
}

impl SceneResources {
    fn new(device: &wgpu::Device) -> Self {
        let kept = CacheKey::default();
        Self {
            kept,
            frame: Uniform::new(device, "frame"),
            marks: None,
            ribbons: None,
            counts: [0; 3],
            dashed: 0..0,
            drawn: None,
            culled: None,
            between: None,
        }
    }
}

fn pipeline(
    opened: &surface::Opened,
    label: &'static str,
    layout: &wgpu::BindGroupLayout,
    module: &wgpu::ShaderModule,
    entry: &str,
    cull_mode: Option<wgpu::Face>,
) -> wgpu::RenderPipeline {
    let device = &opened.device;
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some(label),
        layout: Some(&pipeline_layout(device, label, layout)),
        vertex: wgpu::VertexState {
            module,
            entry_point: Some("vertex"),
            compilation_options: Default::default(),
            buffers: &[],
        },
        primitive: wgpu::PrimitiveState {
            front_face: wgpu::FrontFace::Cw,
            cull_mode,
            ..Default::default()
        },
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module,
            entry_point: Some(entry),
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

fn module(device: &wgpu::Device, label: &'static str, wgsl: &str) -> wgpu::ShaderModule {
    device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: Some(label),
        source: wgpu::ShaderSource::Wgsl(wgsl.into()),
    })
}

fn pipeline_layout(
    device: &wgpu::Device,
    label: &'static str,
    layout: &wgpu::BindGroupLayout,
) -> wgpu::PipelineLayout {
    device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some(label),
        bind_group_layouts: &[Some(layout)],
        ..Default::default()
    })
}

fn buffer(
    device: &wgpu::Device,
    label: &'static str,
    size: u64,
    usage: wgpu::BufferUsages,
) -> wgpu::Buffer {
    device.create_buffer(&wgpu::BufferDescriptor {
        label: Some(label),
        size,
        usage,
        mapped_at_creation: false,
    })
}

/// Bindings in the order of their numbers.
fn bind_layout(
    device: &wgpu::Device,
    label: &'static str,
    visibility: wgpu::ShaderStages,
    kinds: &[wgpu::BindingType],
) -> wgpu::BindGroupLayout {
    let mut entries = Vec::new();
    for (at, &ty) in kinds.iter().enumerate() {
        entries.push(wgpu::BindGroupLayoutEntry {
            binding: at as u32,
            visibility,
            ty,
            count: None,
        });
    }
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some(label),
        entries: &entries,
    })
}

fn bind(
    device: &wgpu::Device,
    label: &'static str,
    layout: &wgpu::BindGroupLayout,
    all: &[wgpu::BindingResource<'_>],
) -> wgpu::BindGroup {
    let mut entries = Vec::new();
    for (at, resource) in all.iter().enumerate() {
        entries.push(wgpu::BindGroupEntry {
            binding: at as u32,
            resource: resource.clone(),
        });
    }
    device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some(label),
        layout,
        entries: &entries,
    })
}

fn buffer_entry(ty: wgpu::BufferBindingType) -> wgpu::BindingType {
    wgpu::BindingType::Buffer {
        ty,
        has_dynamic_offset: false,
        min_binding_size: None,
    }
}

fn uniform_entry() -> wgpu::BindingType {
    buffer_entry(wgpu::BufferBindingType::Uniform)
}

fn texture_entry() -> wgpu::BindingType {
    wgpu::BindingType::Texture {
        sample_type: wgpu::TextureSampleType::Uint,
        view_dimension: wgpu::TextureViewDimension::D2,
        multisampled: false,
    }
}
