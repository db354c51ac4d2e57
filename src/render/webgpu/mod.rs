//! The renderer for WebGPU: the one place that names wgpu. Not here: which tier to take, what a lost
//! device leads to.
//!
//! What a scene is made of stays on the GPU as long as the scene does. A frame is a bundle of draws
//! that was recorded with it, and a uniform when the reader has moved: its cost does not know how
//! many marks there are. What moves between two scenes, and what can be seen of very many marks,
//! kernels write where the draws read it; nothing is ever read back.

mod kernels;
mod objects;
mod surface;

use core::ops::Range;

use super::{
    CacheKey, ClippedScene, ROW_TEXELS, Renderer, Shaders, Transition, Upload, frame, size_px,
};
use crate::abi::{Frame, Mark, RIBBON_SEGMENTS, is_dashed};
use crate::kernel::{self, Kernel};
use crate::scene::{Scene, Viewport};
use kernels::{Between, Culled, Kernels};
use objects::{Uniform, bind, bind_layout, module, pipeline, texture_entry, uniform_entry};

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
    scenes: Vec<SceneResources>,
    visible: ClippedScene,
}

/// Rows of a new texture at least, 8,184 marks: most pictures never need a larger one.
const MIN_ROWS: u32 = 8;

/// A picture on the GPU.
#[derive(Debug)]
struct SceneResources {
    cache_key: CacheKey,
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
            scenes: Vec::new(),
            visible: ClippedScene::default(),
        }
    }

    /// Sends a scene to the GPU, and records how it is drawn where that has changed.
    fn send(
        &mut self,
        resources: &mut SceneResources,
        scene: &Scene,
        cache_key: CacheKey,
    ) -> Result<(), &'static str> {
        // Should anything fail, nothing is kept.
        resources.cache_key = CacheKey {
            stamp: 0,
            ..cache_key
        };
        resources.between = None;
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
        let grown = self.write_rows(
            &mut resources.marks,
            &resources.frame.buffer,
            marks,
            bytemuck::cast_slice(&self.visible.marks),
        ) | self.write_rows(
            &mut resources.ribbons,
            &resources.frame.buffer,
            ribbons,
            bytemuck::cast_slice(&self.visible.ribbons),
        );
        if let Some(culled) = &mut resources.culled {
            culled.params.sent = None;
        }
        if grown
            || resources.counts != counts
            || resources.dashed != dashed
            || resources.drawn.is_none()
        {
            (resources.counts, resources.dashed) = (counts, dashed);
            // Also where the GPU is software: the other choice is to draw them all.
            resources.culled = resources
                .marks
                .as_ref()
                .filter(|_| self.kernels.known() && kernel::wins(Kernel::Cull, counts[1], false))
                .map(|marks| self.kernels.culled(self, marks));
            resources.drawn = Some(match &resources.culled {
                Some(culled) => self.record(
                    resources,
                    Some(&culled.seen),
                    resources.ribbons.as_ref(),
                    Some(&culled.draws),
                ),
                None => self.record(
                    resources,
                    resources.marks.as_ref(),
                    resources.ribbons.as_ref(),
                    None,
                ),
            });
        }
        resources.cache_key = cache_key;
        Ok(())
    }

    /// Sends a list in one call; its texture is kept while it is large enough. Whether there is a
    /// new one.
    fn write_rows(
        &self,
        texture: &mut Option<DataTexture>,
        frame: &wgpu::Buffer,
        upload: Upload,
        bytes: &[u8],
    ) -> bool {
        if upload.rows == 0 {
            return false;
        }
        let grown = texture.as_ref().is_none_or(|held| held.rows < upload.rows);
        if grown {
            // The old one is given back before the new one is asked for.
            *texture = None;
            *texture = Some(self.rows_texture(
                frame,
                upload.rows.next_power_of_two().max(MIN_ROWS),
                wgpu::TextureUsages::COPY_DST,
            ));
        }
        if let Some(held) = texture {
            self.opened.queue.write_texture(
                held.texture.as_image_copy(),
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
    fn rows_texture(
        &self,
        frame: &wgpu::Buffer,
        rows: u32,
        more: wgpu::TextureUsages,
    ) -> DataTexture {
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
        resources: &SceneResources,
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
        let [under, all, links] = resources.counts;
        let dashed = &resources.dashed;
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
        for (pipeline, rows, quads, indirect) in pieces {
            if let (false, Some(rows)) = (quads.is_empty() && indirect.is_none(), rows) {
                encoder.set_pipeline(pipeline);
                encoder.set_bind_group(0, &rows.bound, &[]);
                match indirect {
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
        resources: &mut SceneResources,
        scene: &Scene,
        scale: f32,
        transition: Option<Transition<'_>>,
    ) -> Result<(), &'static str> {
        let (device, queue) = (&self.opened.device, &self.opened.queue);
        if transition.is_none() {
            resources.between = None;
        }
        resources
            .frame
            .send(queue, frame(self.size, scale, &scene.viewport));
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor {
            label: Some("frame encoder"),
        });
        let mut drawn = &resources.drawn;
        if let Some(transition) = transition.filter(|_| resources.cache_key.stamp != 0) {
            if resources.between.is_none() {
                resources.between = self
                    .kernels
                    .between(self, resources, scene, transition.from);
            }
            if let Some(between) = &mut resources.between {
                self.kernels
                    .tween(queue, &mut encoder, between, transition.part);
                drawn = &between.drawn;
            }
        } else if let Some(culled) = &mut resources.culled {
            // Marks are drawn where the kernel has put them.
            culled
                .still
                .send(queue, frame(self.size, scale, &Viewport::default()));
            self.kernels.cull(
                self,
                &mut encoder,
                culled,
                resources.counts,
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
        cache_key: CacheKey,
        transition: Option<Transition<'_>>,
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
            .scenes
            .iter()
            .position(|resources| resources.cache_key.key == cache_key.key);
        let mut resources = at.map_or_else(
            || SceneResources::new(&self.opened.device),
            |at| self.scenes.swap_remove(at),
        );
        let sent = if resources.cache_key.holds(cache_key) {
            Ok(())
        } else {
            self.send(&mut resources, scene, cache_key)
        };
        let painted = sent.and_then(|()| self.show(&mut resources, scene, scale, transition));
        self.scenes.push(resources);
        painted
    }

    fn forget(&mut self, key: u32) {
        self.scenes
            .retain(|resources| resources.cache_key.key != key);
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
        self.scenes.clear();
    }
}

impl SceneResources {
    fn new(device: &wgpu::Device) -> Self {
        Self {
            cache_key: CacheKey::default(),
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
