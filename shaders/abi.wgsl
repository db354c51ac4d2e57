// The structs of src/abi.rs. tests/shaders.rs compares names, types, offsets and strides by reflection, and the constants by value.
// All lengths are CSS px; colours are straight-alpha sRGB with red in the lowest byte.

struct Frame {
    size_css: vec2<f32>,
    scale: f32,
    row_texels: u32,
    window: vec4<f32>,
}

struct Mark {
    rect_css: vec4<f32>,
    fill: u32,
    stroke: u32,
    style: u32,
    datum: u32,
}

struct Ribbon {
    start_css: vec4<f32>,
    end_css: vec4<f32>,
    half_width_css: f32,
    fill: u32,
    style: u32,
    datum: u32,
}

const RIBBON_SEGMENTS: u32 = 32u;

const SHAPE_RECT: u32 = 0u;
const SHAPE_ELLIPSE: u32 = 1u;
const SHAPE_DIAMOND: u32 = 2u;
const SHAPE_TRIANGLE_RIGHT: u32 = 3u;
const SHAPE_TRIANGLE_LEFT: u32 = 4u;
const SHAPE_TRIANGLE_DOWN: u32 = 5u;
const SHAPE_TRIANGLE_UP: u32 = 6u;

const PATTERN_SOLID: u32 = 0u;
const PATTERN_HATCH: u32 = 1u;
const PATTERN_SOFT: u32 = 2u;

const LINE_SOLID: u32 = 0u;
const LINE_DOUBLE: u32 = 1u;
const LINE_LONG_DASH: u32 = 2u;
const LINE_SHORT_DASH: u32 = 3u;
const LINE_DOTTED: u32 = 4u;
const LINE_WAVE: u32 = 5u;
const LINE_TICKS: u32 = 6u;
