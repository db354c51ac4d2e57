//! The chain: layers, sublayers, organisations with roles, typed relations, and the frameworks that
//! map onto the layers. Not here: how a file is read (`read`), and chains in columns (`columnar`).

pub mod columnar;
mod entity_kind;
mod read;
mod relation;
mod schema;

pub use entity_kind::{ENTITY_KINDS, EntityKind};
pub use relation::{Relation, RelationInfo};

use super::{Cite, Layer, Source, Status, Text, When};

/// A validated file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ValueChain {
    /// Title of the file.
    pub title: Text,
    /// The layers in order.
    pub layers: Vec<LayerInfo>,
    /// Sublayers in order, grouped by layer.
    pub sublayers: Vec<Sublayer>,
    /// Published frameworks; the first is the default.
    pub frameworks: Vec<Framework>,
    /// Organisations, then people; the index is the datum of an organisation.
    pub entities: Vec<Entity>,
    /// Relations; their datum is `entities.len() + index`.
    pub links: Vec<Link>,
    /// Documents.
    pub sources: Vec<Source>,
}

/// A layer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LayerInfo {
    /// Which.
    pub layer: Layer,
    /// Name.
    pub label: Text,
    /// Note.
    pub note: Text,
    /// Added by the editor, not in the report.
    pub editorial: bool,
    /// Where it is printed.
    pub cites: Vec<Cite>,
}

/// A sublayer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sublayer {
    /// Id.
    pub id: String,
    /// Its layer, an index into `layers`.
    pub layer: usize,
    /// Name.
    pub label: Text,
    /// Note.
    pub note: Text,
    /// Where it is printed.
    pub cites: Vec<Cite>,
}

/// A published framework.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Framework {
    /// Id: `nia`, `mckinsey`, `adl`, `ubs`.
    pub id: String,
    /// Name.
    pub label: Text,
    /// Note; may be empty.
    pub note: Text,
    /// Its layers and, for each, the layers of ours that it covers.
    pub layers: Vec<(Text, Vec<usize>)>,
    /// Where it is printed.
    pub cites: Vec<Cite>,
}

/// An organisation or a person.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entity {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Other spellings, for search.
    pub aliases: Vec<String>,
    /// One of [`ENTITY_KINDS`], empty where nobody says it; of a large chain that is shown in part
    /// also `group` and `rest`.
    pub kind: String,
    /// ISO country.
    pub country: Option<String>,
    /// The country is the editor's knowledge, not printed.
    pub country_assumed: bool,
    /// What it does, one for each sublayer that it works in; empty for people.
    pub roles: Vec<Role>,
    /// The layer whose colour it wears: the one with most roles, the earlier one on a tie;
    /// `Context` for people.
    pub main: Layer,
    /// Index of the organisation it belongs to.
    pub parent: Option<usize>,
    /// Note; may be empty.
    pub note: Text,
    /// When it was founded, as printed: `2023-04`; may be empty.
    pub founded: String,
    /// Where it is printed, for people; organisations are cited by role.
    pub cites: Vec<Cite>,
}

/// What an organisation does in a sublayer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Role {
    /// Index into `sublayers`.
    pub sublayer: usize,
    /// In words.
    pub activity: Text,
    /// Names of products.
    pub products: Vec<String>,
    /// Where it is printed.
    pub cites: Vec<Cite>,
}

/// A relation, directed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Link {
    /// Id.
    pub id: String,
    /// Index into `entities`.
    pub from: usize,
    /// Index into `entities`.
    pub to: usize,
    /// What kind.
    pub relation: Relation,
    /// How much; of a bundle the sum of what is known.
    pub amount: Option<f64>,
    /// What the amount counts: an ISO 4217 currency, a text such as `TWh`; empty where nobody says
    /// it.
    pub unit: String,
    /// Of a bundle: how many relations it is; 0 for a single one.
    pub number: u32,
    /// When.
    pub when: Option<When>,
    /// In words.
    pub label: Text,
    /// Note; may be empty.
    pub note: Text,
    /// Key of the editors' list of conflicts between the documents, such as `C04`; may be empty.
    pub conflict: String,
    /// How far to trust it.
    pub status: Status,
    /// Where it is printed.
    pub cites: Vec<Cite>,
}
