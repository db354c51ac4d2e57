//! A large chain in columns: the groups that are shown of it, which open. Not here: what is in a
//! group (`aggregate`), and how it is drawn (`picture`).

use core::cell::{Ref, RefCell};

use super::chain::Chain;
use super::labels::{chain_of, counts};
use super::{aggregate, picture};
use crate::data::Lang;
use crate::data::value_chain::ValueChain;
use crate::data::value_chain::columnar::ColumnarChain;
use crate::text::{append, count, fill, say};
use crate::widget::{Control, Figure, View};

/// A chain in columns, and what was last shown of it.
#[derive(Debug, Default)]
pub(super) struct Columns {
    big: ColumnarChain,
    /// The open groups, scale and language of the last picture, and what it showed.
    shown: RefCell<Option<(String, Chain)>>,
}

impl Columns {
    pub(super) fn new(big: ColumnarChain) -> Self {
        Self {
            big,
            ..Self::default()
        }
    }

    /// How many organisations and relations.
    pub(super) fn rows(&self) -> (usize, usize) {
        self.big.rows()
    }

    /// What was last shown; its rows are the data that a picture speaks of.
    pub(super) fn shown(&self) -> Option<Ref<'_, ValueChain>> {
        Ref::filter_map(self.shown.borrow(), |shown| {
            shown.as_ref().map(|(_, chain)| &chain.data)
        })
        .ok()
    }

    /// Organisations by what a reader types, among what is shown.
    pub(super) fn find(&self, words: &str) -> Vec<(u32, String)> {
        self.shown().map_or(Vec::new(), |shown| {
            aggregate::find(&self.big, &shown, words)
        })
    }

    /// The key of a closed group that is shown, and that of its sublayer.
    pub(super) fn group(&self, datum: u32) -> Option<(String, String)> {
        let data = self.shown()?;
        let entity = data
            .entities
            .get(datum as usize)
            .filter(|e| e.kind == "group")?;
        let sublayer = data.sublayers.get(entity.roles.first()?.sublayer)?;
        Some((entity.id.clone(), sublayer.id.clone()))
    }

    /// Whether what is shown as a datum stands in a sublayer.
    pub(super) fn stands_in(&self, datum: u32, sublayer: &str) -> bool {
        self.shown().is_some_and(|data| {
            data.entities
                .get(datum as usize)
                .and_then(|e| e.roles.first())
                .and_then(|r| data.sublayers.get(r.sublayer))
                .is_some_and(|s| s.id == sublayer)
        })
    }

    /// The figure of the groups, open or closed; a larger scale shows more of what is in them.
    pub(super) fn figure(&self, view: &View, scale: f32) -> Figure {
        let (opened, lang) = (&view.state.value_chain.open, view.lang);
        let open = opened.join(" ");
        let key = format!("{open}@{}{}", scale as u32, lang.code());
        let mut shown = self.shown.borrow_mut();
        let (_, chain) = match shown.take() {
            Some(known) if known.0 == key => shown.insert(known),
            _ => {
                let data = aggregate::visible(&self.big, &open, scale as usize, lang);
                shown.insert((key, Chain::of_groups(data)))
            }
        };
        let mut figure = picture::whole(chain, view);
        self.captions(&mut figure, &chain.data, lang);
        figure.moved = !opened.is_empty();
        if figure.moved {
            figure.controls.insert(0, self.crumbs(opened, lang));
        }
        figure
    }

    /// What is said of groups instead of rows.
    fn captions(&self, figure: &mut Figure, shown: &ValueChain, lang: Lang) {
        let (nodes, links) = self.rows();
        figure.subline = counts(nodes, links, lang);
        figure.status = fill(
            lang,
            "{0}개로 묶어 보이고, 그 사이 관계 {1}묶음|\
             shown as {0} item{0|s}, with {1} bundle{1|s} of relations",
            &[
                &count(shown.entities.len(), lang),
                &count(shown.links.len(), lang),
            ],
        );
        figure.choose = say(lang, "묶음을 누르면 열린다.|Choose a group to open it.").to_string();
        figure.howto = say(
            lang,
            "이름 뒤의 수는 조직 수다. 관계의 굵기는 그려진 금액에서 차지하는 몫이다.|\
             The number after a name counts organisations. \
             A relation is as wide as its part of the amounts drawn.",
        )
        .to_string();
        figure.title = chain_of(nodes, lang);
        figure.lists.clear();
        figure.notes.clear();
    }

    /// The open groups, to close them again.
    fn crumbs(&self, opened: &[String], lang: Lang) -> Control {
        let mut crumbs = Control {
            key: "open",
            label: say(lang, "열린 묶음|Open groups").to_string(),
            kind: "crumbs",
            value: opened.join(" "),
            options: vec![(String::new(), say(lang, "전체|All").to_string())],
        };
        let mut so_far = String::new();
        for word in opened {
            append(&mut so_far, " ", word);
            let title = aggregate::title(&self.big, word, lang);
            crumbs.options.push((so_far.clone(), title));
        }
        crumbs
    }
}
