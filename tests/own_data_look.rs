//! What anyone's own market shares and timelines look like where no layer is given: colours that
//! mean what the legend says, values and sums that are always there, and a sentence where there is
//! nothing to draw.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use ai_atlas::abi::{Mark, NO_DATUM, rgba, shape};
use ai_atlas::data::{Column, Lang};
use ai_atlas::widget::{Figure, View, Widget, make};

const NVIDIA: u32 = rgba(0x6c, 0x78, 0x00, 255);
const SAMSUNG: u32 = rgba(0x2c, 0x52, 0xb8, 255);
const OTHER: u32 = rgba(0xc9, 0xcc, 0xc9, 255);

fn view(width: f32, lang: Lang) -> View {
    View {
        lang,
        hover: NO_DATUM,
        ..View::wide(width)
    }
}

fn widget(kind: &str, file: &str) -> Box<dyn Widget> {
    let mut widget = make(kind).unwrap();
    widget.load(file.as_bytes()).unwrap();
    widget
}

fn share(fields: &str, width: f32) -> Figure {
    let file = format!(r#"{{"kind":"ai-atlas/market-share",{fields}}}"#);
    widget("market-share", &file).picture(&view(width, Lang::En))
}

fn items(rows: &[(&str, f64)]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|(label, value)| format!(r#"{{"label":"{label}","value":{value}}}"#))
        .collect();
    format!(r#""unit":"units","items":[{}]"#, rows.join(","))
}

fn timeline(events: &str, width: f32, lang: Lang) -> Figure {
    let file = format!(r#"{{"kind":"ai-atlas/funding-timeline","events":[{events}]}}"#);
    widget("funding-timeline", &file).picture(&view(width, lang))
}

/// What is filled in a datum's colour.
fn fills(picture: &Figure, datum: u32) -> Vec<u32> {
    let of_datum = |mark: &&Mark| mark.datum == datum && mark.fill >> 24 == 255;
    let marks = picture.scene.marks.iter().filter(of_datum);
    marks.map(|mark| mark.fill).collect()
}

fn legend(picture: &Figure) -> Vec<(&str, u32)> {
    let keys = picture.legend.iter();
    keys.map(|key| (key.label.as_str(), key.color)).collect()
}

/// The words on a datum.
fn words(picture: &Figure, datum: u32) -> Vec<&str> {
    let labels = picture.scene.labels.iter().filter(|l| l.datum == datum);
    labels.map(|label| label.text.as_str()).collect()
}

#[test]
fn known_organisations_have_their_colour_by_any_of_their_names_and_others_are_grey() {
    for (nvidia, samsung) in [
        ("NVIDIA", "Samsung Electronics"),
        ("엔비디아", "삼성전자"),
        ("エヌビディア", "サムスン電子"),
        ("Nvidia Corp.", "삼성전자(메모리)"),
    ] {
        let picture = share(
            &items(&[(nvidia, 60.0), (samsung, 30.0), ("Sapeon", 20.0)]),
            680.0,
        );
        assert_eq!(fills(&picture, 0), [NVIDIA], "{nvidia}");
        assert_eq!(fills(&picture, 1), [SAMSUNG], "{samsung}");
        assert_eq!(fills(&picture, 2), [OTHER]);
        let keys = legend(&picture);
        assert_eq!(
            keys,
            [(nvidia, NVIDIA), (samsung, SAMSUNG), ("Others", OTHER)]
        );
    }
    // By the id, whatever it is called.
    let picture = share(
        r#""parties":[{"id":"nvidia","name":"The green one"}],"unit":"u",
           "items":[{"party":"nvidia","value":3},{"label":"B","value":2}]"#,
        680.0,
    );
    assert_eq!(fills(&picture, 0), [NVIDIA]);
}

#[test]
fn who_leads_stands_out_where_nobody_is_known_and_the_legend_is_silent() {
    let picture = share(
        &items(&[("CDU", 40.0), ("AfD", 30.0), ("SPD", 20.0)]),
        680.0,
    );
    let [cdu, afd, spd] = [0, 1, 2].map(|datum| fills(&picture, datum)[0]);
    assert!(cdu != afd && afd == spd);
    assert!(picture.legend.is_empty(), "{:?}", picture.legend);
    // Of equals none leads.
    let picture = share(
        &items(&[("CDU", 40.0), ("AfD", 40.0), ("SPD", 20.0)]),
        680.0,
    );
    let alike = [0, 1, 2].map(|datum| fills(&picture, datum)[0]);
    assert!(alike[0] == alike[1] && alike[1] == alike[2] && alike[2] == afd);
}

#[test]
fn groups_have_a_colour_each_up_to_eight_and_the_legend_names_them() {
    let rows: Vec<String> = (0..12)
        .map(|at| {
            format!(
                r#"{{"label":"NVIDIA","group":"g{}","value":{}}}"#,
                at % 10,
                40 - at
            )
        })
        .collect();
    let picture = share(
        &format!(r#""unit":"u","items":[{}]"#, rows.join(",")),
        1200.0,
    );
    let colors: Vec<u32> = (0..12).map(|datum| fills(&picture, datum)[0]).collect();
    let mut eight: Vec<u32> = colors[..8].to_vec();
    eight.sort_unstable();
    eight.dedup();
    assert_eq!(eight.len(), 8);
    assert_eq!(colors[8..], [OTHER, OTHER, colors[0], colors[1]]);
    let keys = legend(&picture);
    assert_eq!(keys.len(), 9);
    assert_eq!((keys[0], keys[8]), (("g0", colors[0]), ("Others", OTHER)));
    // Groups in one group that holds all are told apart as well.
    let nested = share(
        r#""unit":"u","items":[{"label":"root","items":[
            {"label":"a","items":[{"label":"a1","value":3},{"label":"a2","value":2}]},
            {"label":"b","items":[{"label":"b1","value":4}]}]}]"#,
        680.0,
    );
    assert_eq!(fills(&nested, 0)[0], fills(&nested, 1)[0]);
    assert_ne!(fills(&nested, 0)[0], fills(&nested, 2)[0]);
}

#[test]
fn groups_that_are_organisations_wear_their_colours() {
    let picture = share(
        r#""unit":"u","items":[{"label":"H100","group":"NVIDIA","value":5},
            {"label":"HBM3E","group":"삼성전자","value":4},{"label":"x","group":"Sapeon","value":3}]"#,
        680.0,
    );
    let colors = [0, 1, 2].map(|datum| fills(&picture, datum)[0]);
    assert_eq!(colors, [NVIDIA, SAMSUNG, OTHER]);
    assert_eq!(legend(&picture)[0], ("NVIDIA", NVIDIA));
}

#[test]
fn a_table_without_groups_takes_no_colour_from_the_table_before_it() {
    let picture = share(
        r#""tables":[{"id":"a","unit":"u","items":[{"label":"H100","group":"NVIDIA","value":5},{"label":"HBM3E","group":"Samsung","value":4}]},
            {"id":"b","unit":"u","series":"s","period":"2023","items":[{"label":"x","value":5},{"label":"y","value":4}]}],
            "board":["a","b"]"#,
        1200.0,
    );
    let colors = [0, 1, 2, 3].map(|datum| fills(&picture, datum)[0]);
    assert_eq!(colors, [NVIDIA, SAMSUNG, OTHER, OTHER]);
}

#[test]
fn layers_keep_their_colours_and_forced_colours_are_one() {
    let rows = r#""unit":"u","items":[{"label":"NVIDIA","layer":"infra","value":5},{"label":"B","value":4}]"#;
    let picture = share(rows, 680.0);
    assert_eq!(fills(&picture, 0), [rgba(0x47, 0x8e, 0xe6, 255)]);
    let file = format!(
        r#"{{"kind":"ai-atlas/market-share",{}}}"#,
        items(&[("NVIDIA", 5.0), ("Samsung", 4.0), ("C", 1.0)])
    );
    let link = rgba(0, 0, 255, 255);
    let mut forced = view(680.0, Lang::En);
    forced.colors = vec![0, 0, 0, 0, 0, link, link, link, link, link, link];
    let picture = widget("market-share", &file).picture(&forced);
    for datum in 0..3 {
        assert_eq!(fills(&picture, datum), [link]);
    }
    assert!(picture.legend.is_empty());
}

#[test]
fn columns_are_coloured_by_groups_and_by_organisations_as_files_are() {
    let names = |name: &str, names: &[&str], codes: Vec<u32>| Column {
        name: name.into(),
        codes,
        names: names.iter().map(|name| (*name).to_string()).collect(),
        ..Column::default()
    };
    let values = Column {
        name: "value".into(),
        numbers: vec![50.0, 30.0, 20.0],
        ..Column::default()
    };
    let labels = names("label", &["NVIDIA", "삼성전자", "Sapeon"], vec![0, 1, 2]);
    let groups = names("levels.0", &["a", "b"], vec![0, 1, 1]);
    let picture = |columns: Vec<Column>| {
        let mut widget = make("market-share").unwrap();
        widget.columns(columns).unwrap();
        widget.picture(&view(680.0, Lang::En))
    };
    let known = picture(vec![values.clone(), labels.clone()]);
    let colors = [0, 1, 2].map(|datum| fills(&known, datum)[0]);
    assert_eq!(colors, [NVIDIA, SAMSUNG, OTHER]);
    let grouped = picture(vec![values, labels, groups]);
    let [a, b, c] = [0, 1, 2].map(|datum| fills(&grouped, datum)[0]);
    assert!(a != b && b == c && ![a, b].contains(&NVIDIA));
}

const LONG: &str = "한국전자통신연구원인공지능컴퓨팅연구소초거대모델연구실";

#[test]
fn a_name_that_cannot_be_broken_leaves_its_value_in_the_tile() {
    let german = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    for long in [LONG, german] {
        for width in [320.0, 360.0, 680.0, 1200.0] {
            let rows = items(&[(long, 45.0), ("B", 30.0), (&format!("{long}s"), 3.0)]);
            let picture = share(&rows, width);
            for (datum, value) in [(0, "45 units"), (2, "3 units")] {
                let said = words(&picture, datum);
                let tile = picture.scene.marks.iter().find(|mark| mark.datum == datum);
                let [left, top, right, bottom] = tile.unwrap().rect_css;
                if right - left > 62.0 && bottom - top > 34.0 {
                    assert!(said.contains(&value), "{width}: {said:?}");
                }
                for name in said
                    .iter()
                    .filter(|said| **said != value && !said.ends_with('%'))
                {
                    let whole = name.replace('\n', "");
                    let begins = whole.strip_suffix('…').unwrap_or(&whole);
                    assert!(
                        long.starts_with(begins) || whole == format!("{long}s"),
                        "{whole}"
                    );
                }
            }
            // The largest has room for its name.
            assert!(words(&picture, 0).len() >= 2, "{width}");
        }
    }
}

#[test]
fn a_group_whose_name_cannot_be_broken_keeps_name_and_size_in_its_heading() {
    let rows = format!(
        r#""unit":"u","items":[{{"label":"a","group":"{LONG}","value":5}},{{"label":"b","group":"{LONG}","value":4}},
            {{"label":"c","group":"z","value":9}}]"#
    )
    .replace(LONG, &LONG.repeat(2));
    let picture = share(&rows, 360.0);
    let heading = picture
        .scene
        .labels
        .iter()
        .find(|label| label.text.ends_with('…'));
    let datum = heading.unwrap().datum;
    assert!(
        words(&picture, datum).contains(&"9 u"),
        "{:?}",
        words(&picture, datum)
    );
}

#[test]
fn where_all_values_are_nothing_the_picture_says_so_in_place_of_an_empty_box() {
    let picture = share(&items(&[("A", 0.0), ("B", 0.0)]), 680.0);
    let labels: Vec<&str> = picture.scene.labels.iter().map(|l| &*l.text).collect();
    assert_eq!(labels, ["All values are 0: A and B"]);
    assert!(picture.scene.size_css[1] < 120.0);
    // A whole of a hundred of which all that is given is nothing.
    let shares = share(r#""unit":"%","items":[{"label":"A","value":0}]"#, 680.0);
    assert_eq!(shares.takeaway, "Every value that is given is 0.");
    // What is not known is not said to be 0.
    let unread = share(
        r#""unit":"u","items":[{"label":"A","value":0},{"label":"B"}]"#,
        680.0,
    );
    assert!(
        !unread.takeaway.contains("All values"),
        "{}",
        unread.takeaway
    );
    assert!(
        !unread
            .scene
            .labels
            .iter()
            .any(|l| l.text.contains("All values"))
    );
}

const ROUNDS: &str = r#"{"date":"2023-06-13","target":"Mistral","amount_usd":105000000},
    {"date":"2024-01-10","target":"Upstage","amount_krw":100000000000},
    {"date":"2024-06-10","label":"Cohere raises US$270m","amount_usd":270000000},
    {"date":"2025-01-10","target":"Sapeon"}"#;

#[test]
fn labels_of_dots_carry_the_sum_in_bold_behind_the_name() {
    for (lang, sum) in [(Lang::Ko, "1억 500만 달러"), (Lang::En, "US$105m")] {
        for width in [360.0, 680.0, 1200.0] {
            let picture = timeline(ROUNDS, width, lang);
            let plain: Vec<String> = words(&picture, 0)
                .iter()
                .map(|word| word.replace(['\u{a0}', '\u{2060}'], " "))
                .collect();
            let at = plain.iter().position(|word| word == sum);
            let at = at.unwrap_or_else(|| panic!("{width}: {plain:?}"));
            let labels: Vec<_> = picture
                .scene
                .labels
                .iter()
                .filter(|l| l.datum == 0)
                .collect();
            assert!(labels[at].bold);
            assert!(plain.iter().any(|word| word == "Mistral"), "{plain:?}");
        }
    }
}

#[test]
fn a_sum_that_the_name_says_already_is_not_said_twice() {
    let picture = timeline(ROUNDS, 1200.0, Lang::En);
    assert!(words(&picture, 2).contains(&"Cohere raises US$270m"));
    assert!(
        !words(&picture, 2).contains(&"US$270m"),
        "{:?}",
        words(&picture, 2)
    );
    // Another number in a name is no sum.
    let four = r#"{"date":"2024-01-01","label":"GPT-4 fund","amount_usd":4000000000},
        {"date":"2025-01-01","label":"B","amount_usd":1}"#;
    assert!(words(&timeline(four, 1200.0, Lang::En), 0).contains(&"US$4bn"));
}

#[test]
fn a_name_that_leaves_no_room_is_shortened_before_its_sum_is() {
    let events = format!(
        r#"{{"date":"2024-01-01","label":"{LONG}{LONG}","amount_usd":5000000}},
           {{"date":"2024-12-01","label":"{LONG}{LONG}","amount_usd":7000000}}"#
    );
    for width in [360.0, 680.0] {
        let picture = timeline(&events, width, Lang::En);
        for (datum, sum) in [(0, "US$5m"), (1, "US$7m")] {
            let said = words(&picture, datum);
            assert!(said.contains(&sum), "{width}: {said:?}");
            assert!(
                said.iter().any(|word| word.ends_with('…')),
                "{width}: {said:?}"
            );
        }
    }
}

fn dot(picture: &Figure, datum: u32) -> u32 {
    let is_dot = |m: &&Mark| m.datum == datum && m.style & 15 == shape::ELLIPSE;
    let found = picture.scene.marks[picture.scene.under..]
        .iter()
        .find(is_dot);
    found.unwrap().fill
}

#[test]
fn dots_without_layers_are_of_the_organisation_or_of_one_colour() {
    let one = |a: &str, b: &str| {
        let events = format!(
            r#"{{"date":"2023-01-02","target":"{a}","amount_usd":5000000}},{{"date":"2024-01-02","target":"{b}","amount_usd":5000000}}"#
        );
        timeline(&events, 1000.0, Lang::En)
    };
    let unknown = one("Sapeon", "Upstage");
    assert_eq!(dot(&unknown, 0), dot(&unknown, 1));
    let [r, g, b, _] = dot(&unknown, 0).to_le_bytes();
    assert!(b > g && g > r, "a colour, not the grey of what has none");
    assert!(unknown.legend.iter().all(|key| key.form != "swatch"));
    let known = one("엔비디아", "Upstage");
    assert_ne!(dot(&known, 0), dot(&known, 1));
    let swatches: Vec<&str> = known
        .legend
        .iter()
        .filter(|key| key.form == "swatch")
        .map(|key| &*key.label)
        .collect();
    assert_eq!(swatches, ["엔비디아", "Others"]);
    assert_eq!(legend(&known)[1].1, NVIDIA);
}
