//! Runs a job of `cases.rs` on whatever adapter answers, natively and in the browser, and reads
//! everything back.

use super::cases::{Bind, Job, POISON};
#[cfg(not(target_arch = "wasm32"))]
use std::future::Future;

/// A device, and what it is.
pub struct Gpu {
    pub device: wgpu::Device,
    pub queue: wgpu::Queue,
    /// Adapter, driver, backend.
    pub name: String,
    /// The CPU does the computing.
    pub software: bool,
    /// Passes can be timed.
    pub timed: bool,
}

impl Gpu {
    /// The adapter that is fastest, with what it allows. Panics where there is none: a test that
    /// compared nothing must not pass.
    pub async fn open() -> Self {
        let mut wanted = wgpu::InstanceDescriptor::new_without_display_handle();
        wanted.backends = if cfg!(target_arch = "wasm32") {
            wgpu::Backends::BROWSER_WEBGPU
        } else {
            wgpu::Backends::VULKAN
        };
        let options = wgpu::RequestAdapterOptions {
            power_preference: wgpu::PowerPreference::HighPerformance,
            ..Default::default()
        };
        let adapter = wgpu::Instance::new(wanted)
            .request_adapter(&options)
            .await
            .unwrap_or_else(|e| panic!("no adapter, so nothing can be compared: {e}"));
        let info = adapter.get_info();
        let timed = adapter.features().contains(wgpu::Features::TIMESTAMP_QUERY);
        let device = wgpu::DeviceDescriptor {
            required_features: if timed {
                wgpu::Features::TIMESTAMP_QUERY
            } else {
                wgpu::Features::empty()
            },
            required_limits: wgpu::Limits::default().using_alignment(adapter.limits()),
            ..Default::default()
        };
        let (device, queue) = adapter
            .request_device(&device)
            .await
            .unwrap_or_else(|e| panic!("no device: {e}"));
        #[cfg(target_arch = "wasm32")]
        let info = wgpu::AdapterInfo {
            name: named().await.unwrap_or_default(),
            ..info
        };
        let name = format!(
            "{} ({:?}, {} {}, {:?})",
            info.name, info.device_type, info.driver, info.driver_info, info.backend
        );
        Self {
            device,
            queue,
            name,
            software: info.device_type == wgpu::DeviceType::Cpu,
            timed,
        }
    }

    /// Makes everything that a job needs.
    pub fn prepare(&self, job: &Job) -> Prepared {
        let device = &self.device;
        let mut entries = Vec::new();
        for (at, bind) in job.binds.iter().enumerate() {
            entries.push(wgpu::BindGroupLayoutEntry {
                binding: at as u32,
                visibility: wgpu::ShaderStages::COMPUTE,
                ty: binding_type(bind),
                count: None,
            });
        }
        let bound: Vec<_> = job.binds.iter().map(|bind| self.bound(bind)).collect();
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: None,
            entries: &entries,
        });
        let views: Vec<_> = bound.iter().map(Bound::view).collect();
        let resources: Vec<_> = bound
            .iter()
            .zip(&views)
            .enumerate()
            .map(|(at, (bound, view))| wgpu::BindGroupEntry {
                binding: at as u32,
                resource: match (bound, view) {
                    (Bound::Buffer(buffer), _) => buffer.as_entire_binding(),
                    (Bound::Texture(_), Some(view)) => wgpu::BindingResource::TextureView(view),
                    _ => unreachable!(),
                },
            })
            .collect();
        let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: None,
            layout: &layout,
            entries: &resources,
        });
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(job.name),
            source: wgpu::ShaderSource::Wgsl(job.wgsl.into()),
        });
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            bind_group_layouts: &[Some(&layout)],
            ..Default::default()
        });
        let pipeline = |entry| {
            device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
                label: None,
                layout: Some(&layout),
                module: &module,
                entry_point: Some(entry),
                compilation_options: Default::default(),
                cache: None,
            })
        };
        let passes = job
            .passes
            .iter()
            .map(|(entry, invocations)| {
                (
                    pipeline(*entry),
                    ai_atlas::kernel::groups(*invocations).max(1),
                )
            })
            .collect();
        Prepared {
            bound,
            group,
            passes,
        }
    }

    /// What a shader is given, on the GPU.
    fn bound(&self, bind: &Bind) -> Bound {
        match bind {
            Bind::Uniform(words) => Bound::Buffer(self.buffer(words, wgpu::BufferUsages::UNIFORM)),
            Bind::Read(words) | Bind::Write(words) => Bound::Buffer(self.buffer(
                words,
                wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::INDIRECT,
            )),
            Bind::Texels(words) => {
                Bound::Texture(self.texture(words, wgpu::TextureUsages::TEXTURE_BINDING))
            }
            Bind::Draw(rows) => Bound::Texture(self.texture(
                &vec![POISON; *rows * TEXELS as usize * 4],
                wgpu::TextureUsages::STORAGE_BINDING | wgpu::TextureUsages::TEXTURE_BINDING,
            )),
        }
    }

    /// Runs all passes `times` times and says how long each time took by the GPU's clock, ms,
    /// oldest first; nothing where it has none.
    pub async fn run(&self, job: &Prepared, times: u32) -> Vec<f64> {
        let queries = self.timed.then(|| self.queries(times));
        let mut encoder = self.device.create_command_encoder(&Default::default());
        for time in 0..times {
            self.note(&mut encoder, job, queries.as_ref().map(|q| &q.0), time);
        }
        if let Some((set, buffer)) = &queries {
            encoder.resolve_query_set(set, 0..times * 2, buffer, 0);
        }
        self.queue.submit([encoder.finish()]);
        match &queries {
            Some((_, buffer)) => self.elapsed(buffer).await,
            None => Vec::new(),
        }
    }

    /// Records all passes of a job, its begin and end stamped.
    pub fn note(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        job: &Prepared,
        set: Option<&wgpu::QuerySet>,
        time: u32,
    ) {
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor {
            label: None,
            timestamp_writes: set.map(|query_set| wgpu::ComputePassTimestampWrites {
                query_set,
                beginning_of_pass_write_index: Some(time * 2),
                end_of_pass_write_index: Some(time * 2 + 1),
            }),
        });
        pass.set_bind_group(0, &job.group, &[]);
        for (pipeline, groups) in &job.passes {
            pass.set_pipeline(pipeline);
            pass.dispatch_workgroups(*groups, 1, 1);
        }
    }

    /// Room for the two stamps of so many times.
    pub fn queries(&self, times: u32) -> (wgpu::QuerySet, wgpu::Buffer) {
        let set = self.device.create_query_set(&wgpu::QuerySetDescriptor {
            label: None,
            ty: wgpu::QueryType::Timestamp,
            count: times * 2,
        });
        let usage = wgpu::BufferUsages::QUERY_RESOLVE | wgpu::BufferUsages::COPY_SRC;
        let buffer = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: u64::from(times) * 16,
            usage,
            mapped_at_creation: false,
        });
        (set, buffer)
    }

    /// Ms between the first and the second of every two stamps.
    pub async fn elapsed(&self, stamps: &wgpu::Buffer) -> Vec<f64> {
        let words = self.read_buffer(stamps).await;
        let stamps: Vec<u64> = words
            .as_chunks::<2>()
            .0
            .iter()
            .map(|[low, high]| u64::from(*low) | u64::from(*high) << 32)
            .collect();
        let ms = f64::from(self.queue.get_timestamp_period()) / 1e6;
        stamps
            .as_chunks::<2>()
            .0
            .iter()
            .map(|[from, to]| to.saturating_sub(*from) as f64 * ms)
            .collect()
    }

    /// What every [`Bind::Write`] and [`Bind::Draw`] holds now, in their order.
    pub async fn read(&self, job: &Job, prepared: &Prepared) -> Vec<Vec<u32>> {
        let mut all = Vec::new();
        for (bind, bound) in job.binds.iter().zip(&prepared.bound) {
            match (bind, bound) {
                (Bind::Write(_), Bound::Buffer(buffer)) => all.push(self.read_buffer(buffer).await),
                (Bind::Draw(_), Bound::Texture(texture)) => {
                    all.push(self.read_texture(texture).await)
                }
                _ => {}
            }
        }
        all
    }

    /// Words in a buffer, at least four, for a buffer has to have some.
    pub fn buffer(&self, words: &[u32], usage: wgpu::BufferUsages) -> wgpu::Buffer {
        let mut words = words.to_vec();
        words.resize(words.len().max(4), POISON);
        let usage = usage | wgpu::BufferUsages::COPY_SRC | wgpu::BufferUsages::COPY_DST;
        let size = (words.len() * 4) as u64;
        let buffer = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size,
            usage,
            mapped_at_creation: false,
        });
        self.queue
            .write_buffer(&buffer, 0, bytemuck::cast_slice(&words));
        buffer
    }

    pub fn texture(&self, words: &[u32], usage: wgpu::TextureUsages) -> wgpu::Texture {
        let height = ((words.len() / 4) as u32).div_ceil(TEXELS).max(1);
        let size = wgpu::Extent3d {
            width: TEXELS,
            height,
            depth_or_array_layers: 1,
        };
        let texture = self.device.create_texture(&wgpu::TextureDescriptor {
            label: None,
            size,
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba32Uint,
            usage: usage | wgpu::TextureUsages::COPY_SRC | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let mut words = words.to_vec();
        words.resize((TEXELS * height * 4) as usize, 0);
        let layout = wgpu::TexelCopyBufferLayout {
            offset: 0,
            bytes_per_row: Some(TEXELS * 16),
            rows_per_image: Some(height),
        };
        self.queue.write_texture(
            texture.as_image_copy(),
            bytemuck::cast_slice(&words),
            layout,
            size,
        );
        texture
    }

    async fn read_texture(&self, texture: &wgpu::Texture) -> Vec<u32> {
        let pitch = (TEXELS * 16).next_multiple_of(256);
        let usage = wgpu::BufferUsages::COPY_SRC | wgpu::BufferUsages::COPY_DST;
        let size = u64::from(pitch) * u64::from(texture.height());
        let buffer = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size,
            usage,
            mapped_at_creation: false,
        });
        let mut encoder = self.device.create_command_encoder(&Default::default());
        let layout = wgpu::TexelCopyBufferLayout {
            offset: 0,
            bytes_per_row: Some(pitch),
            rows_per_image: Some(texture.height()),
        };
        encoder.copy_texture_to_buffer(
            texture.as_image_copy(),
            wgpu::TexelCopyBufferInfo {
                buffer: &buffer,
                layout,
            },
            texture.size(),
        );
        self.queue.submit([encoder.finish()]);
        let rows = self.read_buffer(&buffer).await;
        rows.chunks(pitch as usize / 4)
            .flat_map(|row| &row[..TEXELS as usize * 4])
            .copied()
            .collect()
    }

    /// What a job draws into, and the buffer before it: the texture and the arguments that `cull`
    /// leaves.
    pub fn drawn<'a>(&self, job: &'a Prepared) -> Option<(&'a wgpu::Texture, &'a wgpu::Buffer)> {
        match &job.bound[..] {
            [.., Bound::Buffer(draws), Bound::Texture(texture)] => Some((texture, draws)),
            _ => None,
        }
    }

    async fn read_buffer(&self, from: &wgpu::Buffer) -> Vec<u32> {
        let usage = wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST;
        let copy = self.device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: from.size(),
            usage,
            mapped_at_creation: false,
        });
        let mut encoder = self.device.create_command_encoder(&Default::default());
        encoder.copy_buffer_to_buffer(from, 0, &copy, 0, from.size());
        self.queue.submit([encoder.finish()]);
        mapped(&self.device, &copy).await;
        bytemuck::cast_slice(&copy.get_mapped_range(..).unwrap()).to_vec()
    }
}

/// Texels in a row: what the painter's textures have.
const TEXELS: u32 = ai_atlas::render::ROW_TEXELS;

/// How a shader declares what it is given.
fn binding_type(bind: &Bind) -> wgpu::BindingType {
    let buffer = |ty| wgpu::BindingType::Buffer {
        ty,
        has_dynamic_offset: false,
        min_binding_size: None,
    };
    match bind {
        Bind::Uniform(_) => buffer(wgpu::BufferBindingType::Uniform),
        Bind::Read(_) => buffer(wgpu::BufferBindingType::Storage { read_only: true }),
        Bind::Write(_) => buffer(wgpu::BufferBindingType::Storage { read_only: false }),
        Bind::Texels(_) => wgpu::BindingType::Texture {
            sample_type: wgpu::TextureSampleType::Uint,
            view_dimension: wgpu::TextureViewDimension::D2,
            multisampled: false,
        },
        Bind::Draw(_) => wgpu::BindingType::StorageTexture {
            access: wgpu::StorageTextureAccess::WriteOnly,
            format: wgpu::TextureFormat::Rgba32Uint,
            view_dimension: wgpu::TextureViewDimension::D2,
        },
    }
}

/// A job that is ready to run.
pub struct Prepared {
    bound: Vec<Bound>,
    group: wgpu::BindGroup,
    passes: Vec<(wgpu::ComputePipeline, u32)>,
}

enum Bound {
    Buffer(wgpu::Buffer),
    Texture(wgpu::Texture),
}

impl Bound {
    fn view(&self) -> Option<wgpu::TextureView> {
        match self {
            Self::Buffer(_) => None,
            Self::Texture(texture) => Some(texture.create_view(&Default::default())),
        }
    }
}

/// Vendor and architecture as the browser says them; wgpu does not pass them on.
#[cfg(target_arch = "wasm32")]
async fn named() -> Option<String> {
    use js_sys::Reflect;
    use wasm_bindgen::{JsCast, JsValue};
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
    let gpu = get(&get(&js_sys::global(), "navigator")?, "gpu")?;
    let asked = get(&gpu, "requestAdapter")?
        .dyn_into::<js_sys::Function>()
        .ok()?
        .call0(&gpu)
        .ok()?;
    let adapter = wasm_bindgen_futures::JsFuture::from(asked.dyn_into::<js_sys::Promise>().ok()?)
        .await
        .ok()?;
    let info = get(&adapter, "info")?;
    let word = |name| {
        get(&info, name)
            .and_then(|v| v.as_string())
            .unwrap_or_default()
    };
    Some(format!("{} {}", word("vendor"), word("architecture")))
}

#[cfg(not(target_arch = "wasm32"))]
async fn mapped(device: &wgpu::Device, buffer: &wgpu::Buffer) {
    buffer.map_async(wgpu::MapMode::Read, .., |answer| answer.unwrap());
    device.poll(wgpu::PollType::wait_indefinitely()).unwrap();
}

#[cfg(target_arch = "wasm32")]
async fn mapped(_: &wgpu::Device, buffer: &wgpu::Buffer) {
    let buffer = buffer.clone();
    let promise = js_sys::Promise::new(&mut |done, _| {
        buffer.map_async(wgpu::MapMode::Read, .., move |answer| {
            answer.unwrap();
            done.call0(&wasm_bindgen::JsValue::NULL).unwrap();
        });
    });
    wasm_bindgen_futures::JsFuture::from(promise).await.unwrap();
}

/// Waits for what is there at once or after a poll: native wgpu never needs to be woken.
#[cfg(not(target_arch = "wasm32"))]
pub fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        std::thread::yield_now();
    }
}
