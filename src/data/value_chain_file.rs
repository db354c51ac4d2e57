//! Reads a value chain: resolves names to indices, groups sublayers by layer, finds every organisation's main layer.

use core::mem::take;

use super::refs::{Ids, Sources, both, named, numbered};
use super::row::{Keys, LABEL, LAYER_WORDS, LAYERS, Log, NAME, NOTE, Row, TITLE, layer_word};
use super::table::Form;
use super::value_chain::{Entity, Framework, LayerInfo, Link, Relation, Role, Sublayer, ValueChain};
use super::{Layer, MAX_PARTIES, MAX_ROWS, Text, Value};
use crate::error::{Error, Issue, IssueKind};

/// The names that layers bear where a file gives none.
static LAYER_NAMES: [(&str, &str); 5] =
    [("데이터", "Data"), ("인프라", "Infrastructure"), ("모델", "Models"), ("서비스", "Services"), ("자본·정책", "Capital and policy")];

/// The relations in order.
static RELATIONS: [Relation; 8] = [
    Relation::InvestsIn,
    Relation::Acquires,
    Relation::Supplies,
    Relation::Partners,
    Relation::Competes,
    Relation::Uses,
    Relation::FoundedByAlumniOf,
    Relation::StandardMember,
];
/// The words for them, in their order: in files, then in tables.
static RELATION_WORDS: [&str; 16] = [
    "invests_in",
    "acquires",
    "supplies",
    "partners",
    "competes",
    "uses",
    "founded_by_alumni_of",
    "standard_member",
    "투자",
    "인수",
    "공급",
    "협력",
    "경쟁",
    "이용",
    "출신 창업",
    "표준 참여",
];

/// The relation that a word of a file or of a table names.
pub(super) fn relation_word(word: &str) -> Option<Relation> {
    let at = super::row::one_of(word, &RELATION_WORDS)?;
    RELATIONS.get(at % RELATIONS.len()).copied()
}

/// What an organisation can be.
static KINDS: [&str; 7] = ["company", "startup", "government", "institute", "investor", "consortium", "person"];

/// Chains of parents longer than this are taken for cycles.
const MAX_PARENTS: usize = 16;

static FORM: Form = Form {
    kind: "ai-atlas/value-chain",
    columns: &[
        &["from", "source_company", "주체", "출발", "보내는_곳", "에서"],
        &["to", "target", "대상", "도착", "받는_곳"],
        &["type", "relation", "유형", "관계", "종류", "구분"],
        &["amount_usd", "amount", "금액(달러)", "금액_usd", "금액(usd)", "usd"],
        &["amount_krw", "금액(원)", "krw"],
        &["from_layer", "주체_계층", "주체_층", "출발_계층"],
        &["to_layer", "대상_계층", "대상_층", "도착_계층"],
        &["date", "날짜", "일자", "시점"],
        &["label", "name", "title", "이름", "제목", "내용", "설명"],
        &["note", "비고", "메모"],
        &["status", "상태"],
        &["source", "출처", "자료"],
        &["id"],
        &["label_ko"],
        &["label_en"],
        &["approx"],
        &["bound"],
        &["cumulative", "누적"],
        &["disputed"],
        &["planned", "계획"],
    ],
    needed: &["from", "to"],
};

const ACTIVITY: Keys = &["activity_ko", "activity_en", "activity"];

impl ValueChain {
    /// Fills empty data from a file of the kind `ai-atlas/value-chain` (`data/schema/value-chain.schema.json`); with `table` a page's own table of
    /// relations, `{"head":["from","to","type","amount_usd"],"rows":[["NVIDIA","OpenAI","supplies",""]]}`, headings in English or
    /// Korean, where the organisations are those that its rows name, in the layers of `from_layer` and `to_layer`, and places of
    /// issues are lines, the header being line 1.
    ///
    /// # Errors
    /// `wrong-kind`, `too-large`, or `empty` where no organisation can be kept; of a table also `bad-table` with the missing column
    /// or the line. Everything smaller is an [`Issue`]: the row or the field is left out.
    pub fn read(&mut self, file: &Value<'_>, table: bool) -> Result<Vec<Issue>, Error> {
        let (names, log) = (FORM.check(file, table)?, Log::new(file, table));
        let top = Row::top(file, &names, &log);
        top.put_words(TITLE, &mut self.title);
        let mut reading = Reading {
            sources: Sources::read(&top),
            chain: self,
            places: Ids::default(),
            names: Ids::default(),
            open: !top.has("entities"),
            listed: top.has("layers"),
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
        super::json::read_bytes(bytes, false, Self::read)
    }

    /// Reads the bytes of a page's own table of relations.
    ///
    /// # Errors
    /// As [`ValueChain::parse`].
    pub fn from_table(bytes: &[u8]) -> Result<(Self, Vec<Issue>), Error> {
        super::json::read_bytes(bytes, true, Self::read)
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
}

impl Reading<'_> {
    fn layers(&mut self, top: &Row<'_>) {
        for row in &top.rows("layers", MAX_PARTIES) {
            let Some(layer) = needed_layer(row, "id") else { continue };
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
                row.put_words(NOTE, &mut info.note);
                info.editorial = row.flag("editorial");
                self.sources.put(row, &mut info.cites);
            }
        }
    }

    /// Index of a layer, which joins the list when it is first met: a file's own order stands, and where it lists none, the order of the chain.
    fn layer(&mut self, layer: Layer) -> usize {
        let layers = &mut self.chain.layers;
        let found = layers.iter().position(|info| info.layer == layer);
        found.unwrap_or_else(|| {
            let later = layers.iter().position(|info| !self.listed && info.layer > layer);
            let index = later.unwrap_or(layers.len());
            let mut info = LayerInfo { layer, ..LayerInfo::default() };
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
            let Some(layer) = needed_layer(row, "layer") else { continue };
            let mut sublayer = Sublayer::default();
            if named(row, LABEL, &mut sublayer.id, &mut sublayer.label) {
                self.layer(layer);
                sublayer.layer = layer as usize;
                self.places.claim(row, &mut sublayer.id, self.chain.sublayers.len());
                row.put_words(NOTE, &mut sublayer.note);
                self.sources.put(row, &mut sublayer.cites);
                self.chain.sublayers.push(sublayer);
            }
        }
    }

    /// The sublayer of a layer for organisations of which the file says no more than the layer.
    fn place(&mut self, layer: Layer) -> usize {
        let id = LAYER_WORDS.get(layer as usize).copied().unwrap_or_default();
        if let Some(index) = self.places.find(id) {
            return index;
        }
        let index = self.chain.sublayers.len();
        self.places.take(id, index);
        let mut sublayer = Sublayer { layer: layer as usize, ..Sublayer::default() };
        sublayer.id.push_str(id);
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
            let mut entity = Entity::default();
            if !named(row, NAME, &mut entity.id, &mut entity.name) {
                continue;
            }
            let index = self.chain.entities.len();
            self.names.claim(row, &mut entity.id, index);
            row.put_names("aliases", &mut entity.aliases);
            let kind = row.word("kind", &KINDS).unwrap_or_default().unwrap_or_default();
            entity.kind.push_str(KINDS.get(kind).unwrap_or(&""));
            row.put_country(&mut entity.country);
            entity.country_assumed = row.flag("country_assumed");
            row.put_words(NOTE, &mut entity.note);
            row.put("founded", &mut entity.founded);
            self.sources.put(row, &mut entity.cites);
            let roles = row.rows("roles", room);
            room -= roles.len();
            for role in &roles {
                self.role(role, &mut entity.roles);
            }
            // In short: the row itself says where the organisation works.
            if row.has("sublayer") {
                self.role(row, &mut entity.roles);
            } else if entity.roles.is_empty()
                && let Some(layer) = row.layer("layer")
            {
                entity.roles.push(Role { sublayer: self.place(layer), ..Role::default() });
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
                Some(above) if self.descends(above, *index) => row.issue("parent", name, IssueKind::SelfLink),
                Some(_) => {
                    if let Some(entity) = self.chain.entities.get_mut(*index) {
                        entity.parent = parent;
                    }
                }
            }
        }
    }

    /// Whether an organisation is, or belongs to, `above`; also if that takes too many steps to tell.
    fn descends(&self, mut from: usize, above: usize) -> bool {
        for _ in 0..MAX_PARENTS {
            if from == above {
                return true;
            }
            match self.chain.entities.get(from).and_then(|entity| entity.parent) {
                Some(parent) => from = parent,
                None => return false,
            }
        }
        true
    }

    fn role(&mut self, row: &Row<'_>, out: &mut Vec<Role>) {
        let id = row.text("sublayer");
        let Some(sublayer) = self.places.find(&id) else {
            return row.issue("sublayer", &id, if id.is_empty() { IssueKind::Missing } else { IssueKind::UnknownReference });
        };
        let mut role = Role { sublayer, ..Role::default() };
        row.put_words(ACTIVITY, &mut role.activity);
        row.put_names("products", &mut role.products);
        self.sources.put(row, &mut role.cites);
        out.push(role);
    }

    fn links(&mut self, top: &Row<'_>) {
        let mut ids = Ids::default();
        for row in &top.rows(if top.cells { "rows" } else { "links" }, MAX_ROWS) {
            let index = self.chain.links.len();
            let mut link = Link::default();
            if self.link(row, &mut link).is_some() {
                numbered(row, &mut ids, index, &mut link.id);
                self.chain.links.push(link);
            }
        }
    }

    /// One relation without its id; `None`, noted, where it cannot be drawn.
    fn link(&mut self, row: &Row<'_>, link: &mut Link) -> Option<()> {
        link.when = row.when().ok()?;
        row.put_number("amount_usd", &mut link.usd)?;
        row.put_number("amount_krw", &mut link.krw)?;
        // Which relation it is is the very fact: an unknown one cannot be drawn as another.
        if let Some(word) = row.word("type", &RELATION_WORDS).ok()? {
            link.relation = *RELATIONS.get(word % RELATIONS.len())?;
        } else if link.usd.is_some() || link.krw.is_some() {
            link.relation = Relation::InvestsIn;
        }
        let names = [row.text("from"), row.text("to")];
        let itself = || row.issue("to", &row.text("to"), IssueKind::SelfLink);
        if !names[0].is_empty() && names[0] == names[1] {
            itself();
            return None;
        }
        let [from, to] = names;
        link.from = self.party(row, "from", "from_layer", from)?;
        link.to = self.party(row, "to", "to_layer", to)?;
        if link.from == link.to {
            itself();
            return None;
        }
        row.put_words(LABEL, &mut link.label);
        row.put_words(NOTE, &mut link.note);
        row.put("conflict", &mut link.conflict);
        link.status = row.status();
        self.sources.put(row, &mut link.cites);
        Some(())
    }

    /// The organisation at one end of a link.
    fn party(&mut self, row: &Row<'_>, key: &'static str, layer_key: &'static str, name: String) -> Option<usize> {
        if name.is_empty() {
            row.missing(key);
            return None;
        }
        let next = self.chain.entities.len();
        let index = match self.names.find(&name) {
            Some(index) => index,
            None if self.open && next < MAX_PARTIES => {
                self.names.take(&name, next);
                let mut entity = Entity::default();
                entity.kind.push_str(KINDS[0]);
                entity.name = both(&name);
                entity.id = name;
                self.chain.entities.push(entity);
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
                entity.roles.push(Role { sublayer, ..Role::default() });
            }
        }
        Some(index)
    }

    /// Gives every organisation its main layer, and groups the sublayers by layer: so far they know theirs by its rank, from here on by its index.
    fn group(&mut self) {
        let chain = &mut *self.chain;
        let mut place_of = vec![0_usize; chain.sublayers.len()];
        let mut sublayers = Vec::with_capacity(place_of.len());
        for entity in &mut chain.entities {
            let (mut counts, mut most) = ([0; LAYERS.len()], 0);
            for role in &entity.roles {
                if let Some(count) = chain.sublayers.get(role.sublayer).and_then(|sublayer| counts.get_mut(sublayer.layer)) {
                    *count += 1;
                }
            }
            for (layer, count) in LAYERS.iter().zip(counts) {
                if count > most {
                    (most, entity.main) = (count, *layer);
                }
            }
        }
        for (index, info) in chain.layers.iter().enumerate() {
            for (sublayer, place) in chain.sublayers.iter_mut().zip(&mut place_of) {
                if sublayer.layer == info.layer as usize {
                    *place = sublayers.len();
                    sublayers.push(Sublayer { layer: index, ..take(sublayer) });
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
            let mut framework = Framework::default();
            for layer in &row.rows("layers", 100) {
                let (mut label, mut covers) = (Text::default(), Vec::new());
                for word in &layer.names("covers") {
                    let known = layer_word(word);
                    match self.chain.layers.iter().position(|info| Some(info.layer) == known) {
                        Some(index) => covers.push(index),
                        None => layer.issue("covers", word, IssueKind::UnknownReference),
                    }
                }
                layer.put_words(LABEL, &mut label);
                framework.layers.push((label, covers));
            }
            row.put("id", &mut framework.id);
            row.put_words(LABEL, &mut framework.label);
            row.put_words(NOTE, &mut framework.note);
            self.sources.put(row, &mut framework.cites);
            self.chain.frameworks.push(framework);
        }
        if self.chain.frameworks.is_empty() {
            // The file's own layers are the one view that there is.
            let mut own = Framework { id: "own".to_string(), ..Framework::default() };
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
