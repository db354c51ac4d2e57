//! Reads a value chain: resolves names to indices, groups sublayers by layer, finds every organisation's main layer.

use serde_json::{Map, Value};

use super::read::{MAX_PARTIES, MAX_ROWS};
use super::refs::{Ids, Sources, named};
use super::row::{LABEL, Log, NOTE, Row, TITLE};
use super::value_chain::{Entity, Framework, LayerInfo, Link, Relation, Role, Sublayer, ValueChain};
use super::{Layer, Text, read, row, table};
use crate::error::{Code, Error, Issue, IssueKind};

/// The layers in order, with the names they bear where a file gives none.
const LAYERS: [(Layer, &str, &str, &str); 5] = [
    (Layer::Data, "data", "데이터", "Data"),
    (Layer::Infra, "infra", "인프라", "Infrastructure"),
    (Layer::Model, "model", "모델", "Models"),
    (Layer::Service, "service", "서비스", "Services"),
    (Layer::Context, "context", "자본·정책", "Capital and policy"),
];

/// The words for [`Relation`]: in files, and Korean ones for tables.
const RELATIONS: [(Relation, &str, &str); 8] = [
    (Relation::InvestsIn, "invests_in", "투자"),
    (Relation::Acquires, "acquires", "인수"),
    (Relation::Supplies, "supplies", "공급"),
    (Relation::Partners, "partners", "협력"),
    (Relation::Competes, "competes", "경쟁"),
    (Relation::Uses, "uses", "이용"),
    (Relation::FoundedByAlumniOf, "founded_by_alumni_of", "출신 창업"),
    (Relation::StandardMember, "standard_member", "표준 참여"),
];

/// What an organisation can be.
const KINDS: [&str; 7] = ["company", "startup", "government", "institute", "investor", "consortium", "person"];

/// Chains of parents longer than this are taken for cycles.
const MAX_PARENTS: usize = 16;

/// The headings of a page's own table.
const COLUMNS: table::Columns = &[
    ("from", &["source_company", "주체", "출발", "보내는_곳", "에서"]),
    ("to", &["target", "대상", "도착", "받는_곳"]),
    ("type", &["relation", "유형", "관계", "종류", "구분"]),
    ("amount_usd", &["amount", "금액(달러)", "금액_usd", "금액(usd)", "usd"]),
    ("amount_krw", &["금액(원)", "krw"]),
    ("from_layer", &["주체_계층", "주체_층", "출발_계층"]),
    ("to_layer", &["대상_계층", "대상_층", "도착_계층"]),
    ("date", &["날짜", "일자", "시점"]),
    ("label", &["name", "title", "이름", "제목", "내용", "설명"]),
    ("note", &["비고", "메모"]),
    ("status", &["상태"]),
    ("source", &["출처", "자료"]),
    ("id", &[]),
    ("label_ko", &[]),
    ("label_en", &[]),
    ("approx", &[]),
    ("bound", &[]),
    ("cumulative", &["누적"]),
    ("disputed", &[]),
    ("planned", &["계획"]),
];

impl ValueChain {
    /// Reads a file of the kind `ai-atlas/value-chain` (`data/schema/value-chain.schema.json`).
    ///
    /// # Errors
    /// `not-text`, `not-json` (detail `line:column`), `wrong-kind`, `too-large`, or `empty` where no organisation can be kept.
    /// Everything smaller is an [`Issue`]: the row or the field is left out.
    pub fn parse(bytes: &[u8]) -> Result<(Self, Vec<Issue>), Error> {
        Self::build(&read::file(bytes, "ai-atlas/value-chain")?)
    }

    /// Reads a page's own table of relations, `{"head":["from","to","type","amount_usd"],"rows":[["NVIDIA","OpenAI","supplies",""]]}`,
    /// headings in English or Korean; the organisations are those that its rows name, in the layers of `from_layer` and `to_layer`.
    /// Places of issues are lines, the header being line 1.
    ///
    /// # Errors
    /// As [`ValueChain::parse`], and `bad-table` with the missing column or the line.
    pub fn from_table(bytes: &[u8]) -> Result<(Self, Vec<Issue>), Error> {
        Self::build(&table::read(bytes, "links", COLUMNS, &["from", "to"], MAX_ROWS)?)
    }

    fn build(value: &Value) -> Result<(Self, Vec<Issue>), Error> {
        let (mut log, none) = (Log::default(), Map::new());
        let log = &mut log;
        let top = Row::top(value, &none);
        let mut reading = Reading {
            sources: Sources::read(&top, log)?,
            chain: Self { title: top.words(log, TITLE), ..Self::default() },
            places: Ids::default(),
            names: Ids::default(),
            open: top.get("entities").is_none(),
            room: MAX_ROWS,
        };
        reading.layers(&top, log)?;
        reading.sublayers(&top, log)?;
        reading.entities(&top, log)?;
        reading.links(&top, log)?;
        reading.group(top.get("layers").is_some());
        reading.frameworks(&top, log)?;
        let mut chain = reading.chain;
        if chain.entities.is_empty() {
            return Err(Error::new(Code::Empty, "entities"));
        }
        chain.sources = reading.sources.list;
        Ok((chain, core::mem::take(&mut log.issues)))
    }
}

/// A file half reading.
struct Reading {
    chain: ValueChain,
    sources: Sources,
    /// Sublayers by id.
    places: Ids,
    /// Organisations by id and name.
    names: Ids,
    /// The file lists no organisations: those that links name are the organisations.
    open: bool,
    /// How many more roles may come.
    room: usize,
}

impl Reading {
    fn layers(&mut self, top: &Row<'_>, log: &mut Log) -> Result<(), Error> {
        for row in top.rows(log, "layers", MAX_PARTIES)? {
            let Some(layer) = row::layer(&row, log, "id") else {
                if row.get("id").is_none() {
                    row.issue(log, "id", "", IssueKind::Missing);
                }
                continue;
            };
            if self.chain.layers.iter().any(|info| info.layer == layer) {
                // A layer is one of five: a second one of its name cannot stand beside it.
                row.issue(log, "id", &row.text(&mut Log::default(), "id"), IssueKind::Duplicate);
                continue;
            }
            let mut info = LayerInfo {
                layer,
                label: row.words(log, LABEL),
                note: row.words(log, NOTE),
                editorial: row.flag(log, "editorial"),
                cites: self.sources.cites(&row, log),
            };
            if info.label.ko.is_empty() {
                info.label = layer_name(layer);
            }
            self.chain.layers.push(info);
        }
        Ok(())
    }

    /// Index of a layer, which joins the list when it is first met.
    fn layer(&mut self, layer: Layer) -> usize {
        if let Some(index) = self.chain.layers.iter().position(|info| info.layer == layer) {
            return index;
        }
        self.chain.layers.push(LayerInfo { layer, label: layer_name(layer), ..LayerInfo::default() });
        self.chain.layers.len() - 1
    }

    fn sublayers(&mut self, top: &Row<'_>, log: &mut Log) -> Result<(), Error> {
        for row in top.rows(log, "sublayers", MAX_PARTIES)? {
            let Some(layer) = row::layer(&row, log, "layer") else {
                if row.get("layer").is_none() {
                    row.issue(log, "layer", "", IssueKind::Missing);
                }
                continue;
            };
            let mut label = row.words(log, LABEL);
            let mut id = row.text(log, "id");
            if id.is_empty() {
                id.clone_from(&label.en);
            }
            if id.is_empty() {
                row.issue(log, "id", "", IssueKind::Missing);
                continue;
            }
            if label.ko.is_empty() {
                label = Text { ko: id.clone(), en: id.clone() };
            }
            let sublayer = Sublayer {
                id: self.places.claim(log, &row, id, self.chain.sublayers.len()),
                layer: self.layer(layer),
                label,
                note: row.words(log, NOTE),
                cites: self.sources.cites(&row, log),
            };
            self.chain.sublayers.push(sublayer);
        }
        Ok(())
    }

    /// The sublayer of a layer for organisations of which the file says no more than the layer.
    fn place(&mut self, layer: Layer) -> usize {
        let id = LAYERS.iter().find(|known| known.0 == layer).map_or("", |known| known.1);
        if let Some(index) = self.places.find(id) {
            return index;
        }
        let (layer, index) = (self.layer(layer), self.chain.sublayers.len());
        let label = self.chain.layers.get(layer).map(|info| info.label.clone()).unwrap_or_default();
        self.places.alias(id, index);
        self.chain.sublayers.push(Sublayer { id: id.to_string(), layer, label, ..Sublayer::default() });
        index
    }

    fn entities(&mut self, top: &Row<'_>, log: &mut Log) -> Result<(), Error> {
        let rows = top.rows(log, "entities", MAX_PARTIES)?;
        let mut parents = Vec::new();
        for row in &rows {
            let Some((id, name)) = named(row, log) else {
                continue;
            };
            let index = self.chain.entities.len();
            let mut entity = Entity {
                id: self.names.claim(log, row, id, index),
                name,
                aliases: row.names(log, "aliases"),
                kind: row.word(log, "kind", &KINDS).ok().flatten().and_then(|kind| KINDS.get(kind)).unwrap_or(&"company").to_string(),
                country: row.country(log),
                country_assumed: row.flag(log, "country_assumed"),
                note: row.words(log, NOTE),
                founded: row.text(log, "founded"),
                cites: self.sources.cites(row, log),
                ..Entity::default()
            };
            let roles = row.rows(log, "roles", self.room)?;
            self.room = self.room.saturating_sub(roles.len());
            for role in &roles {
                entity.roles.extend(self.role(role, log));
            }
            // In short: the row itself says where the organisation works.
            if row.get("sublayer").is_some() {
                entity.roles.extend(self.role(row, log));
            } else if entity.roles.is_empty()
                && let Some(layer) = row::layer(row, log, "layer")
            {
                let sublayer = self.place(layer);
                entity.roles.push(Role { sublayer, ..Role::default() });
            }
            self.chain.entities.push(entity);
            let parent = row.text(log, "parent");
            if !parent.is_empty() {
                parents.push((row, index, parent));
            }
        }
        for (index, entity) in self.chain.entities.iter().enumerate() {
            for name in [&entity.name.ko, &entity.name.en].into_iter().chain(&entity.aliases) {
                self.names.alias(name, index);
            }
        }
        for (row, index, name) in parents {
            match self.names.find(&name) {
                Some(parent) if !self.descends(parent, index) => {
                    if let Some(entity) = self.chain.entities.get_mut(index) {
                        entity.parent = Some(parent);
                    }
                }
                Some(_) => row.issue(log, "parent", &name, IssueKind::SelfLink),
                None => row.issue(log, "parent", &name, IssueKind::UnknownReference),
            }
        }
        Ok(())
    }

    /// Whether an organisation is, or belongs to, `above`; also if that takes too many steps to tell.
    fn descends(&self, from: usize, above: usize) -> bool {
        let mut at = Some(from);
        for _ in 0..MAX_PARENTS {
            match at {
                None => return false,
                Some(index) if index == above => return true,
                Some(index) => at = self.chain.entities.get(index).and_then(|entity| entity.parent),
            }
        }
        true
    }

    fn role(&mut self, row: &Row<'_>, log: &mut Log) -> Option<Role> {
        let id = row.text(log, "sublayer");
        if id.is_empty() {
            row.issue(log, "sublayer", "", IssueKind::Missing);
            return None;
        }
        let Some(sublayer) = self.places.find(&id) else {
            row.issue(log, "sublayer", &id, IssueKind::UnknownReference);
            return None;
        };
        Some(Role {
            sublayer,
            activity: row.words(log, ["activity_ko", "activity_en", "activity", "activity", "activity"]),
            products: row.names(log, "products"),
            cites: self.sources.cites(row, log),
        })
    }

    fn links(&mut self, top: &Row<'_>, log: &mut Log) -> Result<(), Error> {
        let mut ids = Ids::default();
        for row in top.rows(log, "links", MAX_ROWS)? {
            let index = self.chain.links.len();
            if let Some(mut link) = self.link(&row, log) {
                if link.id.is_empty() {
                    link.id = (index + 1).to_string();
                }
                link.id = ids.claim(log, &row, link.id, index);
                self.chain.links.push(link);
            }
        }
        Ok(())
    }

    /// One relation; `None`, noted, where it cannot be drawn.
    fn link(&mut self, row: &Row<'_>, log: &mut Log) -> Option<Link> {
        let when = row.when(log).ok()?;
        let (usd, krw) = (row.number(log, "amount_usd").ok()?, row.number(log, "amount_krw").ok()?);
        let mut words: Vec<&str> = RELATIONS.iter().map(|known| known.1).collect();
        if row.cells() {
            words.extend(RELATIONS.iter().map(|known| known.2));
        }
        // Which relation it is is the very fact: an unknown one cannot be drawn as another.
        let relation = match row.word(log, "type", &words).ok()? {
            Some(word) => RELATIONS.get(word % RELATIONS.len()).map(|known| known.0)?,
            None if usd.is_some() || krw.is_some() => Relation::InvestsIn,
            None => Relation::Partners,
        };
        let (from, to) = (row.text(log, "from"), row.text(log, "to"));
        if !from.is_empty() && from == to {
            row.issue(log, "to", &to, IssueKind::SelfLink);
            return None;
        }
        let (from, to) = (self.party(row, log, "from", from)?, self.party(row, log, "to", to)?);
        if from == to {
            row.issue(log, "to", &row.text(&mut Log::default(), "to"), IssueKind::SelfLink);
            return None;
        }
        Some(Link {
            id: row.text(log, "id"),
            from,
            to,
            relation,
            usd,
            krw,
            when,
            label: row.words(log, LABEL),
            note: row.words(log, NOTE),
            conflict: row.text(log, "conflict"),
            status: row.status(log),
            cites: self.sources.cites(row, log),
        })
    }

    /// The organisation at one end of a link.
    fn party(&mut self, row: &Row<'_>, log: &mut Log, key: &'static str, name: String) -> Option<usize> {
        if name.is_empty() {
            row.issue(log, key, "", IssueKind::Missing);
            return None;
        }
        let index = match self.names.find(&name) {
            Some(index) => index,
            None if self.open && self.chain.entities.len() < MAX_PARTIES => {
                let index = self.chain.entities.len();
                self.names.alias(&name, index);
                let text = Text { ko: name.clone(), en: name.clone() };
                self.chain.entities.push(Entity { id: name, name: text, kind: "company".to_string(), ..Entity::default() });
                index
            }
            None => {
                row.issue(log, key, &name, IssueKind::UnknownReference);
                return None;
            }
        };
        let layer = if self.open { row::layer(row, log, if key == "from" { "from_layer" } else { "to_layer" }) } else { None };
        if let Some(layer) = layer {
            let sublayer = self.place(layer);
            if let Some(entity) = self.chain.entities.get_mut(index)
                && entity.roles.iter().all(|role| role.sublayer != sublayer)
            {
                entity.roles.push(Role { sublayer, ..Role::default() });
            }
        }
        Some(index)
    }

    /// Puts layers that the file did not list into their order, groups the sublayers by layer, and gives every organisation its main layer.
    fn group(&mut self, listed: bool) {
        let chain = &mut self.chain;
        let mut order: Vec<usize> = (0..chain.layers.len()).collect();
        // A file's own order stands; where it lists no layers, those that its rows name follow the order of the chain.
        if !listed {
            order.sort_by_key(|&index| chain.layers.get(index).map(|info| info.layer));
        }
        let new_layer = inverse(&order);
        chain.layers = order.iter().filter_map(|&index| chain.layers.get(index).cloned()).collect();
        for sublayer in &mut chain.sublayers {
            sublayer.layer = new_layer.get(sublayer.layer).copied().unwrap_or_default();
        }
        let mut order: Vec<usize> = (0..chain.sublayers.len()).collect();
        order.sort_by_key(|&index| chain.sublayers.get(index).map(|sublayer| sublayer.layer));
        let new_place = inverse(&order);
        chain.sublayers = order.iter().filter_map(|&index| chain.sublayers.get(index).cloned()).collect();
        for entity in &mut chain.entities {
            let mut counts = [0u32; 5];
            for role in &mut entity.roles {
                role.sublayer = new_place.get(role.sublayer).copied().unwrap_or_default();
                let layer = chain.sublayers.get(role.sublayer).and_then(|sublayer| chain.layers.get(sublayer.layer));
                if let Some(count) = layer.and_then(|info| counts.get_mut(info.layer as usize)) {
                    *count += 1;
                }
            }
            let mut most = 0;
            for (known, count) in LAYERS.iter().zip(counts) {
                if count > most {
                    (most, entity.main) = (count, known.0);
                }
            }
        }
    }

    fn frameworks(&mut self, top: &Row<'_>, log: &mut Log) -> Result<(), Error> {
        for row in top.rows(log, "frameworks", 100)? {
            let mut layers = Vec::new();
            for layer in row.rows(log, "layers", 100)? {
                let mut covers = Vec::new();
                for word in layer.names(log, "covers") {
                    let known = row::layer_word(&word);
                    match known.and_then(|known| self.chain.layers.iter().position(|info| info.layer == known)) {
                        Some(index) => covers.push(index),
                        None => layer.issue(log, "covers", &word, IssueKind::UnknownReference),
                    }
                }
                layers.push((layer.words(log, LABEL), covers));
            }
            let framework =
                Framework { id: row.text(log, "id"), label: row.words(log, LABEL), note: row.words(log, NOTE), layers, cites: self.sources.cites(&row, log) };
            self.chain.frameworks.push(framework);
        }
        if self.chain.frameworks.is_empty() {
            // The file's own layers are the one view that there is.
            let layers = self.chain.layers.iter().enumerate().map(|(index, info)| (info.label.clone(), vec![index])).collect();
            let label = self.chain.title.clone();
            self.chain.frameworks.push(Framework { id: "own".to_string(), label, layers, ..Framework::default() });
        }
        Ok(())
    }
}

/// The name of a layer where a file gives none.
fn layer_name(layer: Layer) -> Text {
    let (ko, en) = LAYERS.iter().find(|known| known.0 == layer).map_or(("", ""), |known| (known.2, known.3));
    Text { ko: ko.to_string(), en: en.to_string() }
}

/// Where each index of a permutation has gone.
fn inverse(order: &[usize]) -> Vec<usize> {
    let mut out = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        if let Some(place) = out.get_mut(old) {
            *place = new;
        }
    }
    out
}
