//! Columns as a page hands them over: typed arrays and dictionaries, for data too large to be rows. Not here: what a column means.

/// One column. A plain one has numbers; a dictionary has a code a row and the names that the codes count into. Owned: the buffers that the
/// host transferred become these, without a second copy. Nothing in it has been checked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// What it is: `value`, `label`, `nodes.layer`; of several of one kind the number follows, `levels.0` outermost.
    pub name: String,
    /// Numbers, a row each; empty for a dictionary.
    pub numbers: Vec<f64>,
    /// Places among the names, a row each; empty for plain numbers.
    pub codes: Vec<u32>,
    /// The names.
    pub names: Vec<String>,
}

impl Column {
    /// A column whose names come as one text, each ended by a NUL.
    pub fn new(name: &str, numbers: Vec<f64>, codes: Vec<u32>, names: &str) -> Self {
        let mut column = Self { name: name.to_string(), numbers, codes, names: Vec::new() };
        let mut rest = names;
        while let Some((name, more)) = super::words::halves(rest, 0) {
            column.names.push(name.to_string());
            rest = more;
        }
        column
    }
}
