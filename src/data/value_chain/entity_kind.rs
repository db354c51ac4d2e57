//! What an organisation can be: one row for each kind.

/// A kind of organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntityKind {
    /// The word for it in files.
    pub id: &'static str,
    /// Its name, of several, `Korean|English`.
    pub name: &'static str,
}

/// Every kind.
pub static ENTITY_KINDS: [EntityKind; 7] = [
    EntityKind {
        id: "company",
        name: "기업|Companies",
    },
    EntityKind {
        id: "startup",
        name: "스타트업|Start-ups",
    },
    EntityKind {
        id: "government",
        name: "정부|Government",
    },
    EntityKind {
        id: "institute",
        name: "연구 기관|Institutes",
    },
    EntityKind {
        id: "investor",
        name: "투자사|Investors",
    },
    EntityKind {
        id: "consortium",
        name: "협의체|Consortia",
    },
    EntityKind {
        id: "person",
        name: "인물|People",
    },
];
