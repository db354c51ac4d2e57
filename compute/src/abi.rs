//! The plain structs that cross to the GPU. `shaders/abi.wgsl` has the same, and `tests/shaders.rs`
//! compares the two by reflection.
//!
//! All lengths are CSS pixels; renderers multiply by `Frame::scale`. Colours are straight-alpha
//! sRGB, red in the lowest byte.

use bytemuck::{Pod, Zeroable};

/// Declares the structs and, for the reflection test, their layout as data: name, size, then
/// (field, WGSL type, offset).
macro_rules! abi {
    ($(
        $(#[$doc:meta])* struct $name:ident {
            $($(#[$field_doc:meta])* $field:ident: $rust:ty as $wgsl:literal,)*
        }
    )*) => {
        $($(#[$doc])*
        #[repr(C)]
        #[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
        pub struct $name { $($(#[$field_doc])* pub $field: $rust,)* })*

        /// A struct's name, its size in bytes, and its fields as (name, WGSL type, offset in
        /// bytes).
        pub type Layout = (&'static str, usize, &'static [(&'static str, &'static str, usize)]);
        /// The layouts of all structs in this file.
        pub const LAYOUTS: &[Layout] = &[$((stringify!($name), size_of::<$name>(),
            &[$((stringify!($field), $wgsl, core::mem::offset_of!($name, $field)),)*]),)*];
    };
}

abi! {
    /// What is the same for every mark of a frame. One uniform, 32 bytes.
    struct Frame {
        /// Size of the picture, CSS px.
        size_css: [f32; 2] as "vec2<f32>",
        /// Device pixels per CSS px.
        scale: f32 as "f32",
        /// Texels in a row of the data texture.
        row_texels: u32 as "u32",
        /// What all places are multiplied with, x and y, and what is added then, CSS px: the
        /// reader's place in a scene that stays where it is.
        window: [f32; 4] as "vec4<f32>",
    }

    /// A filled shape inside its rectangle. Two RGBA32Uint texels.
    struct Mark {
        /// Left, top, right, bottom.
        rect_css: [f32; 4] as "vec4<f32>",
        /// Inside.
        fill: u32 as "u32",
        /// Outline, drawn inside the rectangle's edge; with a hatch also the colour of its lines.
        stroke: u32 as "u32",
        /// Packed by [`mark_style`].
        style: u32 as "u32",
        /// The row that this mark shows, or [`NO_DATUM`].
        datum: u32 as "u32",
    }

    /// A cubic Bézier drawn with a width. Three RGBA32Uint texels.
    struct Ribbon {
        /// Start and first control point: x, y, x, y.
        start_css: [f32; 4] as "vec4<f32>",
        /// Second control point and end: x, y, x, y.
        end_css: [f32; 4] as "vec4<f32>",
        /// Half of the full width.
        half_width_css: f32 as "f32",
        /// Colour.
        fill: u32 as "u32",
        /// A [`mod@line`] form.
        style: u32 as "u32",
        /// The row that this ribbon shows, or [`NO_DATUM`].
        datum: u32 as "u32",
    }

    /// What [`crate::kernel::cull`] is told. One uniform, 64 bytes.
    struct Cull {
        /// What can be seen, in the marks' own units: left, top, right, bottom.
        seen: [f32; 4] as "vec4<f32>",
        /// The place, in the marks' own units, that is drawn at 0, 0.
        origin: [f32; 2] as "vec2<f32>",
        /// CSS px that a unit is wide and high.
        zoom: [f32; 2] as "vec2<f32>",
        /// What is narrower and lower than this, in the marks' own units, is summed and not drawn
        /// by itself.
        least: [f32; 2] as "vec2<f32>",
        /// Columns and lines of cells, [`CELL_CSS`] px wide and high, that the sums are kept in.
        cells: [u32; 2] as "vec2<u32>",
        /// How many marks there are, up to 2²¹.
        count: u32 as "u32",
        /// How many of them lie under the ribbons.
        under: u32 as "u32",
        /// How many marks the answer has room for.
        room: u32 as "u32",
        /// Nothing.
        spare: u32 as "u32",
    }

    /// What [`crate::kernel::tween`] is told. One uniform, 8 bytes.
    struct Tween {
        /// How many marks there are.
        count: u32 as "u32",
        /// How far from the first picture to the second, in 65,536ths.
        part: u32 as "u32",
    }

    /// What [`crate::kernel::bin`] is told. One uniform, 32 bytes.
    struct Bin {
        /// How many events there are, up to 2²⁴.
        count: u32 as "u32",
        /// How many columns: one less than there are bounds.
        columns: u32 as "u32",
        /// How many lanes.
        lanes: u32 as "u32",
        /// Bits of the least amount that is shown; 0 for all.
        least: u32 as "u32",
        /// The exponent, as the bits of an f32 have it, of the amounts whose last bit counts as 1.
        unit: u32 as "u32",
        /// Where in the tables the lanes of the second code begin.
        second: u32 as "u32",
        /// Where those of the targets begin.
        third: u32 as "u32",
        /// Entries of the tables.
        entries: u32 as "u32",
    }

    /// What [`crate::kernel::tree`] is told. One uniform, 24 bytes.
    struct Tree {
        /// Width and height, in 4,096ths of a CSS px, less than 2²⁴.
        size: [u32; 2] as "vec2<u32>",
        /// How many leaves there are, up to 2²¹.
        count: u32 as "u32",
        /// How many records the groups have.
        groups: u32 as "u32",
        /// The first record of the outermost groups.
        first: u32 as "u32",
        /// How many outermost groups there are; 0 where leaves stand in none.
        outer: u32 as "u32",
    }

    /// What [`crate::kernel::relax`] is told. One uniform, 16 bytes.
    struct Relax {
        /// How many nodes there are.
        count: u32 as "u32",
        /// How far a node goes towards its neighbours' mean, in 256ths.
        pull: u32 as "u32",
        /// What stays free between two nodes of a column.
        gap: u32 as "u32",
        /// Height of the picture, up to 65,535.
        height: u32 as "u32",
    }
}

/// The datum of furniture: axes, grounds, frames.
pub const NO_DATUM: u32 = u32::MAX;

/// Side of a cell in which marks too small to see are summed, CSS px: a power of two, so that
/// dividing by it is exact.
pub const CELL_CSS: u32 = 4;

/// Straight segments that a ribbon is drawn with, in the shader and in the raster.
pub const RIBBON_SEGMENTS: u32 = 32;

/// Forms of a mark, bits 0–3 of its style.
pub mod shape {
    /// A rectangle with rounded corners (radius in bits 16–23).
    pub const RECT: u32 = 0;
    /// The ellipse that touches the four sides.
    pub const ELLIPSE: u32 = 1;
    /// The rhombus that touches the middles of the four sides.
    pub const DIAMOND: u32 = 2;
    /// A triangle pointing right, then left, down, up.
    pub const TRIANGLE_RIGHT: u32 = 3;
    /// See [`TRIANGLE_RIGHT`].
    pub const TRIANGLE_LEFT: u32 = 4;
    /// See [`TRIANGLE_RIGHT`].
    pub const TRIANGLE_DOWN: u32 = 5;
    /// See [`TRIANGLE_RIGHT`].
    pub const TRIANGLE_UP: u32 = 6;
}

/// What the inside of a mark looks like, bits 4–7 of its style.
pub mod pattern {
    /// One colour.
    pub const SOLID: u32 = 0;
    /// Lines at 45°, 1.25 CSS px wide, in the stroke colour: an unknown split.
    pub const HATCH: u32 = 1;
    /// From one line of a hatch to the next, CSS px; the first lies half of it from the corner.
    pub const HATCH_PERIOD_CSS: u32 = 6;
    /// The fill fades over the outer 3 CSS px: an approximate value.
    pub const SOFT: u32 = 2;
}

/// How a layer is told from the others without its colour, bits 25–27 of a mark's style: gaps in
/// the fill, 1 CSS px wide, every 4 CSS px, counted from the mark's centre, so that the smallest
/// mark has one. Bits 28–31 say how much of the fill a gap takes, in fifteenths.
pub mod grain {
    /// A rectangle has its grain no farther from its edge than this, CSS px: words stand on whole
    /// colour.
    pub const RIM_CSS: u32 = 5;
    /// No gaps.
    pub const PLAIN: u32 = 0;
    /// Level gaps.
    pub const LEVEL: u32 = 1;
    /// Upright gaps.
    pub const UPRIGHT: u32 = 2;
    /// Both.
    pub const GRID: u32 = 3;
    /// Round holes, 2 CSS px wide, in the middle between where those would cross.
    pub const DOTS: u32 = 4;
}

/// Forms of a ribbon: one for each type of relation.
pub mod line {
    /// Unbroken.
    pub const SOLID: u32 = 0;
    /// Two thin lines with a gap.
    pub const DOUBLE: u32 = 1;
    /// 12 px drawn, 6 px left out.
    pub const LONG_DASH: u32 = 2;
    /// 4 px drawn, 4 px left out.
    pub const SHORT_DASH: u32 = 3;
    /// Round dots, one line width wide, every three line widths but at least 4 px.
    pub const DOTTED: u32 = 4;
    /// A sine of 2 px amplitude and 8 px length.
    pub const WAVE: u32 = 5;
    /// Thin, with a cross tick of 5 px every 10 px.
    pub const TICKS: u32 = 6;
}

/// Packs a mark's style. `stroke_css` and `radius_css` are kept in quarters of a CSS px, up to
/// 63.75.
pub fn mark_style(shape: u32, pattern: u32, stroke_css: f32, radius_css: f32, dashed: bool) -> u32 {
    let quarters = |css: f32| (css * 4.0).round().clamp(0.0, 255.0) as u32;
    shape
        | pattern << 4
        | quarters(stroke_css) << 8
        | quarters(radius_css) << 16
        | u32::from(dashed) << 24
}

/// Whether a mark's outline is dashed.
pub const fn is_dashed(style: u32) -> bool {
    style >> 24 & 1 == 1
}

/// A colour as the structs hold it.
pub const fn rgba(r: u8, g: u8, b: u8, a: u8) -> u32 {
    u32::from_le_bytes([r, g, b, a])
}
