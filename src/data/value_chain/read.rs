//! Reads a value chain: resolves names to indices, groups sublayers by layer, finds every
//! organisation's main layer. Not here: what words and headings there are (`schema`).

use core::mem::take;

use super::relation::WORDS;
use super::schema::{ACTIVITY, KIND_WORDS, LAYER_NAMES};
use super::{Entity, Framework, LayerInfo, Link, Relation, Role, Sublayer, ValueChain};
use crate::data::references::{Ids, Sources, both, named, numbered};
use crate::data::row::{IssueLog, LABEL, NAME, NOTE, Row, TITLE};
use crate::data::schema::check_kind;
use crate::data::{Layer, MAX_PARTIES, MAX_ROWS, Value};
use crate::error::{Error, Issue, IssueKind};

/// Chains of parents longer than this are taken for cycles.
const MAX_PARENTS: usize = 16;

impl ValueChain {
    /// Fills empty data from a file of the kind `ai-atlas/value-chain`
    /// (`data/schema/value-chain.schema.json`).
    ///
    /// # Errors
    /// `wrong-kind`, `too-large`, or `empty` where no organisation can be kept. Everything
    /// smaller is an [`Issue`]: the row or the field is left out.
    pub fn read(&mut self, file: &Value<'_>) -> Result<Vec<Issue>, Error> {
        check_kind(file, "ai-atlas/value-chain")?;
        let log = IssueLog::default();
        let top = Row::top(file, &log);
        self.title = top.words(TITLE);
        let mut reading = Reading {
            sources: Sources::read(&top),
            chain: self,
            places: Ids::default(),
            names: Ids::default(),
            open: !top.has("entities"),
            listed: top.has("layers"),
            unit: top.text("unit"),
        };
        reading.layers(&top);
        reading.sublayers(&top);
        reading.entities(&top);
        reading.links(&top);
        reading.group();
        reading.frameworks(&top);
        self.sources = reading.sources.list;
        log.end(self.entities.is_empty().then_some("entities"))
    }

    /// Reads the bytes of a JSON file.
    ///
    /// # Errors
    /// As [`ValueChain::read`], and `not-text`, `not-json` (detail `line:column`).
    pub fn parse(bytes: &[u8]) -> Result<(Self, Vec<Issue>), Error> {
        crate::data::json::read_bytes(bytes, Self::read)
    }

    /// Reads the bytes of a page's own table of relations.
    ///
    /// # Errors
    /// As [`ValueChain::parse`].
    #[cfg(feature = "tables")]
    pub fn from_table(bytes: &[u8]) -> Result<(Self, Vec<Issue>), Error> {
        crate::data::json::read_table_bytes(bytes, "value-chain", Self::read)
    }
}

/// A file half read.
struct Reading<'a> {
    chain: &'a mut ValueChain,
    sources: Sources,
    /// Sublayers by id.
    places: Ids,
    /// Organisations by id and name.
    names: Ids,
    /// The file lists no organisations: those that links name are the organisations.
    open: bool,
    /// The file lists its layers.
    listed: bool,
    /// What amounts count where their row does not say it.
    unit: String,
}

impl Reading<'_> {
    fn layers(&mut self, top: &Row<'_>) {
        for row in &top.rows("layers", MAX_PARTIES) {
            let Some(layer) = needed_layer(row, "id") else {
                continue;
            };
            if self.chain.layers.iter().any(|info| info.layer == layer) {
                // A layer is one of five: a second one of its name cannot stand beside it.
                row.issue("id", &row.text("id"), IssueKind::Duplicate);
                continue;
            }
            let index = self.layer(layer);
            if let Some(info) = self.chain.layers.get_mut(index) {
                let label = row.words(LABEL);
                if !label.ko.is_empty() {
                    info.label = label;
                }
                info.note = row.words(NOTE);
                info.editorial = row.flag("editorial");
                info.cites = self.sources.cites(row);
            }
        }
    }

    /// Index of a layer, which joins the list when it is first met: a file's own order stands, and
    /// where it lists none, the order of the chain.
    fn layer(&mut self, layer: Layer) -> usize {
        let layers = &mut self.chain.layers;
        let found = layers.iter().position(|info| info.layer == layer);
        found.unwrap_or_else(|| {
            let later = layers
                .iter()
                .position(|info| !self.listed && info.layer > layer);
            let index = later.unwrap_or(layers.len());
            let mut info = LayerInfo {
                layer,
                ..LayerInfo::default()
            };
            if let Some((ko, en)) = LAYER_NAMES.get(layer as usize) {
                info.label.ko.push_str(ko);
                info.label.en.push_str(en);
            }
            layers.insert(index, info);
            index
        })
    }

    fn sublayers(&mut self, top: &Row<'_>) {
        for row in &top.rows("sublayers", MAX_PARTIES) {
            let Some(layer) = needed_layer(row, "layer") else {
                continue;
            };
            if let Some((id, label)) = named(row, LABEL) {
                self.layer(layer);
                let id = self.places.claim(row, id, self.chain.sublayers.len());
                self.chain.sublayers.push(Sublayer {
                    id,
                    layer: layer as usize,
                    label,
                    note: row.words(NOTE),
                    cites: self.sources.cites(row),
                });
            }
        }
    }

    /// The sublayer of a layer for organisations of which the file says no more than the layer.
    fn place(&mut self, layer: Layer) -> usize {
        let id = layer.id();
        if let Some(index) = self.places.find(id) {
            return index;
        }
        let index = self.chain.sublayers.len();
        self.places.take(id, index);
        let mut sublayer = Sublayer {
            id: id.to_string(),
            layer: layer as usize,
            ..Sublayer::default()
        };
        let at = self.layer(layer);
        if let Some(info) = self.chain.layers.get(at) {
            sublayer.label.clone_from(&info.label);
        }
        self.chain.sublayers.push(sublayer);
        index
    }

    fn entities(&mut self, top: &Row<'_>) {
        let rows = top.rows("entities", MAX_PARTIES);
        let (mut parents, mut room) = (Vec::new(), MAX_ROWS);
        for row in &rows {
            let Some((id, name)) = named(row, NAME) else {
                continue;
            };
            let index = self.chain.entities.len();
            let mut entity = Entity {
                id: self.names.claim(row, id, index),
                name,
                aliases: row.names("aliases"),
                kind: row
                    .word("kind", &KIND_WORDS)
                    .unwrap_or_default()
                    .and_then(|kind| KIND_WORDS.get(kind))
                    .copied()
                    .unwrap_or_default()
                    .to_string(),
                country: row.country(),
                country_assumed: row.flag("country_assumed"),
                roles: Vec::new(),
                main: Layer::default(),
                parent: None,
                note: row.words(NOTE),
                founded: row.text("founded"),
                cites: self.sources.cites(row),
            };
            let roles = row.rows("roles", room);
            room -= roles.len();
            for role in &roles {
                entity.roles.extend(self.role(role));
            }
            // In short: the row itself says where the organisation works.
            if row.has("sublayer") {
                entity.roles.extend(self.role(row));
            } else if entity.roles.is_empty()
                && let Some(layer) = row.layer("layer")
            {
                entity.roles.push(Role {
                    sublayer: self.place(layer),
                    ..Role::default()
                });
            }
            self.chain.entities.push(entity);
            let parent = row.text("parent");
            if !parent.is_empty() {
                parents.push((row, index, parent));
            }
        }
        for (index, entity) in self.chain.entities.iter().enumerate() {
            self.names.take(&entity.name.ko, index);
            self.names.take(&entity.name.en, index);
            for name in &entity.aliases {
                self.names.take(name, index);
            }
        }
        for (row, index, name) in &parents {
            let parent = self.names.find(name);
            match parent {
                None => row.issue("parent", name, IssueKind::UnknownReference),
                Some(above) if self.descends(above, *index) => {
                    row.issue("parent", name, IssueKind::SelfLink)
                }
                Some(_) => {
                    if let Some(entity) = self.chain.entities.get_mut(*index) {
                        entity.parent = parent;
                    }
                }
            }
        }
    }

    /// Whether an organisation is, or belongs to, `above`; also if that takes too many steps to
    /// tell.
    fn descends(&self, mut from: usize, above: usize) -> bool {
        for _ in 0..MAX_PARENTS {
            if from == above {
                return true;
            }
            match self
                .chain
                .entities
                .get(from)
                .and_then(|entity| entity.parent)
            {
                Some(parent) => from = parent,
                None => return false,
            }
        }
        true
    }

    /// What an organisation does in the sublayer that a row names; `None`, noted, where there is
    /// none such.
    fn role(&mut self, row: &Row<'_>) -> Option<Role> {
        let id = row.text("sublayer");
        let Some(sublayer) = self.places.find(&id) else {
            row.issue(
                "sublayer",
                &id,
                if id.is_empty() {
                    IssueKind::Missing
                } else {
                    IssueKind::UnknownReference
                },
            );
            return None;
        };
        Some(Role {
            sublayer,
            activity: row.words(ACTIVITY),
            products: row.names("products"),
            cites: self.sources.cites(row),
        })
    }

    fn links(&mut self, top: &Row<'_>) {
        let mut ids = Ids::default();
        for row in &top.rows("links", MAX_ROWS) {
            let index = self.chain.links.len();
            if let Some(mut link) = self.link(row) {
                link.id = numbered(row, &mut ids, index);
                self.chain.links.push(link);
            }
        }
    }

    /// One relation without its id; `None`, noted, where it cannot be drawn.
    fn link(&mut self, row: &Row<'_>) -> Option<Link> {
        let when = row.when().ok()?;
        let (amount, unit) = self.amount(row)?;
        // Which relation it is is the very fact: an unknown one cannot be drawn as another.
        let relation = match row.word("type", &WORDS).ok()? {
            Some(word) => Relation::of_word(word)?,
            None => Relation::default(),
        };
        let names = [row.text("from"), row.text("to")];
        let itself = || row.issue("to", &row.text("to"), IssueKind::SelfLink);
        if !names[0].is_empty() && names[0] == names[1] {
            itself();
            return None;
        }
        let [from, to] = names;
        let from = self.party(row, "from", "from_layer", from)?;
        let to = self.party(row, "to", "to_layer", to)?;
        if from == to {
            itself();
            return None;
        }
        Some(Link {
            id: String::new(),
            from,
            to,
            relation,
            amount,
            unit,
            number: 0,
            when,
            label: row.words(LABEL),
            note: row.words(NOTE),
            conflict: row.text("conflict"),
            status: row.status(),
            cites: self.sources.cites(row),
        })
    }

    /// How much, and what that counts: dollars and won under keys of their own, else what the row
    /// or the file says. `None`, noted, where one is no number.
    fn amount(&self, row: &Row<'_>) -> Option<(Option<f64>, String)> {
        let mut found = (None, String::new());
        for (key, unit) in [("amount_usd", "USD"), ("amount", ""), ("amount_krw", "KRW")] {
            let amount = row.number(key).ok()?;
            if found.0.is_some() && amount.is_some() {
                row.issue(key, row.get(key)?.spelling()?, IssueKind::Unused);
            } else if amount.is_some() {
                found = (amount, unit.to_string());
            }
        }
        if found.0.is_some() && found.1.is_empty() {
            found.1 = row.currency()?;
            for text in [row.text("unit"), self.unit.clone()] {
                if found.1.is_empty() {
                    found.1 = text;
                }
            }
        }
        Some(found)
    }

    /// The organisation at one end of a link.
    fn party(
        &mut self,
        row: &Row<'_>,
        key: &'static str,
        layer_key: &'static str,
        name: String,
    ) -> Option<usize> {
        if name.is_empty() {
            row.missing(key);
            return None;
        }
        let next = self.chain.entities.len();
        let index = match self.names.find(&name) {
            Some(index) => index,
            None if self.open && next < MAX_PARTIES => {
                self.names.take(&name, next);
                self.chain.entities.push(Entity {
                    name: both(&name),
                    id: name,
                    ..Entity::default()
                });
                next
            }
            None => {
                row.issue(key, &name, IssueKind::UnknownReference);
                return None;
            }
        };
        if self.open
            && let Some(layer) = row.layer(layer_key)
        {
            let sublayer = self.place(layer);
            if let Some(entity) = self.chain.entities.get_mut(index)
                && entity.roles.iter().all(|role| role.sublayer != sublayer)
            {
                entity.roles.push(Role {
                    sublayer,
                    ..Role::default()
                });
            }
        }
        Some(index)
    }

    /// Gives every organisation its main layer, and groups the sublayers by layer: so far they know
    /// theirs by its rank, from here on by its index.
    fn group(&mut self) {
        let chain = &mut *self.chain;
        let mut place_of = vec![0_usize; chain.sublayers.len()];
        let mut sublayers = Vec::with_capacity(place_of.len());
        for entity in &mut chain.entities {
            let (mut counts, mut most) = ([0; Layer::ALL.len()], 0);
            for role in &entity.roles {
                if let Some(count) = chain
                    .sublayers
                    .get(role.sublayer)
                    .and_then(|sublayer| counts.get_mut(sublayer.layer))
                {
                    *count += 1;
                }
            }
            for (layer, count) in Layer::ALL.into_iter().zip(counts) {
                if count > most {
                    (most, entity.main) = (count, layer);
                }
            }
        }
        for (index, info) in chain.layers.iter().enumerate() {
            for (sublayer, place) in chain.sublayers.iter_mut().zip(&mut place_of) {
                if sublayer.layer == info.layer as usize {
                    *place = sublayers.len();
                    sublayers.push(Sublayer {
                        layer: index,
                        ..take(sublayer)
                    });
                    // Taken: no layer's any more.
                    sublayer.layer = usize::MAX;
                }
            }
        }
        chain.sublayers = sublayers;
        for entity in &mut chain.entities {
            for role in &mut entity.roles {
                role.sublayer = place_of.get(role.sublayer).copied().unwrap_or_default();
            }
        }
    }

    fn frameworks(&mut self, top: &Row<'_>) {
        for row in &top.rows("frameworks", 100) {
            let mut layers = Vec::new();
            for layer in &row.rows("layers", 100) {
                let mut covers = Vec::new();
                for word in &layer.names("covers") {
                    let known = Layer::of_word(word);
                    match self
                        .chain
                        .layers
                        .iter()
                        .position(|info| Some(info.layer) == known)
                    {
                        Some(index) => covers.push(index),
                        None => layer.issue("covers", word, IssueKind::UnknownReference),
                    }
                }
                layers.push((layer.words(LABEL), covers));
            }
            self.chain.frameworks.push(Framework {
                id: row.text("id"),
                label: row.words(LABEL),
                note: row.words(NOTE),
                layers,
                cites: self.sources.cites(row),
            });
        }
        if self.chain.frameworks.is_empty() {
            // The file's own layers are the one view that there is.
            let mut own = Framework {
                id: "own".to_string(),
                ..Framework::default()
            };
            for (index, info) in self.chain.layers.iter().enumerate() {
                own.layers.push((info.label.clone(), vec![index]));
            }
            self.chain.frameworks.push(own);
        }
    }
}

/// The layer that a row cannot do without; noted where it is missing or unknown.
fn needed_layer(row: &Row<'_>, key: &'static str) -> Option<Layer> {
    let layer = row.layer(key);
    if layer.is_none() && !row.has(key) {
        row.missing(key);
    }
    layer
}
