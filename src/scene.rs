//! What to see, in CSS pixels: the one thing that widgets make and painters read. Not here: data, colours' meaning, GPU, DOM.

use crate::abi::{Mark, Ribbon};

/// A picture of one widget. Painter's order: `marks[..under]`, then `ribbons`, then `marks[under..]`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scene {
    /// Width and height, CSS px.
    pub size_css: [f32; 2],
    /// Colour behind everything.
    pub ground: u32,
    /// Shapes.
    pub marks: Vec<Mark>,
    /// How many of the marks lie under the ribbons.
    pub under: usize,
    /// Links.
    pub ribbons: Vec<Ribbon>,
    /// Text over the picture, set by the browser.
    pub labels: Vec<Label>,
    /// What the keyboard and a screen reader walk through, in reading order.
    pub outline: Vec<Node>,
}

/// Text in a box. The box is as wide as the text may get; what does not fit is shortened by the widget, never cut.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Left, top, right, bottom, CSS px.
    pub rect_css: [f32; 4],
    /// The words.
    pub text: String,
    /// Font size in CSS px: 11, 12, 14, 18 or 28.
    pub size_css: f32,
    /// 600 for a name, 400 for a value.
    pub bold: bool,
    /// Italic: derived by the editor.
    pub italic: bool,
    /// Where the text stands in its box.
    pub align: Align,
    /// Colour of the text.
    pub ink: u32,
    /// Lines that the box has room for; 1 = never wrap.
    pub lines: u32,
    /// The row that it names, or [`crate::abi::NO_DATUM`].
    pub datum: u32,
}

/// Horizontal place of a text in its box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the start of the line.
    Start,
    /// In the middle.
    Middle,
    /// At the end of the line.
    End,
}

/// One stop of the keyboard, one item of the parallel document.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The row that it stands for; `select` and `atlas-select` speak of it by this number.
    pub datum: u32,
    /// Where it is drawn, for the focus ring: left, top, right, bottom, CSS px.
    pub rect_css: [f32; 4],
    /// What a screen reader says: a whole sentence.
    pub name: String,
    /// What type-ahead compares: the name alone.
    pub key: String,
    /// The organisation's id, the same in all widgets.
    pub entity: Option<String>,
    /// The group's heading: layer, table, lane.
    pub group: u32,
    /// Where the arrow keys lead: left, right, up, down; a datum, or [`crate::abi::NO_DATUM`] to stay.
    pub go: [u32; 4],
}
