//! What a relation is: one row for each kind, with its words and what follows from it. Not here:
//! what it looks like (`widget/relation_style.rs`).

use crate::data::row::one_of;

/// A kind of relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RelationInfo {
    /// The word for it in files and in pages' own tables; the key of the legend.
    pub id: &'static str,
    /// The Korean word for it in pages' own tables.
    pub id_ko: &'static str,
    /// Its name, `Korean|English`.
    pub name: &'static str,
    /// As it is said of the organisation where it begins; `{0}` is the other one.
    pub outgoing: &'static str,
    /// As it is said of the organisation where it ends; `{0}` is the other one.
    pub incoming: &'static str,
    /// It leads from one to the other; without a direction the two stand side by side.
    pub directed: bool,
    /// Money or goods change hands: circular deals are made of these.
    pub is_deal: bool,
    /// Its amount is what passes from one to the other: the line is as wide as it is large.
    pub is_payment: bool,
}

/// The enum, the list of all kinds and their rows, of one table. The order of the rows is the
/// order of the legend.
macro_rules! relations {
    ($($(#[$about:meta])* $name:ident $row:tt)+) => {
        /// What kind of relation.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Relation {
            $($(#[$about])* $name,)+
        }

        impl Relation {
            /// Every kind, in the order of the legend.
            pub const ALL: [Self; [$(stringify!($name)),+].len()] = [$(Self::$name),+];

            /// The row of a kind.
            pub const fn info(self) -> &'static RelationInfo {
                match self {
                    $(Self::$name => &RelationInfo $row,)+
                }
            }
        }
    };
}

relations! {
    /// Puts money into.
    InvestsIn {
        id: "invests_in",
        id_ko: "투자",
        name: "투자|invests in",
        outgoing: "{0}에 투자|invests in {0}",
        incoming: "{0}의 투자를 받음|has {0} as an investor",
        directed: true,
        is_deal: true,
        is_payment: true,
    }
    /// Buys.
    Acquires {
        id: "acquires",
        id_ko: "인수",
        name: "인수|acquires",
        outgoing: "{0을} 인수|acquires {0}",
        incoming: "{0}에 인수됨|is acquired by {0}",
        directed: true,
        is_deal: true,
        is_payment: true,
    }
    /// Supplies.
    Supplies {
        id: "supplies",
        id_ko: "공급",
        name: "공급|supplies",
        outgoing: "{0}에 공급|supplies {0}",
        incoming: "{0}에서 공급받음|is supplied by {0}",
        directed: true,
        is_deal: true,
        is_payment: false,
    }
    /// Uses the products of.
    Uses {
        id: "uses",
        id_ko: "이용",
        name: "사용|uses",
        outgoing: "{0을} 사용|uses {0}",
        incoming: "{0이} 사용|is used by {0}",
        directed: true,
        is_deal: true,
        is_payment: false,
    }
    /// Works with; no direction.
    Partners {
        id: "partners",
        id_ko: "협력",
        name: "협력|partners with",
        outgoing: "{0과} 협력|partners with {0}",
        incoming: "{0과} 협력|partners with {0}",
        directed: false,
        is_deal: false,
        is_payment: false,
    }
    /// Competes with; no direction.
    Competes {
        id: "competes",
        id_ko: "경쟁",
        name: "경쟁|competes with",
        outgoing: "{0과} 경쟁|competes with {0}",
        incoming: "{0과} 경쟁|competes with {0}",
        directed: false,
        is_deal: false,
        is_payment: false,
    }
    /// Was founded by people from.
    FoundedByAlumniOf {
        id: "founded_by_alumni_of",
        id_ko: "출신 창업",
        name: "출신이 창업|founded by alumni of",
        outgoing: "{0} 출신이 창업|founded by alumni of {0}",
        incoming: "여기 출신이 {0을} 창업|its alumni founded {0}",
        directed: true,
        is_deal: false,
        is_payment: false,
    }
    /// Belongs to a standard's group.
    StandardMember {
        id: "standard_member",
        id_ko: "표준 참여",
        name: "표준 참여|standard member",
        outgoing: "{0} 표준에 참여|joins the {0} standard",
        incoming: "{0이} 이 표준에 참여|{0} joins this standard",
        directed: true,
        is_deal: false,
        is_payment: false,
    }
    /// A relation of which nobody says the kind: that there is one, and no more.
    #[default]
    Linked {
        id: "linked",
        id_ko: "연결",
        name: "연결|links to",
        outgoing: "{0}에 연결|links to {0}",
        incoming: "{0}에서 연결됨|is linked from {0}",
        directed: true,
        is_deal: false,
        is_payment: true,
    }
}

/// The words for relations: in files, then in Korean tables, each in the order of
/// [`Relation::ALL`].
pub(super) static WORDS: [&str; 2 * Relation::ALL.len()] = {
    let mut words = [""; 2 * Relation::ALL.len()];
    let mut at = 0;
    while at < Relation::ALL.len() {
        let row = Relation::ALL[at].info();
        words[at] = row.id;
        words[at + Relation::ALL.len()] = row.id_ko;
        at += 1;
    }
    words
};

impl Relation {
    /// The relation of a word in [`WORDS`], by the word's place there.
    pub(super) fn of_word(place: usize) -> Option<Self> {
        Self::ALL.get(place % Self::ALL.len()).copied()
    }

    /// The relation that a word of a file or of a table names.
    pub(super) fn named(word: &str) -> Option<Self> {
        Self::of_word(one_of(word, &WORDS)?)
    }
}
