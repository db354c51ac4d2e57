//! The names of the organisations that have a colour of their own in every file (`widget`), in
//! Korean, English, Japanese and Chinese. Not here: their colours.

/// What opens a remark behind a name.
const OPENS: [char; 2] = ['(', '（'];
/// How many organisations there are.
pub(crate) const NOTED_ORGANISATIONS: u8 = 15;

/// Ids and names as [`key`] writes them, sorted, with the place of their organisation: NVIDIA, AMD, Intel,
/// TSMC, Samsung, SK hynix, Micron, Microsoft, Google, Meta, Oracle, Amazon, OpenAI, Anthropic, xAI. Names that
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

/// The place of the organisation of an id or a name, in whatever case, with or without what stands
/// in brackets behind it.
pub(crate) fn noted_organisation(name: &str) -> Option<u8> {
    if name.is_empty() || name.len() > MAX_NAME_BYTES {
        return None;
    }
    let short = || of_key(&key(name.split(OPENS).next().unwrap_or_default()));
    of_key(&key(name)).or_else(short)
}

fn of_key(key: &str) -> Option<u8> {
    let found = NAMES.binary_search_by(|(name, _)| (*name).cmp(key)).ok()?;
    NAMES.get(found).map(|&(_, place)| place)
}

/// A name in small letters, its letters and digits only, without its legal form.
fn key(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let mut words: Vec<&str> = lower
        .split(|c: char| {
            c.is_ascii() && !c.is_ascii_alphanumeric() || OPENS.contains(&c) || c == '）'
        })
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
        for place in 0..NOTED_ORGANISATIONS {
            let names = NAMES.iter().filter(|(_, of)| *of == place);
            assert!(names.count() >= 3, "{place}");
        }
        for (name, place) in NAMES {
            assert_eq!(key(name), name);
            assert_eq!(noted_organisation(name), Some(place));
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
            let known = names.map(noted_organisation);
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
            assert_eq!(noted_organisation(name), None, "{name}");
        }
    }
}
