//! The organisations that have a colour of their own, the same in every table and lane of every
//! file, and the names by which they are known. Not here: what else has a colour (`palette`).
//!
//! The colours are those of the design: on the ground they were chosen for each reaches 3:1, and
//! what meets in a market stays apart for every eye (`tests/palette.rs`).

use super::fit::OPENS;
use crate::abi::rgba;

/// An organisation that has a colour of its own: its place in [`COLOURS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Organisation(u8);

/// How many there are.
pub(super) const ORGANISATIONS: usize = COLOURS.len();

/// On light and on dark ground.
const COLOURS: [[u32; 2]; 15] = [
    // NVIDIA, AMD, Intel.
    [rgba(0x6c, 0x78, 0x00, 255), rgba(0x6d, 0x72, 0x06, 255)],
    [rgba(0xbe, 0x8b, 0x4d, 255), rgba(0xd8, 0xae, 0x89, 255)],
    [rgba(0x4c, 0x81, 0xd6, 255), rgba(0x0b, 0x91, 0xdf, 255)],
    // TSMC, Samsung, SK hynix, Micron.
    [rgba(0xae, 0x2e, 0x6b, 255), rgba(0xba, 0x3a, 0x7f, 255)],
    [rgba(0x2c, 0x52, 0xb8, 255), rgba(0x39, 0x60, 0xe4, 255)],
    [rgba(0xd7, 0x6c, 0x6f, 255), rgba(0xe3, 0x87, 0x79, 255)],
    [rgba(0x67, 0x1e, 0x7b, 255), rgba(0x95, 0x40, 0xa8, 255)],
    // Microsoft, Google, Meta, Oracle, Amazon.
    [rgba(0x12, 0x9d, 0xe7, 255), rgba(0x15, 0xac, 0xe5, 255)],
    [rgba(0x01, 0x7e, 0x85, 255), rgba(0x13, 0x96, 0x8d, 255)],
    [rgba(0x31, 0x2d, 0x97, 255), rgba(0x6b, 0x58, 0xc2, 255)],
    [rgba(0x70, 0x0f, 0x34, 255), rgba(0xbb, 0x27, 0x4a, 255)],
    [rgba(0x77, 0x48, 0x24, 255), rgba(0xaf, 0x8a, 0x33, 255)],
    // OpenAI, Anthropic, xAI.
    [rgba(0x1d, 0x3c, 0x4b, 255), rgba(0x36, 0x6b, 0x88, 255)],
    [rgba(0xb9, 0x59, 0x45, 255), rgba(0xc9, 0x63, 0x4e, 255)],
    [rgba(0x90, 0x94, 0xa0, 255), rgba(0xbb, 0xbc, 0xc2, 255)],
];

/// Ids and names as [`key`] writes them, sorted, with the place of their organisation. Names that
/// mean something else as often, such as MS, are none.
#[rustfmt::skip]
const NAMES: [(&str, u8); 91] = [
    ("advancedmicrodevices", 1), ("alphabet", 8), ("amazon", 11), ("amazoncom", 11),
    ("amazonwebservices", 11), ("amd", 1), ("anthropic", 13), ("aws", 11), ("azure", 7),
    ("facebook", 9), ("google", 8), ("googlecloud", 8), ("hynix", 5), ("intel", 2),
    ("meta", 9), ("metaplatforms", 9), ("micron", 6), ("microntechnology", 6),
    ("microsoft", 7), ("microsoftazure", 7), ("nvidia", 0), ("openai", 12),
    ("oracle", 10), ("oraclecloud", 10), ("samsung", 4), ("samsungelectronics", 4),
    ("skhynix", 5), ("skハイニックス", 5), ("sk海力士", 5), ("sk하이닉스", 5),
    ("taiwansemiconductor", 3), ("taiwansemiconductormanufacturing", 3),
    ("taiwansemiconductormanufacturingcompany", 3), ("tsmc", 3), ("xai", 14),
    ("アマゾン", 11), ("アルファベット", 8), ("アンソロピック", 13), ("インテル", 2), ("エヌビディア", 0),
    ("エーエムディー", 1), ("オラクル", 10), ("オープンai", 12), ("グーグル", 8), ("サムスン", 4), ("サムスン電子", 4),
    ("マイクロソフト", 7), ("マイクロン", 6), ("マイクロンテクノロジー", 6), ("メタ", 9), ("三星", 4), ("三星电子", 4),
    ("亚马逊", 11), ("台湾積体電路製造", 3), ("台积电", 3), ("台積電", 3), ("微软", 7), ("美光", 6),
    ("英伟达", 0), ("英特尔", 2), ("谷歌", 8), ("구글", 8), ("구글클라우드", 8), ("대만반도체제조", 3),
    ("마이크로소프트", 7), ("마이크론", 6), ("마이크론테크놀로지", 6), ("메타", 9), ("메타플랫폼스", 9), ("삼성", 4),
    ("삼성전자", 4), ("아마존", 11), ("아마존웹서비스", 11), ("알파벳", 8), ("애저", 7), ("앤스로픽", 13),
    ("앤쓰로픽", 13), ("앤트로픽", 13), ("에스케이하이닉스", 5), ("에이엠디", 1), ("엑스ai", 14),
    ("엑스에이아이", 14), ("엔비디아", 0), ("엔트로픽", 13), ("오라클", 10), ("오픈ai", 12), ("오픈에이아이", 12),
    ("인텔", 2), ("티에스엠씨", 3), ("페이스북", 9), ("하이닉스", 5),
];

/// Longer names are no organisation's of these.
const MAX_NAME_BYTES: usize = 80;
/// What may stand behind a name without saying anything else.
const FORMS: [&str; 9] = [
    "inc",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "plc",
    "llc",
];

impl Organisation {
    /// The organisation of an id or a name, in whatever case, with or without what stands in
    /// brackets behind it.
    pub fn named(name: &str) -> Option<Self> {
        if name.is_empty() || name.len() > MAX_NAME_BYTES {
            return None;
        }
        let whole = Self::of_key(&key(name));
        let short = || Self::of_key(&key(name.split(OPENS).next().unwrap_or_default()));
        whole.or_else(short)
    }

    fn of_key(key: &str) -> Option<Self> {
        let found = NAMES.binary_search_by(|(name, _)| (*name).cmp(key)).ok()?;
        NAMES.get(found).map(|&(_, place)| Self(place))
    }

    /// The one of a place.
    pub(super) fn at(place: usize) -> Option<Self> {
        (place < ORGANISATIONS).then_some(Self(place as u8))
    }

    /// Its place among those that have a colour.
    pub(super) fn place(self) -> usize {
        self.0.into()
    }

    /// Its colour on a light or a dark ground.
    pub fn color(self, dark: bool) -> u32 {
        COLOURS
            .get(self.place())
            .map_or(0, |colours| colours[usize::from(dark)])
    }
}

/// A name in small letters, its letters and digits only, without its legal form.
fn key(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    while words.len() > 1 && words.last().is_some_and(|last| FORMS.contains(last)) {
        words.pop();
    }
    words.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_sorted_and_every_colour_has_some() {
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for place in 0..ORGANISATIONS {
            let names = NAMES.iter().filter(|(_, of)| usize::from(*of) == place);
            assert!(names.count() >= 3, "{place}");
        }
        for (name, place) in NAMES {
            assert_eq!(key(name), name);
            assert_eq!(Organisation::named(name), Some(Organisation(place)));
        }
    }

    #[test]
    fn an_organisation_is_known_by_its_ids_and_names_in_three_languages() {
        for names in [
            ["nvidia", "NVIDIA Corporation", "엔비디아", "エヌビディア"],
            [
                "samsung-electronics",
                "Samsung Electronics Co., Ltd.",
                "삼성전자",
                "サムスン電子",
            ],
            ["sk-hynix", "SK hynix", "SK하이닉스", "SKハイニックス"],
            ["google", "Google (Alphabet)", "구글", "グーグル"],
            ["amazon", "Amazon.com, Inc.", "아마존(AWS)", "アマゾン"],
        ] {
            let known = names.map(Organisation::named);
            assert!(
                known[0].is_some() && known.iter().all(|k| *k == known[0]),
                "{names:?}"
            );
        }
        for name in [
            "",
            "MS",
            "Metallica",
            "Micron Ltd Holdings",
            "(주)",
            "()",
            "SPD",
            "삼성메디슨",
        ] {
            assert_eq!(Organisation::named(name), None, "{name}");
        }
    }
}
