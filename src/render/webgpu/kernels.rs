//! The compute kernels that drawing uses: [`crate::kernel::cull`] for very many marks,
//! [`crate::kernel::tween`] between two scenes.

use core::cell::OnceCell;

use super::objects::{
    Uniform, bind, bind_layout, buffer, buffer_entry, module, pipeline_layout, texture_entry,
    uniform_entry,
};
use super::{DataTexture, Mark, Scene, SceneResources, WebGpuRenderer};
use crate::abi::{CELL_CSS, Cull, Frame, Tween};
use crate::kernel;
use crate::render::{ROW_TEXELS, Shaders, marks_before, shaders};

/// Pipelines. Their texts come when there is work for them, and those of `cull` are made when a
/// scene first has so many marks.
#[derive(Debug)]
pub(super) struct Kernels {
    tween: Option<Kernel<1>>,
    cull: OnceCell<Kernel<4>>,
    shaders: Shaders,
}

#[derive(Debug)]
struct Kernel<const N: usize> {
    layout: wgpu::BindGroupLayout,
    passes: [wgpu::ComputePipeline; N],
}

/// What `cull` works with and what it leaves for the draws.
#[derive(Debug)]
pub(super) struct Culled {
    /// The marks that can be seen.
    pub(super) seen: DataTexture,
    /// Arguments of two indirect draws.
    pub(super) draws: wgpu::Buffer,
    /// The frame that `seen` is drawn with.
    pub(super) still: Uniform<Frame>,
    pub(super) params: Uniform<Cull>,
    marks: wgpu::TextureView,
    /// Its memory, for so many cells.
    bound: Option<(wgpu::BindGroup, u32)>,
}

/// A scene as it comes from another one.
#[derive(Debug)]
pub(super) struct Between {
    pub(super) drawn: Option<wgpu::RenderBundle>,
    params: Uniform<Tween>,
    bound: wgpu::BindGroup,
    count: u32,
}

impl<const N: usize> Kernel<N> {
    fn new(
        device: &wgpu::Device,
        label: &'static str,
        wgsl: &str,
        passes: [&str; N],
        kinds: &[wgpu::BindingType],
    ) -> Self {
        let layout = bind_layout(device, label, wgpu::ShaderStages::COMPUTE, kinds);
        let (module, whole) = (
            module(device, label, wgsl),
            pipeline_layout(device, label, &layout),
        );
        let passes = passes.map(|entry| {
            device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
                label: Some(label),
                layout: Some(&whole),
                module: &module,
                entry_point: Some(entry),
                compilation_options: Default::default(),
                cache: None,
            })
        });
        Self { layout, passes }
    }
}

/// The texture that a kernel writes.
fn written() -> wgpu::BindingType {
    wgpu::BindingType::StorageTexture {
        access: wgpu::StorageTextureAccess::WriteOnly,
        format: wgpu::TextureFormat::Rgba32Uint,
        view_dimension: wgpu::TextureViewDimension::D2,
    }
}

impl Kernels {
    pub(super) fn new(device: &wgpu::Device, shaders: &Shaders) -> Self {
        let kinds = [uniform_entry(), texture_entry(), texture_entry(), written()];
        let text = shaders.text("tween.wgsl");
        let tween = (!text.is_empty())
            .then(|| Kernel::new(device, "tween", &text, shaders::TWEEN_PASSES, &kinds));
        Self {
            tween,
            cull: OnceCell::new(),
            shaders: shaders.clone(),
        }
    }

    /// Whether their texts are here.
    pub(super) fn known(&self) -> bool {
        self.tween.is_some()
    }

    /// Room for what can be seen of marks.
    pub(super) fn culled(&self, renderer: &WebGpuRenderer, marks: &DataTexture) -> Culled {
        let device = &renderer.opened.device;
        let still = Uniform::new(device, "cull frame");
        Culled {
            seen: renderer.rows_texture(
                &still.buffer,
                marks.rows,
                wgpu::TextureUsages::STORAGE_BINDING,
            ),
            draws: buffer(
                device,
                "cull draws",
                32,
                wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::INDIRECT,
            ),
            still,
            params: Uniform::new(device, "cull parameters"),
            marks: marks.view.clone(),
            bound: None,
        }
    }

    /// The kernel that culls, made when it is first asked for.
    fn cull_kernel(&self, device: &wgpu::Device) -> &Kernel<4> {
        let storage = buffer_entry(wgpu::BufferBindingType::Storage { read_only: false });
        let kinds = [
            uniform_entry(),
            texture_entry(),
            storage,
            storage,
            storage,
            storage,
            written(),
        ];
        self.cull.get_or_init(|| {
            Kernel::new(
                device,
                "cull",
                &self.shaders.text("cull.wgsl"),
                shaders::CULL_PASSES,
                &kinds,
            )
        })
    }

    /// Writes what can be seen in a frame, and how much that is.
    pub(super) fn cull(
        &self,
        renderer: &WebGpuRenderer,
        encoder: &mut wgpu::CommandEncoder,
        culled: &mut Culled,
        counts: [u32; 3],
        frame: &Frame,
    ) {
        let device = &renderer.opened.device;
        let kernel = self.cull_kernel(device);
        let params = cull_params(counts, frame, culled.seen.rows * (ROW_TEXELS / 2));
        let cell_count = params.cells[0] * params.cells[1];
        let words = kernel::words(params.count, cell_count);
        let grown = culled
            .bound
            .as_ref()
            .is_none_or(|bound| bound.1 != cell_count);
        // Who only looks again sees what was seen before.
        if culled.params.sent == Some(params) && !grown {
            return;
        }
        culled.params.send(&renderer.opened.queue, params);
        if grown {
            culled.grow(device, &kernel.layout, words, cell_count);
        }
        let Some((bound, _)) = &culled.bound else {
            return;
        };
        let (count, blocks) = (params.count, words.div_ceil(32));
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor {
            label: Some("cull pass"),
            ..Default::default()
        });
        pass.set_bind_group(0, bound, &[]);
        for (pipeline, invocations) in
            kernel
                .passes
                .iter()
                .zip([count.div_ceil(32), blocks, blocks, words * 32])
        {
            pass.set_pipeline(pipeline);
            pass.dispatch_workgroups(kernel::groups(invocations.max(1)), 1, 1);
        }
    }

    /// Prepares the way of a scene's marks from another scene's, which are as many; nothing where
    /// there are none.
    pub(super) fn between(
        &self,
        renderer: &WebGpuRenderer,
        resources: &SceneResources,
        scene: &Scene,
        from: &Scene,
    ) -> Option<Between> {
        let kernel = self.tween.as_ref()?;
        let (device, params) = (
            &renderer.opened.device,
            Uniform::new(&renderer.opened.device, "tween parameters"),
        );
        let mut list: Vec<Mark> = Vec::new();
        let (upload, after) = (
            marks_before(scene, from, &mut list)?,
            resources.marks.as_ref()?,
        );
        let mut before = None;
        renderer.write_rows(
            &mut before,
            &resources.frame.buffer,
            upload,
            bytemuck::cast_slice(&list),
        );
        let before = before?;
        let between_rows = renderer.rows_texture(
            &resources.frame.buffer,
            upload.rows,
            wgpu::TextureUsages::STORAGE_BINDING,
        );
        let all = [
            params.buffer.as_entire_binding(),
            wgpu::BindingResource::TextureView(&before.view),
            wgpu::BindingResource::TextureView(&after.view),
            wgpu::BindingResource::TextureView(&between_rows.view),
        ];
        let bound = bind(device, "tween", &kernel.layout, &all);
        let drawn = renderer.record(
            resources,
            Some(&between_rows),
            resources.ribbons.as_ref(),
            None,
        );
        Some(Between {
            drawn: Some(drawn),
            params,
            bound,
            count: resources.counts[1],
        })
    }

    /// Writes the marks that are `part` of the way.
    pub(super) fn tween(
        &self,
        queue: &wgpu::Queue,
        encoder: &mut wgpu::CommandEncoder,
        between: &mut Between,
        part: f32,
    ) {
        let Some(Kernel {
            passes: [tween], ..
        }) = &self.tween
        else {
            return;
        };
        between.params.send(
            queue,
            Tween {
                count: between.count,
                part: (part * 65_536.0) as u32,
            },
        );
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor {
            label: Some("tween pass"),
            ..Default::default()
        });
        pass.set_pipeline(tween);
        pass.set_bind_group(0, &between.bound, &[]);
        pass.dispatch_workgroups(kernel::groups(between.count), 1, 1);
    }
}

/// What the kernel is told of a frame with so many marks, and room for so many.
fn cull_params([under, count, _]: [u32; 3], frame: &Frame, room: u32) -> Cull {
    let ([width, height], [kx, ky, dx, dy]) = (frame.size_css, frame.window);
    Cull {
        // A px more on all sides, for soft edges.
        seen: [
            (-1.0 - dx) / kx,
            (-1.0 - dy) / ky,
            (width + 1.0 - dx) / kx,
            (height + 1.0 - dy) / ky,
        ],
        origin: [-dx / kx, -dy / ky],
        zoom: [kx, ky],
        // A px of the screen.
        least: [1.0 / frame.scale / kx, 1.0 / frame.scale / ky],
        cells: frame.size_css.map(|css| (css as u32).div_ceil(CELL_CSS)),
        count,
        under,
        room,
        spare: 0,
    }
}

impl Culled {
    /// Binds memory for so many words and cells.
    fn grow(
        &mut self,
        device: &wgpu::Device,
        layout: &wgpu::BindGroupLayout,
        words: u32,
        cell_count: u32,
    ) {
        let memory = |words: u32| {
            buffer(
                device,
                "cull memory",
                u64::from(words.max(1)) * 4,
                wgpu::BufferUsages::STORAGE,
            )
        };
        let [words, blocks, sums] = [
            memory(words * 2),
            memory(words.div_ceil(32)),
            memory(cell_count * 5),
        ];
        let all = [
            self.params.buffer.as_entire_binding(),
            wgpu::BindingResource::TextureView(&self.marks),
            words.as_entire_binding(),
            blocks.as_entire_binding(),
            sums.as_entire_binding(),
            self.draws.as_entire_binding(),
            wgpu::BindingResource::TextureView(&self.seen.view),
        ];
        self.bound = Some((bind(device, "cull", layout, &all), cell_count));
    }
}
