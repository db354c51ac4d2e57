//! What is said around the picture: subline, findings, reading help, notes, legend. Not here: what
//! the reader can set (`controls`), and tooltips (`details`).

use super::chain::Chain;
use super::headings::framework;
use super::labels::{amount, amount_in, chain_of, counts, first_unit, layer_key, short_name};
use super::steps::Steps;
use crate::data::value_chain::{Entity, LayerInfo, Link, Relation, ValueChain};
use crate::text::{self, append, count, fill, push, say};
use crate::widget::figure_builder::FigureBuilder;
use crate::widget::phrases::lone_largest;
use crate::widget::relation_style::relation_style;

/// All captions of a chain.
pub(super) fn write(chain: &Chain, builder: &mut FigureBuilder<'_>) {
    let data = &chain.data;
    subline(data, builder);
    most_relations(data, builder);
    largest_relation(data, builder);
    reading_help(chain, builder);
    notes(chain, builder);
    relations_legend(data, builder);
    if chain.steps.is_none() {
        layers_legend(data, builder);
    }
}

/// The framework, and how many organisations and relations there are.
fn subline(data: &ValueChain, builder: &mut FigureBuilder<'_>) {
    let lang = builder.view.lang;
    let framework = framework(data, builder.view).map_or("", |f| f.label.get(lang));
    let subline = &mut builder.picture.subline;
    append(subline, "", framework);
    append(
        subline,
        " · ",
        counts(organisations(data), data.links.len(), lang),
    );
}

fn organisations(data: &ValueChain) -> usize {
    data.entities.iter().filter(|e| e.kind != "person").count()
}

/// The headline: who has most relations; of several that have as many, none.
fn most_relations(data: &ValueChain, builder: &mut FigureBuilder<'_>) {
    let lang = builder.view.lang;
    let mut degrees = vec![0.0; data.entities.len()];
    for link in &data.links {
        for end in [link.from, link.to] {
            if let Some(degree) = degrees.get_mut(end) {
                *degree += 1.0;
            }
        }
    }
    let headline = if let Some(best) = lone_largest(&degrees) {
        let most = degrees.get(best).map_or(0, |&most| most as usize);
        fill(
            lang,
            "관계가 가장 많은 곳은 {0}, {1}건|{0} has the most relations, {1}",
            &[short_name(data, best, lang), &count(most, lang)],
        )
    } else if builder.picture.title.is_empty() {
        chain_of(organisations(data), lang)
    } else {
        return;
    };
    append(&mut builder.picture.title, say(lang, ": |: "), headline);
}

/// The largest of the payments of the kind and unit of which most are stated, without those that
/// are planned or disputed; none of several that are equal.
fn largest_relation(data: &ValueChain, builder: &mut FigureBuilder<'_>) {
    let lang = builder.view.lang;
    let (mut alike, unit) = (Vec::new(), first_unit(data));
    for relation in Relation::ALL {
        let mut of_kind: Vec<&Link> = Vec::new();
        for link in &data.links {
            let open = link.status.is_open() || link.status.disputed;
            if link.relation == relation && link.unit == unit && link.amount.is_some() && !open {
                of_kind.push(link);
            }
        }
        if of_kind.len() > alike.len() {
            alike = of_kind;
        }
    }
    let mut amounts = Vec::new();
    for link in &alike {
        amounts.push(amount_in(link, unit));
    }
    let largest = lone_largest(&amounts);
    let Some(link) = largest.and_then(|at| alike.get(at)) else {
        return;
    };
    if alike.len() > 1 {
        push(
            &mut builder.picture.takeaway,
            lang,
            "‘{2}’ 관계의 금액 가운데 서로 견줄 수 있는 {4}건에서 가장 큰 것은 {0} → {1}, {3}.|\
             The largest of {4} comparable amounts under “{2}”: {0} → {1}, {3}.",
            &[
                short_name(data, link.from, lang),
                short_name(data, link.to, lang),
                text::relation(link.relation, lang),
                &amount(link, lang),
                &count(alike.len(), lang),
            ],
        );
    }
}

fn reading_help(chain: &Chain, builder: &mut FigureBuilder<'_>) {
    let lang = builder.view.lang;
    if chain.data.links.is_empty() {
        builder.picture.takeaway.push_str(say(
            lang,
            "데이터에 관계가 적혀 있지 않아 선이 없다.|\
             The data give no relations, so there are no lines.",
        ));
        return;
    }
    builder.picture.choose.push_str(say(
        lang,
        "이름을 누르거나 키보드로 고르면 그 조직의 관계만 남는다.|\
         Choose a name by pointer or keyboard to keep its relations only.",
    ));
    if let Some(steps) = &chain.steps {
        builder.picture.howto.push_str(say(lang, steps_help(steps)));
        return;
    }
    builder.picture.howto.push_str(say(
        lang,
        "한 조직은 하는 일마다 한 번씩 나오고, 왼쪽 색 막대는 주된 층을 뜻한다.|\
         An organisation appears once for each thing it does; \
         the bar on its left has the colour of its main layer.",
    ));
}

/// What the place of an organisation says where nobody says its layer.
fn steps_help(steps: &Steps) -> &'static str {
    if steps.unordered {
        "층이 적혀 있지 않고 관계가 너무 많아 한 줄로 세웠다. 차례에는 뜻이 없다.|\
         No layers are given and there are too many relations for an order: \
         all stand in one column, and their order means nothing."
    } else if steps.directed {
        "층이 적혀 있지 않아 관계의 방향대로 늘어놓았다. 관계가 시작되는 조직이 왼쪽이나 위에 있고, \
         돌고 도는 관계만 거꾸로 간다.|\
         No layers are given, so the relations set the order: \
         where one begins stands to the left or above; only what closes a circle runs back."
    } else {
        "층이 적혀 있지 않다. 관계에 방향이 없어 왼쪽과 오른쪽에 뜻이 없다.|\
         No layers are given. The relations have no direction, so left and right mean nothing."
    }
}

fn notes(chain: &Chain, builder: &mut FigureBuilder<'_>) {
    let (data, lang) = (&chain.data, builder.view.lang);
    let framework = framework(data, builder.view).map_or("", |f| f.note.get(lang));
    if !framework.is_empty() {
        builder.note(framework);
    }
    if data.links.is_empty() {
        return;
    }
    builder.note(say(
        lang,
        "관계의 굵기는 한 가지 단위로 적힌 금액의 제곱근에 비례하고, 다른 단위의 금액은 굵기로 나타내지 않는다. \
         금액을 모르는 관계는 가늘고 흐린 선이고, \
         금액을 모르는 투자와 인수는 속 빈 마름모에서 시작한다.|\
         A relation is as wide as the square root of its amount in one unit; \
         no width stands for amounts in others. \
         One without a known amount is thin and pale; \
         an investment or acquisition without one begins at a hollow diamond.",
    ));
    if let Some(layer) = data.layers.iter().find(|l| l.editorial) {
        let note = layer.note.get(lang).trim_end_matches('.');
        builder.note(&fill(
            lang,
            "{0}: {1}.|{0}: {1}.",
            &[layer.label.get(lang), note],
        ));
    }
    let merged = chain.merged.iter().filter(|merged| **merged).count();
    if merged > 0 {
        builder.note(&fill(
            lang,
            "같은 두 조직 사이의 같은 관계가 많아, \
             그중 {0}건은 다른 선이 대신하고 표에 적혀 있다.|\
             {0} relation{0|s} share the lines of others of the same kind \
             between the same two organisations; the table has them all.",
            &[&count(merged, lang)],
        ));
    }
}

/// Kinds of relations that there are, each a filter.
fn relations_legend(data: &ValueChain, builder: &mut FigureBuilder<'_>) {
    for relation in Relation::ALL {
        let links = data.links.iter().filter(|l| l.relation == relation).count();
        if links > 0 {
            builder.filter(
                relation.info().id,
                text::relation(relation, builder.view.lang),
                builder.palette.relation(relation),
                relation_style(relation).symbol,
                Some(links),
            );
        }
    }
}

/// Layers that somebody is in, each a filter.
fn layers_legend(data: &ValueChain, builder: &mut FigureBuilder<'_>) {
    for layer in &data.layers {
        let number = data
            .entities
            .iter()
            .filter(|e| works_in(data, e, layer))
            .count();
        if number > 0 {
            builder.layer_key(
                &layer_key(layer.layer),
                layer.label.get(builder.view.lang),
                layer.layer,
                Some(number),
            );
        }
    }
}

/// Whether an organisation has a role in a layer.
fn works_in(data: &ValueChain, entity: &Entity, layer: &LayerInfo) -> bool {
    entity.roles.iter().any(|role| {
        data.sublayers
            .get(role.sublayer)
            .and_then(|s| data.layers.get(s.layer))
            .is_some_and(|l| l.layer == layer.layer)
    })
}
