//! Every shader is valid, has the structs of `abi.rs`, and, where it draws, becomes GLSL ES 3.00.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use ai_atlas::abi::{self, LAYOUTS, Layout, grain, line, pattern, shape};
use naga::{AddressSpace, Expression, Module, ShaderStage, Statement, TypeInner};
use std::{fs, path::Path};

fn read(path: &str) -> String {
    fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("shaders")
            .join(path),
    )
    .unwrap()
}

/// Every shader under `shaders/`, each with the files that its build puts before it.
fn shaders() -> Vec<(String, String)> {
    let mut all = vec![("abi.wgsl".to_owned(), read("abi.wgsl"))];
    for (folder, before) in [
        ("draw", vec!["abi.wgsl", "draw/common.wgsl"]),
        ("kernel", vec!["abi.wgsl"]),
    ] {
        let Ok(files) = fs::read_dir(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("shaders")
                .join(folder),
        ) else {
            continue;
        };
        for file in files {
            let name = format!("{folder}/{}", file.unwrap().file_name().to_str().unwrap());
            let alone = before.contains(&name.as_str());
            let head: String = before
                .iter()
                .filter(|b| !alone || **b != name)
                .map(|b| read(b))
                .collect();
            all.push((name.clone(), head + &read(&name)));
        }
    }
    all
}

fn parse(name: &str, text: &str) -> (Module, naga::valid::ModuleInfo) {
    let module = naga::front::wgsl::parse_str(text)
        .unwrap_or_else(|e| panic!("{name}: {}", e.emit_to_string(text)));
    let info = naga::valid::Validator::new(
        naga::valid::ValidationFlags::all(),
        naga::valid::Capabilities::empty(),
    )
    .validate(&module)
    .unwrap_or_else(|e| panic!("{name}: {}", e.emit_to_string(text)));
    (module, info)
}

fn drawing() -> Vec<(String, Module, naga::valid::ModuleInfo)> {
    let drawn: Vec<_> = shaders()
        .into_iter()
        .filter(|(name, _)| name.starts_with("draw/") && !name.ends_with("common.wgsl"))
        .map(|(name, text)| {
            let (module, info) = parse(&name, &text);
            (name, module, info)
        })
        .collect();
    assert!(
        drawn.len() >= 2,
        "the marks' and the ribbons' shaders were not found"
    );
    drawn
}

fn wgsl_name(inner: &TypeInner) -> String {
    let scalar = |s: &naga::Scalar| match s.kind {
        naga::ScalarKind::Float => format!("f{}", s.width * 8),
        naga::ScalarKind::Uint => format!("u{}", s.width * 8),
        naga::ScalarKind::Sint => format!("i{}", s.width * 8),
        other => format!("{other:?}"),
    };
    match inner {
        TypeInner::Scalar(s) => scalar(s),
        TypeInner::Vector { size, scalar: s } => format!("vec{}<{}>", *size as u8, scalar(s)),
        other => format!("{other:?}"),
    }
}

/// What of `rust` the shader text says otherwise: names, types, offsets, and the stride that an
/// array of them would have.
fn differences(text: &str, rust: &[Layout]) -> Vec<String> {
    // A type that nothing uses has no layout of its own: an array of each makes the shader compiler
    // speak about strides too.
    let uses: String = rust
        .iter()
        .map(|(name, ..)| {
            format!("alias Many{name} = array<{name}, 3>;\nvar<private> many_{name}: Many{name};\n")
        })
        .collect();
    let (module, _) = parse("abi.wgsl", &(text.to_owned() + &uses));
    let mut found = Vec::new();
    for (name, size, fields) in rust {
        let Some((handle, TypeInner::Struct { members, span })) = module
            .types
            .iter()
            .find(|(_, t)| t.name.as_deref() == Some(name))
            .map(|(h, t)| (h, &t.inner))
        else {
            found.push(format!("{name}: no such struct"));
            continue;
        };
        let theirs: Vec<_> = members
            .iter()
            .map(|m| {
                (
                    m.name.clone().unwrap_or_default(),
                    wgsl_name(&module.types[m.ty].inner),
                    m.offset as usize,
                )
            })
            .collect();
        let ours: Vec<_> = fields
            .iter()
            .map(|(n, t, o)| ((*n).to_owned(), (*t).to_owned(), *o))
            .collect();
        if theirs != ours {
            found.push(format!("{name}: WGSL has {theirs:?}, Rust has {ours:?}"));
        }
        let stride = module.types.iter().find_map(|(_, t)| match t.inner {
            TypeInner::Array { base, stride, .. } if base == handle => Some(stride as usize),
            _ => None,
        });
        if *span as usize != *size || stride != Some(*size) {
            found.push(format!(
                "{name}: WGSL span {span}, stride {stride:?}, Rust size {size}"
            ));
        }
    }
    found
}

#[test]
fn every_shader_is_valid() {
    let all = shaders();
    assert!(all.len() >= 4);
    for (name, text) in all {
        parse(&name, &text);
    }
}

#[test]
fn the_structs_of_wgsl_and_rust_are_the_same() {
    assert!(LAYOUTS.len() >= 3);
    assert_eq!(
        differences(&read("abi.wgsl"), LAYOUTS),
        Vec::<String>::new()
    );
}

#[test]
fn a_struct_that_differs_is_noticed() {
    let text = read("abi.wgsl");
    for (from, to) in [
        ("    stroke: u32,", "    outline: u32,"),
        ("    stroke: u32,", "    stroke: f32,"),
        (
            "    fill: u32,\n    stroke: u32,",
            "    stroke: u32,\n    fill: u32,",
        ),
        ("    scale: f32,", "    scale: f32,\n    more: f32,"),
        (
            "    half_width_css: f32,",
            "    @align(32) half_width_css: f32,",
        ),
        ("struct Mark {", "struct Mork {"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "nothing was corrupted by {from:?}");
        if to.contains("Mork") {
            // The name alone: the reflection must miss it.
            let renamed = [("Mark2", LAYOUTS[1].1, LAYOUTS[1].2)];
            let with = text.clone() + "struct Mark2 { nothing: u32 }\n";
            assert!(!differences(&with, &renamed).is_empty());
        } else {
            assert!(
                !differences(&changed, LAYOUTS).is_empty(),
                "{to:?} went unnoticed"
            );
        }
    }
}

#[test]
fn the_constants_of_wgsl_and_rust_are_the_same() {
    let ours = [
        ("CELL_CSS", abi::CELL_CSS),
        ("RIBBON_SEGMENTS", abi::RIBBON_SEGMENTS),
        ("SHAPE_RECT", shape::RECT),
        ("SHAPE_ELLIPSE", shape::ELLIPSE),
        ("SHAPE_DIAMOND", shape::DIAMOND),
        ("SHAPE_TRIANGLE_RIGHT", shape::TRIANGLE_RIGHT),
        ("SHAPE_TRIANGLE_LEFT", shape::TRIANGLE_LEFT),
        ("SHAPE_TRIANGLE_DOWN", shape::TRIANGLE_DOWN),
        ("SHAPE_TRIANGLE_UP", shape::TRIANGLE_UP),
        ("PATTERN_SOLID", pattern::SOLID),
        ("PATTERN_HATCH", pattern::HATCH),
        ("PATTERN_SOFT", pattern::SOFT),
        ("HATCH_PERIOD_CSS", pattern::HATCH_PERIOD_CSS),
        ("GRAIN_RIM_CSS", grain::RIM_CSS),
        ("GRAIN_PLAIN", grain::PLAIN),
        ("GRAIN_LEVEL", grain::LEVEL),
        ("GRAIN_UPRIGHT", grain::UPRIGHT),
        ("GRAIN_GRID", grain::GRID),
        ("GRAIN_DOTS", grain::DOTS),
        ("LINE_SOLID", line::SOLID),
        ("LINE_DOUBLE", line::DOUBLE),
        ("LINE_LONG_DASH", line::LONG_DASH),
        ("LINE_SHORT_DASH", line::SHORT_DASH),
        ("LINE_DOTTED", line::DOTTED),
        ("LINE_WAVE", line::WAVE),
        ("LINE_TICKS", line::TICKS),
    ];
    let (module, _) = parse("abi.wgsl", &read("abi.wgsl"));
    let theirs: Vec<_> = module
        .constants
        .iter()
        .map(|(_, c)| {
            let Expression::Literal(naga::Literal::U32(value)) = module.global_expressions[c.init]
            else {
                panic!("{:?} is not a u32", c.name)
            };
            (c.name.clone().unwrap(), value)
        })
        .collect();
    let ours: Vec<_> = ours.into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
    assert_eq!(theirs, ours);
}

#[test]
fn drawing_shaders_read_one_uniform_and_one_texture_and_no_storage() {
    for (name, module, _) in drawing() {
        let mut spaces: Vec<_> = module
            .global_variables
            .iter()
            .map(|(_, v)| (v.space, v.binding.map(|b| (b.group, b.binding))))
            .collect();
        spaces.sort_by_key(|(_, binding)| *binding);
        assert_eq!(
            spaces,
            [
                (AddressSpace::Uniform, Some((0, 0))),
                (AddressSpace::Handle, Some((0, 1)))
            ],
            "{name}"
        );
    }
}

#[test]
fn drawing_shaders_use_nothing_that_differs_between_gpus() {
    for (name, module, _) in drawing() {
        let entries = module.entry_points.iter().map(|e| (&e.function, e.stage));
        let functions = module
            .functions
            .iter()
            .map(|(_, f)| (f, ShaderStage::Compute));
        for (function, stage) in entries.chain(functions) {
            for (_, expression) in function.expressions.iter() {
                assert!(
                    !matches!(expression, Expression::Derivative { .. }),
                    "{name}: a derivative"
                );
                assert!(
                    !matches!(expression, Expression::Access { .. }),
                    "{name}: dynamic indexing"
                );
                if let Expression::Literal(naga::Literal::F32(value)) = expression {
                    assert!(value.is_finite(), "{name}: {value}");
                }
                if let Expression::Math { fun, .. } = expression {
                    use naga::MathFunction as M;
                    assert!(
                        !matches!(
                            fun,
                            M::Atan2
                                | M::Atan
                                | M::Sin
                                | M::Cos
                                | M::Pow
                                | M::Exp
                                | M::Log
                                | M::Round
                        ),
                        "{name}: {fun:?}"
                    );
                }
            }
            // A `discard` turns early rejection off and hides what was painted.
            assert!(
                !function.body.iter().any(|s| matches!(s, Statement::Kill)),
                "{name}: discard"
            );
            if stage == ShaderStage::Fragment {
                assert!(
                    function.local_variables.iter().all(|(_, v)| !matches!(
                        module.types[v.ty].inner,
                        TypeInner::Struct { .. }
                    )),
                    "{name}: a struct value"
                );
            }
        }
    }
}

#[test]
fn drawing_shaders_become_glsl_es_300() {
    use naga::back::glsl;
    for (name, module, info) in drawing() {
        for (shader_stage, entry_point) in [
            (ShaderStage::Vertex, "vertex"),
            (ShaderStage::Fragment, "fragment"),
        ] {
            let options = glsl::Options {
                version: glsl::Version::new_gles(300),
                writer_flags: glsl::WriterFlags::empty(),
                ..Default::default()
            };
            let wanted = glsl::PipelineOptions {
                shader_stage,
                entry_point: entry_point.into(),
                multiview: None,
            };
            let mut text = String::new();
            let mut writer = glsl::Writer::new(
                &mut text,
                &module,
                &info,
                &options,
                &wanted,
                Default::default(),
            )
            .unwrap();
            writer
                .write()
                .unwrap_or_else(|e| panic!("{name} {entry_point}: {e}"));
            assert!(text.starts_with("#version 300 es"), "{name}");
            assert!(
                !text.contains("gl_InstanceID") && !text.contains("buffer "),
                "{name}"
            );
        }
    }
}

#[test]
fn the_built_shaders_have_no_comments_and_are_still_valid() {
    use ai_atlas::render::shaders::*;
    for text in [
        MARK_WGSL,
        RIBBON_WGSL,
        MARK_VERTEX_GLSL,
        MARK_FRAGMENT_GLSL,
        RIBBON_VERTEX_GLSL,
        RIBBON_FRAGMENT_GLSL,
    ] {
        assert!(text.len() > 500);
        assert!(!text.contains("//"));
    }
    for (text, entries) in [
        (MARK_WGSL, &["vertex", "fragment", "dashed"][..]),
        (RIBBON_WGSL, &["vertex", "fragment"]),
    ] {
        let (module, _) = parse("built", text);
        let names: Vec<_> = module
            .entry_points
            .iter()
            .map(|e| e.name.as_str())
            .collect();
        assert_eq!(names, entries);
    }
    for (glsl, names) in [
        (MARK_VERTEX_GLSL, [MARK_FRAME, MARK_ROWS]),
        (RIBBON_VERTEX_GLSL, [RIBBON_FRAME, RIBBON_ROWS]),
    ] {
        assert!(glsl.starts_with("#version 300 es\n"));
        assert!(names.iter().all(|n| glsl.contains(n)));
    }
}

#[test]
fn kernels_are_portable_and_wait_for_nobody() {
    use ai_atlas::render::shaders::*;
    let all = [
        (BIN_WGSL, &BIN_PASSES[..]),
        (CULL_WGSL, &CULL_PASSES),
        (RELAX_WGSL, &RELAX_PASSES),
        (TREE_WGSL, &TREE_PASSES),
        (TWEEN_WGSL, &TWEEN_PASSES),
    ];
    let found = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("shaders/kernel"))
        .unwrap()
        .count();
    assert_eq!(all.len(), found, "a kernel that is not built");
    for (text, passes) in all {
        let (module, _) = parse("built", text);
        let names: Vec<_> = module
            .entry_points
            .iter()
            .map(|e| e.name.as_str())
            .collect();
        assert_eq!(names, passes);
        for entry in &module.entry_points {
            assert_eq!(
                (entry.stage, entry.workgroup_size),
                (ShaderStage::Compute, [256, 1, 1]),
                "{}",
                entry.name
            );
        }
        // Every WebGPU has eight storage buffers and four storage textures. No memory of a
        // workgroup: there is nobody to share it with.
        let count = |of: &dyn Fn(&AddressSpace) -> bool| {
            module
                .global_variables
                .iter()
                .filter(|(_, v)| of(&v.space))
                .count()
        };
        assert!(count(&|space| matches!(space, AddressSpace::Storage { .. })) <= 8);
        assert_eq!(count(&|space| matches!(space, AddressSpace::WorkGroup)), 0);
        for word in ["Barrier", "subgroup", "enable "] {
            assert!(!text.contains(word), "{names:?}: {word}");
        }
    }
}
