//! Buffers, bindings and pipelines, each in one call.

use super::surface;

/// A small buffer that is written only when it changes.
#[derive(Debug)]
pub(super) struct Uniform<T> {
    pub(super) buffer: wgpu::Buffer,
    pub(super) sent: Option<T>,
}

impl<T: bytemuck::Pod + PartialEq> Uniform<T> {
    pub(super) fn new(device: &wgpu::Device, label: &'static str) -> Self {
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

    pub(super) fn send(&mut self, queue: &wgpu::Queue, wanted: T) {
        if self.sent != Some(wanted) {
            queue.write_buffer(&self.buffer, 0, bytemuck::bytes_of(&wanted));
            self.sent = Some(wanted);
        }
    }
}

pub(super) fn pipeline(
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

pub(super) fn module(device: &wgpu::Device, label: &'static str, wgsl: &str) -> wgpu::ShaderModule {
    device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: Some(label),
        source: wgpu::ShaderSource::Wgsl(wgsl.into()),
    })
}

pub(super) fn pipeline_layout(
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

pub(super) fn buffer(
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
pub(super) fn bind_layout(
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

pub(super) fn bind(
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

pub(super) fn buffer_entry(ty: wgpu::BufferBindingType) -> wgpu::BindingType {
    wgpu::BindingType::Buffer {
        ty,
        has_dynamic_offset: false,
        min_binding_size: None,
    }
}

pub(super) fn uniform_entry() -> wgpu::BindingType {
    buffer_entry(wgpu::BufferBindingType::Uniform)
}

pub(super) fn texture_entry() -> wgpu::BindingType {
    wgpu::BindingType::Texture {
        sample_type: wgpu::TextureSampleType::Uint,
        view_dimension: wgpu::TextureViewDimension::D2,
        multisampled: false,
    }
}
