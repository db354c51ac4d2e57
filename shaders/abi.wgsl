// The structs of compute/src/abi.rs. tests/shaders.rs compares names, types, offsets and strides by
// reflection, and the constants by value.
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

struct Cull {
    seen: vec4<f32>,
    origin: vec2<f32>,
    zoom: vec2<f32>,
    least: vec2<f32>,
    cells: vec2<u32>,
    count: u32,
    under: u32,
    room: u32,
    spare: u32,
}

struct Tween {
    count: u32,
    part: u32,
}

struct Bin {
    count: u32,
    columns: u32,
    lanes: u32,
    least: u32,
    unit: u32,
    second: u32,
    third: u32,
    entries: u32,
}

struct Tree {
    size: vec2<u32>,
    count: u32,
    groups: u32,
    first: u32,
    outer: u32,
}

struct Relax {
    count: u32,
    pull: u32,
    gap: u32,
    height: u32,
}

const CELL_CSS: u32 = 4u;

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
const HATCH_PERIOD_CSS: u32 = 6u;

const GRAIN_RIM_CSS: u32 = 5u;
const GRAIN_PLAIN: u32 = 0u;
const GRAIN_LEVEL: u32 = 1u;
const GRAIN_UPRIGHT: u32 = 2u;
const GRAIN_GRID: u32 = 3u;
const GRAIN_DOTS: u32 = 4u;

const LINE_SOLID: u32 = 0u;
const LINE_DOUBLE: u32 = 1u;
const LINE_LONG_DASH: u32 = 2u;
const LINE_SHORT_DASH: u32 = 3u;
const LINE_DOTTED: u32 = 4u;
const LINE_WAVE: u32 = 5u;
const LINE_TICKS: u32 = 6u;
