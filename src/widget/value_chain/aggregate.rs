//! What of a large chain is to be seen at a time: groups of organisations that open, as a
//! [`ValueChain`] that is drawn like any other.
//!
//! Groups are sublayers, in them countries, in them the organisations with most relations and the
//! others as one. Groups stand in an order that crosses few relations: that of a dictionary has no
//! meaning. It is found for closed groups, so that nothing changes its place when one opens.

use crate::data::value_chain::columnar::ColumnarChain;
use crate::data::value_chain::{Entity, Framework, LayerInfo, Link, Role, Sublayer, ValueChain};
use crate::data::{Lang, Layer, Text};
use crate::layout::layered::crossing_reduction::layered;
use crate::layout::layered::graph::Graph;
use crate::layout::order;
use crate::layout::sort_by_upper_half;
use crate::text;
use crate::widget::search::NameSearch;

/// Organisations of a group that are shown by name; the rest are one.
const MOST_SHOWN: usize = 40;
/// Relations between what is shown; of more the largest.
const MOST_DRAWN: usize = 200;
/// So many organisations are shown without groups.
const FEW: usize = 150;

fn code(list: &[u32], at: usize) -> u32 {
    list.get(at).copied().unwrap_or(0)
}

/// What is to be seen when the groups in `open` are open: their keys (`sublayer` or
/// `sublayer/country`, as numbers) with spaces between. `hidden` relations are left out by
/// [`Relation`]. Organisations with ids that are keys of groups open.
pub(super) fn visible(big: &ColumnarChain, open: &str, near: usize, lang: Lang) -> ValueChain {
    let (few, most_shown) = (FEW * near.max(1) * near.max(1), MOST_SHOWN * near.max(1));
    let nodes = big.label.len();
    let (subs, lands) = (
        big.sublayers.count().max(1) as u32,
        big.countries.count().max(1) as u32,
    );
    // A layer and a sublayer name a block; the same sublayer in two layers is two blocks.
    let layers = big.layers.count().max(1) as u32;
    let mut chain = ValueChain::default();
    let colours = [
        Layer::Data,
        Layer::Infra,
        Layer::Model,
        Layer::Service,
        Layer::Context,
    ];
    for layer in 0..layers {
        let name = big.layers.get(layer);
        chain.layers.push(LayerInfo {
            layer: colours.get(layer as usize % 5).copied().unwrap_or_default(),
            label: both(name),
            ..LayerInfo::default()
        });
    }
    let block = |node: usize| {
        code(&big.layer, node).min(layers - 1) * subs + code(&big.sublayer, node).min(subs - 1)
    };
    let land = |node: usize| code(&big.country, node).min(lands - 1);
    let mut sizes = vec![0_u32; (layers * subs) as usize];
    let mut land_sizes = vec![0_u32; (layers * subs * lands) as usize];
    for node in 0..nodes {
        let block = block(node);
        bump(&mut sizes, block);
        bump(&mut land_sizes, block * lands + land(node));
    }
    let opened = |key: &str| open.split(' ').any(|word| word == key);
    // For each block 0 closed, 1 open to countries, 2 open to organisations; the same for each
    // country of it.
    let mut first_land: Vec<u32> = vec![u32::MAX; sizes.len()];
    let mut shows: Vec<u8> = vec![0; sizes.len()];
    let mut item_of_land: Vec<u32> = vec![u32::MAX; land_sizes.len()];
    for at in in_order(big, &sizes, subs, &block) {
        let size = code(&sizes, at as usize);
        let lands_here = (0..lands)
            .filter(|l| code(&land_sizes, (at * lands + l) as usize) > 0)
            .count();
        let mut show = 0;
        if nodes <= few {
            show = 2;
        } else if opened(&key(at, None)) {
            show = if lands_here > 1 && size as usize > most_shown {
                1
            } else {
                2
            };
        }
        if let Some(slot) = shows.get_mut(at as usize) {
            *slot = show;
        }
        let sublayer = chain.sublayers.len();
        let (layer, sub) = (at / subs, at % subs);
        let name = if big.sublayers.count() == 0 {
            big.layers.get(layer)
        } else {
            big.sublayers.get(sub)
        };
        chain.sublayers.push(Sublayer {
            id: key(at, None),
            layer: layer as usize,
            label: both(name),
            ..Sublayer::default()
        });
        let main = chain
            .layers
            .get(layer as usize)
            .map_or(Layer::Context, |l| l.layer);
        let mut group = |id: String, name: &str, count: u32| {
            let name = both(&text::fill(
                lang,
                "{0} · {1}",
                &[name, &text::count(count as usize, lang)],
            ));
            let role = Role {
                sublayer,
                ..Role::default()
            };
            chain.entities.push(Entity {
                id,
                name,
                kind: "group".to_string(),
                roles: vec![role],
                main,
                ..Entity::default()
            });
            chain.entities.len() as u32 - 1
        };
        if show == 0 {
            put(&mut first_land, at, group(key(at, None), name, size));
        } else if show == 1 {
            for l in 0..lands {
                let count = code(&land_sizes, (at * lands + l) as usize);
                let id = key(at, Some(l));
                if count > 0
                    && !opened(&id)
                    && let Some(slot) = item_of_land.get_mut((at * lands + l) as usize)
                {
                    *slot = group(id, &country(big, l, lang), count);
                }
            }
        }
    }
    // Organisations of what is open: those with most relations by name, the others as one.
    let mut item = vec![u32::MAX; nodes];
    let mut shown: Vec<(f64, u32, u32)> = Vec::new();
    for (node, slot) in item.iter_mut().enumerate() {
        let (at, l) = (block(node), land(node));
        *slot = match shows.get(at as usize) {
            Some(0) => code(&first_land, at as usize),
            Some(1) if code(&item_of_land, (at * lands + l) as usize) != u32::MAX => {
                code(&item_of_land, (at * lands + l) as usize)
            }
            show => {
                let group = if show == Some(&1) {
                    at * lands + l
                } else {
                    at * lands
                };
                shown.push((
                    f64::from(group) * 1e7 - f64::from(code(&big.degree, node)),
                    node as u32,
                    group,
                ));
                u32::MAX
            }
        };
    }
    let keys: Vec<f64> = shown.iter().map(|one| one.0).collect();
    let (mut group_now, mut in_group, mut rest) = (u32::MAX, 0, usize::MAX);
    for (_, ix) in order(&keys) {
        let Some(&(_, node, group)) = shown.get(ix) else {
            continue;
        };
        let at = block(node as usize);
        let Some(sublayer) = chain.sublayers.iter().position(|s| s.id == key(at, None)) else {
            continue;
        };
        let main = chain
            .sublayers
            .get(sublayer)
            .and_then(|s| chain.layers.get(s.layer))
            .map_or(Layer::Context, |l| l.layer);
        if group != group_now {
            (group_now, in_group, rest) = (group, 0, usize::MAX);
        }
        in_group += 1;
        let role = Role {
            sublayer,
            ..Role::default()
        };
        if in_group > most_shown && nodes > few {
            if rest == usize::MAX {
                rest = chain.entities.len();
                chain.entities.push(Entity {
                    kind: "rest".to_string(),
                    roles: vec![role],
                    main,
                    ..Entity::default()
                });
            }
            let name = both(&text::fill(
                lang,
                "그 밖의 {0}곳|{0} other{0|s}",
                &[&text::count(in_group - most_shown, lang)],
            ));
            if let Some(entity) = chain.entities.get_mut(rest) {
                entity.name = name;
                entity.id = key(at, Some(group % lands)) + "+";
            }
            put(&mut item, node, rest as u32);
            continue;
        }
        let id = format!("n{node}");
        let country = Some(big.countries.get(land(node as usize)))
            .filter(|c| !c.is_empty())
            .map(String::from);
        let name = both(big.labels.get(code(&big.label, node as usize)));
        put(&mut item, node, chain.entities.len() as u32);
        chain.entities.push(Entity {
            id,
            name,
            country,
            roles: vec![role],
            main,
            ..Entity::default()
        });
    }
    for (from, to, kind, number, amount) in bundles(big, &item) {
        chain.links.push(Link {
            from: from as usize,
            to: to as usize,
            relation: big
                .kinds
                .get(usize::from(kind))
                .copied()
                .unwrap_or_default(),
            amount: Some(amount).filter(|a| *a > 0.0),
            number,
            ..Link::default()
        });
    }
    let mut own = Framework {
        id: "own".to_string(),
        ..Framework::default()
    };
    for (index, info) in chain.layers.iter().enumerate() {
        own.layers.push((info.label.clone(), vec![index]));
    }
    chain.frameworks.push(own);
    chain
}

/// The blocks that are not empty, layer after layer, in an order that crosses few of the relations
/// that are drawn between closed blocks.
fn in_order(
    big: &ColumnarChain,
    sizes: &[u32],
    subs: u32,
    block: &dyn Fn(usize) -> u32,
) -> Vec<u32> {
    let (mut blocks, mut layer, mut number) = (Vec::new(), Vec::new(), vec![u32::MAX; sizes.len()]);
    for (at, &size) in sizes.iter().enumerate() {
        if size > 0 {
            put(&mut number, at as u32, blocks.len() as u32);
            blocks.push(at as u32);
            layer.push(at as u32 / subs);
        }
    }
    let mut item = Vec::new();
    for node in 0..big.label.len() {
        item.push(code(&number, block(node) as usize));
    }
    let (mut from, mut to) = (Vec::new(), Vec::new());
    for bundle in bundles(big, &item) {
        from.push(bundle.0);
        to.push(bundle.1);
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

/// Relations between what is shown, one for each pair and kind, the largest: ends, kind, number and
/// the sum of what is known.
fn bundles(big: &ColumnarChain, item: &[u32]) -> Vec<(u32, u32, u8, u32, f64)> {
    let mut list = Vec::new();
    for link in 0..big.from.len() {
        let (from, to) = (
            code(item, code(&big.from, link) as usize),
            code(item, code(&big.to, link) as usize),
        );
        if from != to && from < 65_536 && to < 65_536 {
            list.push(u64::from(from << 16 | to) << 32 | link as u64);
        }
    }
    let mut spare = Vec::new();
    sort_by_upper_half(&mut list, &mut spare, 32);
    // For each pair and kind: how many, how many of them with an amount, and its sum.
    let mut bundles: Vec<(u32, u32, u8, u32, f64)> = Vec::new();
    let mut first = 0;
    for &one in &list {
        let (pair, link) = ((one >> 32) as u32, one as u32 as usize);
        let kind = big.relation.get(link).copied().unwrap_or(0);
        let amount = big
            .amount
            .get(link)
            .copied()
            .filter(|a| !a.is_nan())
            .map_or(0.0, f64::from);
        if bundles.last().is_none_or(|b| b.0 << 16 | b.1 != pair) {
            first = bundles.len();
        }
        match bundles
            .get_mut(first..)
            .unwrap_or_default()
            .iter_mut()
            .find(|b| b.2 == kind)
        {
            Some(bundle) => (bundle.3, bundle.4) = (bundle.3 + 1, bundle.4 + amount),
            None => bundles.push((pair >> 16, pair & 65_535, kind, 1, amount)),
        }
    }
    // The largest by amount, then by number.
    let keys: Vec<f64> = bundles
        .iter()
        .map(|bundle| -bundle.4 - f64::from(bundle.3) * 1e-9)
        .collect();
    let mut largest = Vec::new();
    for (_, ix) in order(&keys).into_iter().take(MOST_DRAWN) {
        largest.extend(bundles.get(ix));
    }
    largest
}

/// The sublayer's block and the country that an organisation stands in.
fn groups_of(big: &ColumnarChain, node: usize) -> (u32, u32) {
    let (subs, lands) = (
        big.sublayers.count().max(1) as u32,
        big.countries.count().max(1) as u32,
    );
    let block = code(&big.layer, node).min(big.layers.count().max(1) as u32 - 1) * subs
        + code(&big.sublayer, node).min(subs - 1);
    (block, code(&big.country, node).min(lands - 1))
}

fn country(big: &ColumnarChain, code: u32, lang: Lang) -> String {
    text::country(big.countries.get(code), lang)
}

fn both(name: &str) -> Text {
    Text {
        ko: name.to_string(),
        en: name.to_string(),
    }
}

fn key(block: u32, land: Option<u32>) -> String {
    land.map_or_else(|| block.to_string(), |land| format!("{block}/{land}"))
}

fn bump(list: &mut [u32], at: u32) {
    if let Some(count) = list.get_mut(at as usize) {
        *count += 1;
    }
}

fn put(list: &mut [u32], at: u32, value: u32) {
    if let Some(slot) = list.get_mut(at as usize) {
        *slot = value;
    }
}

/// What a group's key stands for.
pub(super) fn title(big: &ColumnarChain, key: &str, lang: Lang) -> String {
    let (block, land) = key.split_once('/').unwrap_or((key, ""));
    let subs = big.sublayers.count().max(1) as u32;
    let block = block.parse().unwrap_or(0_u32);
    if let Ok(land) = land.parse() {
        return country(big, land, lang);
    }
    let name = if big.sublayers.count() == 0 {
        big.layers.get(block / subs)
    } else {
        big.sublayers.get(block % subs)
    };
    name.to_string()
}

/// Organisations whose names begin with, or else hold, what a reader types; those that are not
/// shown lead to their group.
pub(super) fn find(
    big: &ColumnarChain,
    shown: Option<&ValueChain>,
    words: &str,
) -> Vec<(u32, String)> {
    let mut finder = NameSearch::new(words);
    let Some(shown) = shown else {
        return Vec::new();
    };
    for node in 0..big.label.len() {
        if finder.full() {
            break;
        }
        let name = big.labels.get(code(&big.label, node));
        if finder.begins(name).is_none() {
            continue;
        }
        let id = format!("n{node}");
        let (block, land) = groups_of(big, node);
        // Itself, or what it is part of: its sublayer, its country, or the others of either, of
        // which only one is shown.
        let keys = [
            id,
            key(block, None),
            key(block, Some(land)),
            key(block, None) + "+",
            key(block, Some(land)) + "+",
        ];
        let datum = shown.entities.iter().rposition(|e| keys.contains(&e.id));
        if let Some(datum) = datum {
            finder.offer(datum as u32, &[name], name);
        }
    }
    finder.found()
}
