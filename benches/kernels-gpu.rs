//! What `make bench-kernels` measures natively: every kernel by the GPU's own clock beside its
//! twin.
//!
//! It needs no network and no file: `cargo build --profile bench --example bench-kernels-gpu` makes
//! it, and it can be carried to a machine with a GPU and a Vulkan driver. It prints a line of JSON
//! for each figure. Goals are held against a GPU only; where the CPU does its work it says that
//! they were not.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    unreachable_pub,
    reason = "a program for developers"
)]

#[cfg(not(target_arch = "wasm32"))]
#[allow(dead_code, reason = "the tests read the rest")]
#[path = "../tests/kernels/cases.rs"]
mod cases;
#[cfg(not(target_arch = "wasm32"))]
#[allow(dead_code, reason = "the tests read the rest")]
#[path = "../tests/kernels/gpu.rs"]
mod gpu;

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    native::main();
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use super::cases::{self, KERNELS};
    use super::gpu::{Gpu, now};
    use ai_atlas::abi::{Cull, Frame, Mark};
    use ai_atlas::kernel::{self, Kernel};
    use ai_atlas::render::ROW_TEXELS;
    use std::time::Instant;

    /// Sizes that are timed; in the short form the first.
    const SIZES: [usize; 5] = [1_000, 10_000, 100_000, 262_144, 1_000_000];

    pub fn main() {
        let gpu = now(Gpu::open());
        assert!(gpu.timed, "{} has no clock", gpu.name);
        // Where the CPU computes, fewer times: it is the figures of a GPU that matter.
        let times = if gpu.software { 5 } else { 100 };
        let short = std::env::var("BENCH").is_ok_and(|form| form == "short");
        let sizes = if short { &SIZES[..1] } else { &SIZES };
        println!(
            "{{\"what\":\"adapter\",\"name\":{:?},\"software\":{},\"goals_checked\":{}}}",
            gpu.name, gpu.software, !gpu.software
        );
        if short {
            println!("{{\"what\":\"draw at 4K\",\"note\":\"not in the short form\"}}");
        } else if gpu.software {
            println!(
                "{{\"what\":\"draw at 4K\",\"note\":\"only on a GPU: a CPU takes half a minute for a million marks\"}}"
            );
        } else {
            draws(&gpu, 60);
        }
        for kernel in KERNELS {
            let mut crossover = None;
            for &size in sizes {
                let mut job = cases::timed(kernel, size);
                let prepared = gpu.prepare(&job);
                now(gpu.run(&prepared, times.min(20)));
                let wanted = (job.twin)();
                let compared = cases::compare(&now(gpu.read(&job, &prepared)), &wanted);
                drop(wanted);
                let mut stamps = Vec::new();
                let each_ms =
                    clocked(|| stamps = now(gpu.run(&prepared, times))) / f64::from(times);
                // The stamps of drivers that compute on the CPU do not wait for the last pass.
                let gpu_ms = if gpu.software {
                    each_ms
                } else {
                    median(stamps)
                };
                let wall_ms = median(
                    (0..times.min(20))
                        .map(|_| clocked(|| drop(now(gpu.run(&prepared, 1)))))
                        .collect(),
                );
                (job.lap)();
                // The best of seven: who is compared with it gets nothing for free.
                let twin_ms = (0..7)
                    .map(|_| clocked(&mut job.lap))
                    .fold(f64::MAX, f64::min);
                let ratio = twin_ms / gpu_ms;
                if ratio <= 1.0 {
                    crossover = None;
                } else if crossover.is_none() {
                    crossover = Some(size);
                }
                let chosen = kernel::wins(choice(kernel), size as u32, gpu.software);
                let goal = goal(kernel, size).map_or(String::new(), |(most_ms, least)| {
                    let ok = if gpu.software {
                        "null".to_owned()
                    } else {
                        (gpu_ms <= most_ms && ratio >= least).to_string()
                    };
                    format!(",\"goal_ms\":{most_ms},\"goal_ratio\":{least},\"ok\":{ok}")
                });
                println!(
                    "{{\"what\":\"kernel\",\"kernel\":\"{kernel}\",\"n\":{size},\"gpu_ms\":{gpu_ms:.6},\"clock\":\"{}\",\"each_of_many_ms\":{each_ms:.4},\"alone_with_wait_ms\":{wall_ms:.3},\"twin_native_ms\":{twin_ms:.6},\"ratio\":{ratio:.2},\"same_as_twin\":{},\"engine_chooses\":\"{}\"{goal}}}",
                    if gpu.software { "wall" } else { "gpu" },
                    compared.same(),
                    if chosen { "gpu" } else { "twin" }
                );
            }
            let crossover = crossover.map_or("null".to_owned(), |n| n.to_string());
            println!(
                "{{\"what\":\"crossover\",\"kernel\":\"{kernel}\",\"gpu_faster_than_native_twin_from\":{crossover}}}"
            );
        }
    }

    /// A million marks that tile a picture of 4K: culled and drawn in one frame, and drawn alone,
    /// pulled by one draw and as instances.
    fn draws(gpu: &Gpu, times: u32) {
        const MARKS: usize = 1_000_000;
        let [wide, high] = [3840_u32, 2160];
        let marks: Vec<Mark> = (0..MARKS)
            .map(|i| {
                let [x, y] = [(i % 1333) as f32 * 2.88, (i / 1333) as f32 * 2.88];
                Mark {
                    rect_css: [x, y, x + 2.5, y + 2.5],
                    fill: 0xFF00_0000 | (i as u32 * 7),
                    stroke: 0,
                    style: 0,
                    datum: i as u32,
                }
            })
            .collect();
        let view = Cull {
            seen: [0.0, 0.0, wide as f32, high as f32],
            origin: [0.0, 0.0],
            zoom: [1.0, 1.0],
            least: [1.0, 1.0],
            cells: [wide / 4, high / 4],
            count: MARKS as u32,
            under: 0,
            room: MARKS as u32,
            spare: 0,
        };
        let cull = gpu.prepare(&cases::cull_job(view, &marks));
        let Some((seen, arguments)) = gpu.drawn(&cull) else {
            return;
        };
        let frame = Frame {
            size_css: [wide as f32, high as f32],
            scale: 1.0,
            row_texels: ROW_TEXELS,
            window: [1.0, 1.0, 0.0, 0.0],
        };
        let frame = gpu.buffer(
            bytemuck::cast_slice(bytemuck::bytes_of(&frame)),
            wgpu::BufferUsages::UNIFORM,
        );
        let all = gpu.texture(
            bytemuck::cast_slice(&marks),
            wgpu::TextureUsages::TEXTURE_BINDING,
        );
        let pulled = concat!(
            include_str!("../shaders/abi.wgsl"),
            include_str!("../shaders/draw/common.wgsl"),
            include_str!("../shaders/draw/mark.wgsl")
        );
        // The same shader, its index that of the instance.
        let instanced = pulled
            .replace("(@builtin(vertex_index) vertex_index: u32)", "(@builtin(vertex_index) vertex_index: u32, @builtin(instance_index) instance: u32)")
            .replace("let index = vertex_index / 6u;", "let index = instance;");
        assert!(
            instanced.contains("let index = instance;"),
            "the shader has changed: nothing to compare"
        );
        let target = gpu.device.create_texture(&wgpu::TextureDescriptor {
            label: None,
            size: wgpu::Extent3d {
                width: wide,
                height: high,
                depth_or_array_layers: 1,
            },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba8Unorm,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
            view_formats: &[],
        });
        let target = target.create_view(&Default::default());
        let pipeline = |wgsl: &str| {
            let module = gpu
                .device
                .create_shader_module(wgpu::ShaderModuleDescriptor {
                    label: None,
                    source: wgpu::ShaderSource::Wgsl(wgsl.into()),
                });
            gpu.device
                .create_render_pipeline(&wgpu::RenderPipelineDescriptor {
                    label: None,
                    layout: None,
                    vertex: wgpu::VertexState {
                        module: &module,
                        entry_point: Some("vertex"),
                        compilation_options: Default::default(),
                        buffers: &[],
                    },
                    primitive: wgpu::PrimitiveState {
                        front_face: wgpu::FrontFace::Cw,
                        ..Default::default()
                    },
                    depth_stencil: None,
                    multisample: wgpu::MultisampleState::default(),
                    fragment: Some(wgpu::FragmentState {
                        module: &module,
                        entry_point: Some("fragment"),
                        compilation_options: Default::default(),
                        targets: &[Some(wgpu::ColorTargetState {
                            format: wgpu::TextureFormat::Rgba8Unorm,
                            blend: Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                            write_mask: wgpu::ColorWrites::ALL,
                        })],
                    }),
                    multiview_mask: None,
                    cache: None,
                })
        };
        let bound = |pipeline: &wgpu::RenderPipeline, texture: &wgpu::Texture| {
            let entries = [
                wgpu::BindGroupEntry {
                    binding: 0,
                    resource: frame.as_entire_binding(),
                },
                wgpu::BindGroupEntry {
                    binding: 1,
                    resource: wgpu::BindingResource::TextureView(
                        &texture.create_view(&Default::default()),
                    ),
                },
            ];
            gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
                label: None,
                layout: &pipeline.get_bind_group_layout(0),
                entries: &entries,
            })
        };
        let pipelines = [pipeline(pulled), pipeline(&instanced)];
        let bounds = [
            bound(&pipelines[0], seen),
            bound(&pipelines[0], &all),
            bound(&pipelines[1], &all),
        ];
        // 0: what cull has left; 1: all, pulled; 2: all, as instances. From the first stamp, or
        // from the one that cull has set.
        let frames = |of: usize, with_cull: bool| {
            let (set, buffer) = gpu.queries(times);
            let mut encoder = gpu.device.create_command_encoder(&Default::default());
            for time in 0..times {
                if with_cull {
                    gpu.note(&mut encoder, &cull, Some(&set), time);
                }
                let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                    color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                        view: &target,
                        depth_slice: None,
                        resolve_target: None,
                        ops: wgpu::Operations {
                            load: wgpu::LoadOp::Clear(wgpu::Color::WHITE),
                            store: wgpu::StoreOp::Store,
                        },
                    })],
                    timestamp_writes: (!with_cull).then_some(wgpu::RenderPassTimestampWrites {
                        query_set: &set,
                        beginning_of_pass_write_index: Some(time * 2),
                        end_of_pass_write_index: Some(time * 2 + 1),
                    }),
                    ..Default::default()
                });
                pass.set_pipeline(&pipelines[of / 2]);
                pass.set_bind_group(0, &bounds[of], &[]);
                match of {
                    0 => {
                        pass.draw_indirect(arguments, 0);
                        pass.draw_indirect(arguments, 16);
                    }
                    1 => pass.draw(0..MARKS as u32 * 6, 0..1),
                    _ => pass.draw(0..6, 0..MARKS as u32),
                }
            }
            encoder.resolve_query_set(&set, 0..times * 2, &buffer, 0);
            gpu.queue.submit([encoder.finish()]);
            median(now(gpu.elapsed(&buffer)))
        };
        frames(1, false);
        let culled = frames(0, true);
        let [culled_draw, mut pulled, mut instanced] =
            [frames(0, false), frames(1, false), frames(2, false)];
        // Once more in the other order, so that none has the warmer clock.
        instanced = instanced.min(frames(2, false));
        pulled = pulled.min(frames(1, false));
        let (sum, ratio) = (culled + culled_draw, pulled / instanced);
        println!(
            "{{\"what\":\"cull and draw at 4K\",\"n\":{MARKS},\"cull_ms\":{culled:.4},\"draw_ms\":{culled_draw:.4},\"sum_ms\":{sum:.4},\"goal_ms\":1,\"ok\":{}}}",
            sum <= 1.0
        );
        println!(
            "{{\"what\":\"draw at 4K\",\"n\":{MARKS},\"pulled_ms\":{pulled:.4},\"instanced_ms\":{instanced:.4},\"pulled_to_instanced\":{ratio:.3},\"goal\":1.05,\"ok\":{}}}",
            ratio <= 1.05
        );
    }

    fn choice(kernel: &str) -> Kernel {
        match kernel {
            "bin" => Kernel::Bin,
            "cull" => Kernel::Cull,
            "relax" => Kernel::Relax,
            "tree" => Kernel::Tree,
            _ => Kernel::Tween,
        }
    }

    /// Most ms, and least how many times as fast as the native twin: what a GPU of a data centre
    /// should do.
    fn goal(kernel: &str, size: usize) -> Option<(f64, f64)> {
        match (kernel, size) {
            ("tree", 1_000_000) => Some((2.0, 20.0)),
            ("relax", 100_000) => Some((1.5, 0.0)),
            ("cull", 1_000_000) => Some((1.0, 0.0)),
            _ => None,
        }
    }

    fn clocked(mut run: impl FnMut()) -> f64 {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64() * 1000.0
    }

    fn median(mut of: Vec<f64>) -> f64 {
        of.sort_by(f64::total_cmp);
        of.get(of.len() / 2).copied().unwrap_or(f64::NAN)
    }
}
