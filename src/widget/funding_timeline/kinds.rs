//! What a kind of event is: one row each. Not here: its word, which [`text::event_kind`] has in
//! every language; its lane has the colour of its grouping.

use crate::data::Lang;
use crate::data::funding::{Event, Kind};
use crate::text::{self, say};

/// A kind of event.
pub(super) struct EventKind {
    pub(super) kind: Kind,
    /// Its key in the legend and in filters.
    pub(super) key: &'static str,
    /// It is about money: of one without an amount that is said.
    about_money: bool,
}

const fn row(kind: Kind, key: &'static str, about_money: bool) -> EventKind {
    EventKind {
        kind,
        key,
        about_money,
    }
}

/// All kinds in the order of their lanes, from money to everything else.
pub(super) const KINDS: [EventKind; 10] = [
    row(Kind::Round, "round", true),
    row(Kind::Investment, "investment", true),
    row(Kind::Acquisition, "acquisition", true),
    row(Kind::Valuation, "valuation", false),
    row(Kind::Program, "government_program", true),
    row(Kind::Infrastructure, "infrastructure", false),
    row(Kind::Founding, "founding", false),
    row(Kind::Launch, "product_launch", false),
    row(Kind::Policy, "policy", false),
    row(Kind::Event, "event", false),
];

impl EventKind {
    /// The kind of a code of [`Kind`].
    pub(super) fn of_code(code: usize) -> Option<&'static Self> {
        KINDS.iter().find(|row| row.kind as usize == code)
    }

    /// What it is called.
    pub(super) fn name(&self, lang: Lang) -> &'static str {
        text::event_kind(self.kind, lang)
    }
}

/// Whether an event is about money and no sum of it is given.
pub(super) fn lacks_amount(event: &Event) -> bool {
    let about_money = EventKind::of_code(event.kind as usize).is_some_and(|row| row.about_money);
    event.undisclosed || about_money && event.amount.is_none() && event.valuation.is_none()
}

/// Why an event has no amount, in words; empty where nobody would ask for one.
pub(super) fn no_amount(event: &Event, lang: Lang) -> &'static str {
    if event.undisclosed {
        say(lang, "금액 비공개|amount undisclosed")
    } else if lacks_amount(event) {
        say(lang, NO_AMOUNT)
    } else {
        ""
    }
}

/// What is said where an amount could stand.
pub(super) const NO_AMOUNT: &str = "금액 미기재|no amount given";
/// What the legend says of the form of such events.
pub(super) const WITHOUT_AMOUNT: &str = "금액 미기재|No amount given";
