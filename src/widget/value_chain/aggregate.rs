//! What of a large chain is to be seen at a time: groups of organisations that open, as a
//! [`ValueChain`] that is drawn like any other. Not here: what is kept of it between pictures
//! (`columns`).
//!
//! Groups are sublayers, in them countries, in them the organisations with most relations and the
//! others as one. Groups stand in an order that crosses few relations: that of a dictionary has no
//! meaning. It is found for closed groups, so that nothing changes its place when one opens.

use super::bundles::bundles;
use super::groups::{Groups, NONE, Numbers, Opened, code, key, put};
use crate::data::value_chain::columnar::ColumnarChain;
use crate::data::value_chain::{Entity, Framework, LayerInfo, Link, Role, Sublayer, ValueChain};
use crate::data::{Lang, Layer, Text, UNNAMED};
use crate::layout::layered::crossing_reduction::layered;
use crate::layout::layered::graph::Graph;
use crate::layout::order;
use crate::text;
use crate::widget::phrases::given;
use crate::widget::search::NameSearch;

/// Organisations of a group that are shown by name; the rest are one.
const MAX_NAMED: usize = 40;
/// So many organisations are shown without groups.
const MAX_UNGROUPED: usize = 150;

/// What is to be seen when the groups in `open` are open: their keys (`sublayer` or
/// `sublayer/country`, as numbers) with spaces between. A larger `scale` shows more of each. Groups
/// have their key as id, organisations `n` and their number.
pub(super) fn visible(big: &ColumnarChain, open: &str, scale: usize, lang: Lang) -> ValueChain {
    let scale = scale.max(1);
    let mut visible = Visible {
        open,
        lang,
        ungrouped: big.label.len() <= MAX_UNGROUPED * scale * scale,
        max_named: MAX_NAMED * scale,
        chain: ValueChain::default(),
        groups: Groups::new(big),
    };
    visible.layers();
    for block in in_order(&visible.groups) {
        visible.block(block);
    }
    let mut entity_of = vec![NONE; big.label.len()];
    let open = visible.place_in_groups(&mut entity_of);
    visible.place_by_name(&open, &mut entity_of);
    visible.links(&entity_of);
    visible.framework();
    visible.chain
}

fn both(name: &str) -> Text {
    Text {
        ko: name.to_string(),
        en: name.to_string(),
    }
}

/// An organisation of a group that is open.
struct Member {
    node: u32,
    /// Its land; where its block is open to organisations, the first land of the block.
    group: u32,
    /// Sorts by group, then the organisations with most relations first.
    rank: f64,
}

/// What is to be seen, in the making.
struct Visible<'a> {
    open: &'a str,
    lang: Lang,
    /// There are so few organisations that all are shown.
    ungrouped: bool,
    max_named: usize,
    chain: ValueChain,
    groups: Groups<'a>,
}

impl Visible<'_> {
    fn is_open(&self, key: &str) -> bool {
        self.open.split(' ').any(|word| word == key)
    }

    fn layers(&mut self) {
        for layer in 0..self.groups.numbers.layers {
            self.chain.layers.push(LayerInfo {
                layer: Layer::ALL
                    .get(layer as usize % Layer::ALL.len())
                    .copied()
                    .unwrap_or_default(),
                label: both(given(self.groups.numbers.big.layers.get(layer), self.lang)),
                ..LayerInfo::default()
            });
        }
    }

    /// A block as a sublayer, and its groups that are closed.
    fn block(&mut self, block: u32) {
        let (lands, name) = (
            self.groups.numbers.lands,
            given(self.groups.numbers.block_name(block), self.lang),
        );
        let opened = self.opened(block);
        if let Some(slot) = self.groups.opened.get_mut(block as usize) {
            *slot = opened;
        }
        let sublayer = self.chain.sublayers.len();
        put(&mut self.groups.sublayers, block, sublayer as u32);
        self.chain.sublayers.push(Sublayer {
            id: key(block, None),
            layer: (block / self.groups.numbers.subs) as usize,
            label: both(name),
            ..Sublayer::default()
        });
        match opened {
            Opened::Closed => {
                let size = code(&self.groups.block_sizes, block as usize);
                let entity = self.group(sublayer, key(block, None), name, size);
                put(&mut self.groups.block_entities, block, entity);
            }
            Opened::ToCountries => {
                for country in 0..lands {
                    let (id, size) = (
                        key(block, Some(country)),
                        self.groups.land_size(block, country),
                    );
                    if size > 0 && !self.is_open(&id) {
                        let name = self.groups.numbers.country_name(country, self.lang);
                        let entity = self.group(sublayer, id, &name, size);
                        let land = self.groups.numbers.land(block, country);
                        put(&mut self.groups.land_entities, land, entity);
                    }
                }
            }
            Opened::ToOrganisations => {}
        }
    }

    /// How far a block is open: one with many organisations of several countries opens to these.
    fn opened(&self, block: u32) -> Opened {
        if self.ungrouped {
            return Opened::ToOrganisations;
        }
        if !self.is_open(&key(block, None)) {
            return Opened::Closed;
        }
        let countries = (0..self.groups.numbers.lands)
            .filter(|&country| self.groups.land_size(block, country) > 0)
            .count();
        let size = code(&self.groups.block_sizes, block as usize) as usize;
        if countries > 1 && size > self.max_named {
            Opened::ToCountries
        } else {
            Opened::ToOrganisations
        }
    }

    /// An entity in a sublayer, in the colour of its layer; its place in the list.
    fn entity(&mut self, sublayer: usize, entity: Entity) -> u32 {
        let main = self
            .chain
            .sublayers
            .get(sublayer)
            .and_then(|s| self.chain.layers.get(s.layer))
            .map_or(Layer::Context, |l| l.layer);
        let role = Role {
            sublayer,
            ..Role::default()
        };
        self.chain.entities.push(Entity {
            roles: vec![role],
            main,
            ..entity
        });
        self.chain.entities.len() as u32 - 1
    }

    /// A closed group.
    fn group(&mut self, sublayer: usize, id: String, name: &str, size: u32) -> u32 {
        let size = text::count(size as usize, self.lang);
        let name = both(&text::fill(self.lang, "{0} · {1}", &[name, &size]));
        let kind = "group".to_string();
        self.entity(
            sublayer,
            Entity {
                id,
                name,
                kind,
                ..Entity::default()
            },
        )
    }

    /// Gives every organisation of a closed group the entity of the group. Returns the others.
    fn place_in_groups(&self, entity_of: &mut [u32]) -> Vec<Member> {
        let groups = &self.groups;
        let mut members = Vec::new();
        for (node, slot) in entity_of.iter_mut().enumerate() {
            let block = groups.numbers.block(node);
            let land = groups.numbers.land(block, groups.numbers.country(node));
            let opened = groups.opened.get(block as usize).copied();
            let (entity, group) = match opened {
                Some(Opened::Closed) => {
                    *slot = code(&groups.block_entities, block as usize);
                    continue;
                }
                Some(Opened::ToCountries) => (code(&groups.land_entities, land as usize), land),
                _ => (NONE, groups.numbers.land(block, 0)),
            };
            *slot = entity;
            if entity == NONE {
                let degree = code(&groups.numbers.big.degree, node);
                members.push(Member {
                    node: node as u32,
                    group,
                    rank: f64::from(group) * 1e7 - f64::from(degree),
                });
            }
        }
        members
    }

    /// The organisations of what is open: of each group those with most relations by name, the
    /// others as one.
    fn place_by_name(&mut self, members: &[Member], entity_of: &mut [u32]) {
        let ranks: Vec<f64> = members.iter().map(|member| member.rank).collect();
        let (mut group, mut in_group, mut rest) = (NONE, 0, NONE);
        for (_, ix) in order(&ranks) {
            let Some(member) = members.get(ix) else {
                continue;
            };
            let block = self.groups.numbers.block(member.node as usize);
            let sublayer = code(&self.groups.sublayers, block as usize);
            if sublayer == NONE {
                continue;
            }
            if member.group != group {
                (group, in_group, rest) = (member.group, 0, NONE);
            }
            in_group += 1;
            let entity = if self.ungrouped || in_group <= self.max_named {
                self.named(sublayer as usize, member.node as usize)
            } else {
                if rest == NONE {
                    rest = self.entity(sublayer as usize, self.rest(block, member.group));
                }
                self.set_rest(rest, in_group - self.max_named);
                rest
            };
            put(entity_of, member.node, entity);
        }
    }

    /// An organisation by its name.
    fn named(&mut self, sublayer: usize, node: usize) -> u32 {
        let numbers = &self.groups.numbers;
        let entity = Entity {
            id: format!("n{node}"),
            name: both(numbers.big.labels.get(code(&numbers.big.label, node))),
            country: Some(numbers.big.countries.get(numbers.country(node)))
                .filter(|country| !country.is_empty() && *country != UNNAMED)
                .map(String::from),
            ..Entity::default()
        };
        self.entity(sublayer, entity)
    }

    /// The others of a group, as yet without a name.
    fn rest(&self, block: u32, group: u32) -> Entity {
        Entity {
            id: key(block, Some(group % self.groups.numbers.lands)) + "+",
            kind: "rest".to_string(),
            ..Entity::default()
        }
    }

    /// How many they are.
    fn set_rest(&mut self, rest: u32, number: usize) {
        let name = both(&text::fill(
            self.lang,
            "그 밖의 {0}곳|{0} other{0|s}",
            &[&text::count(number, self.lang)],
        ));
        if let Some(entity) = self.chain.entities.get_mut(rest as usize) {
            entity.name = name;
        }
    }

    fn links(&mut self, entity_of: &[u32]) {
        let big = self.groups.numbers.big;
        for bundle in bundles(big, entity_of) {
            self.chain.links.push(Link {
                from: bundle.from as usize,
                to: bundle.to as usize,
                relation: bundle.kind,
                amount: Some(bundle.amount).filter(|a| *a > 0.0),
                number: bundle.number,
                ..Link::default()
            });
        }
    }

    /// The chain's own layers are the one framework that there is.
    fn framework(&mut self) {
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

/// The blocks that are not empty, layer after layer, in an order that crosses few of the relations
/// that are drawn between closed blocks.
fn in_order(groups: &Groups<'_>) -> Vec<u32> {
    let Groups {
        numbers,
        block_sizes,
        ..
    } = groups;
    let (mut blocks, mut layer) = (Vec::new(), Vec::new());
    let mut number = vec![NONE; block_sizes.len()];
    for (at, &size) in block_sizes.iter().enumerate() {
        if size > 0 {
            put(&mut number, at as u32, blocks.len() as u32);
            blocks.push(at as u32);
            layer.push(at as u32 / numbers.subs);
        }
    }
    let mut item = Vec::new();
    for node in 0..numbers.big.label.len() {
        item.push(code(&number, numbers.block(node) as usize));
    }
    let (mut from, mut to) = (Vec::new(), Vec::new());
    for bundle in bundles(numbers.big, &item) {
        from.push(bundle.from);
        to.push(bundle.to);
    }
    // The key of a block is its number.
    let graph = Graph::in_layers(&blocks, &layer, &from, &to, &[]);
    let mut out = Vec::new();
    for &place in &layered(&graph, 8).order {
        // Lanes of long relations are places too, but no blocks.
        if let Some(&number) = graph.node_of.get(place as usize) {
            out.push(code(&blocks, number as usize));
        }
    }
    out
}

/// What a group's key stands for.
pub(super) fn title(big: &ColumnarChain, key: &str, lang: Lang) -> String {
    let numbers = Numbers::new(big);
    let (block, country) = key.split_once('/').unwrap_or((key, ""));
    match country.parse() {
        Ok(country) => numbers.country_name(country, lang),
        Err(_) => given(numbers.block_name(block.parse().unwrap_or(0)), lang).to_string(),
    }
}

/// Organisations whose names begin with, or else hold, what a reader types; those that are not
/// shown lead to their group.
pub(super) fn find(big: &ColumnarChain, shown: &ValueChain, words: &str) -> Vec<(u32, String)> {
    let numbers = Numbers::new(big);
    let mut search = NameSearch::new(words);
    for node in 0..big.label.len() {
        if search.full() {
            break;
        }
        let name = big.labels.get(code(&big.label, node));
        if search.begins(name).is_none() {
            continue;
        }
        let (block, country) = (numbers.block(node), numbers.country(node));
        // Itself, or what it is part of: its sublayer, its country, or the others of either, of
        // which only one is shown.
        let keys = [
            format!("n{node}"),
            key(block, None),
            key(block, Some(country)),
            key(block, None) + "+",
            key(block, Some(country)) + "+",
        ];
        let datum = shown.entities.iter().rposition(|e| keys.contains(&e.id));
        if let Some(datum) = datum {
            search.offer(datum as u32, &[name], name);
        }
    }
    search.found()
}
