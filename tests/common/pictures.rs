//! Pictures of the shipped files for tests: every widget, language and width.
#![allow(dead_code, reason = "each test binary needs a part of it")]

use ai_atlas::abi::NO_DATUM;
use ai_atlas::data::Lang;
use ai_atlas::widget::{self, Figure, View};

pub(crate) const KINDS: [&str; 3] = ["value-chain", "market-share", "funding-timeline"];

pub(crate) fn shipped(kind: &str) -> Box<dyn widget::Widget> {
    let bytes = std::fs::read(format!("{}/data/{kind}.json", env!("CARGO_MANIFEST_DIR")))
        .expect("a shipped file");
    let mut widget = widget::make(kind).expect("a known kind");
    let issues = widget.load(&bytes).expect("a valid file");
    assert_eq!(issues, []);
    widget
}

pub(crate) fn view(width_css: f32, lang: Lang) -> View {
    View {
        width_css,
        lang,
        hover: NO_DATUM,
        from_day: f64::NAN,
        to_day: f64::NAN,
        today: f64::NAN,
        ..View::default()
    }
}

/// Runs a check on every shipped picture: three widgets, two languages, five widths, and every
/// table of the treemap alone.
pub(crate) fn every_picture(check: impl Fn(&str, &Figure)) {
    let mut seen = 0;
    for kind in KINDS {
        let widget = shipped(kind);
        for lang in [Lang::Ko, Lang::En] {
            for width in [320.0, 360.0, 680.0, 1000.0, 1200.0] {
                let overview = widget.picture(&view(width, lang));
                check(&format!("{kind} {lang:?} {width}"), &overview);
                seen += 1;
                let views = overview
                    .controls
                    .iter()
                    .filter(|c| ["framework", "table"].contains(&c.key))
                    .flat_map(|c| &c.options);
                for (tab, _) in views {
                    check(
                        &format!("{kind}/{tab} {lang:?} {width}"),
                        &widget.picture(&View {
                            tab: tab.clone(),
                            ..view(width, lang)
                        }),
                    );
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 300, "only {seen} pictures were checked");
}
