//! What a reader does in the timeline: filters, zoom, drags, the overview, hostile acts.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

#[path = "common/timeline.rs"]
mod common;

use ai_atlas::abi::NO_DATUM;
use ai_atlas::data::Lang;
use ai_atlas::data::calendar::{days_from_civil, moment, stamp};
use ai_atlas::data::funding::{Event, Funding, Kind, Money};
use ai_atlas::text;
use ai_atlas::widget::funding_timeline::FundingTimelineWidget;
use ai_atlas::widget::{Act, Change, View, Widget};
use common::{Random, SEED, after, bound, loaded, rounds, shipped, view, with};

/// Count and sum as the status says them, from the file itself.
fn counted(data: &Funding, days: (f64, f64), keep: impl Fn(&Event) -> bool) -> (usize, f64) {
    let (mut count, mut sum, mut kinds) = (0, 0.0, Vec::new());
    for event in &data.events {
        let when = event.when.unwrap();
        let middle = (f64::from(when.from) + f64::from(when.to) + 1.0) / 2.0;
        if middle >= days.0 && middle < days.1 && keep(event) {
            count += 1;
            let s = event.status;
            if let (Some(money), false) = (
                &event.amount,
                s.cumulative || s.part_of || s.planned || s.in_talks,
            ) {
                sum += f64::from(money.value as f32);
                kinds.push(event.kind);
            }
        }
    }
    // What is not of one kind has no sum.
    kinds.dedup();
    (count, if kinds.len() == 1 { sum } else { 0.0 })
}

/// Whether an event is counted where so much is filtered and hidden.
fn shown(
    event: &Event,
    data: &Funding,
    lanes: &str,
    filters: &[(&str, &str)],
    hidden: &str,
) -> bool {
    let wanted = |key: &str| {
        let filter = filters.iter().find(|f| f.0 == key && f.0 != lanes);
        filter.map(|f| f.1)
    };
    let party = &data.parties[event.target.unwrap()];
    let country = party.country.as_deref().unwrap_or("-");
    let kind = if event.kind == Kind::Round {
        "round"
    } else {
        "else"
    };
    let status = &event.status;
    let counts = !(status.cumulative || status.part_of || status.planned || status.in_talks);
    let large = |amount: &Money| amount.value as f32 >= 1e9;
    let is_hidden = match lanes {
        "type" => hidden == "round" && kind == "round",
        "org" => hidden == "org:t0" && party.id == "t0",
        "country" => hidden == "country:KR" && party.id == "t1",
        _ => hidden == "layer:data" && party.id == "t2",
    };
    wanted("org").is_none_or(|id| id == party.id)
        && wanted("country").is_none_or(|code| code == country)
        && wanted("type").is_none_or(|word| word == kind)
        && wanted("least").is_none_or(|_| counts && event.amount.as_ref().is_some_and(large))
        && !is_hidden
}

#[test]
fn the_status_counts_and_sums_what_is_in_view_under_every_filter() {
    let file = rounds();
    let (widget, data) = (loaded(&file), Funding::parse(file.as_bytes()).unwrap().0);
    let mut said = std::collections::HashSet::new();
    for (from, to) in [
        (f64::NAN, f64::NAN),
        (18_500.0, 18_900.5),
        (19_000.0, 19_001.0),
    ] {
        for lanes in ["type", "org", "country", "layer"] {
            for (filters, hidden) in [
                (vec![], ""),
                (vec![("org", "t1")], ""),
                (vec![("country", "US")], "round"),
                (vec![("country", "-")], ""),
                (vec![("type", "round")], "org:t0"),
                (vec![("least", "1e9")], "country:KR"),
                (vec![], "layer:data"),
            ] {
                let mut state = vec![("lanes", lanes)];
                state.extend(filters.iter().copied());
                let view = View {
                    from_day: from,
                    to_day: to,
                    hidden: vec![hidden.to_string()],
                    ..with(view(1000.0, Lang::En), &state)
                };
                let days = if from.is_nan() {
                    (f64::NEG_INFINITY, f64::INFINITY)
                } else {
                    (from, to)
                };
                let (count, sum) = counted(&data, days, |event| {
                    shown(event, &data, lanes, &filters, hidden)
                });
                let status = widget.picture(&view).status;
                let want = format!("{} events in view", text::count(count, Lang::En));
                assert!(
                    status.starts_with(&want),
                    "{lanes} {filters:?} {hidden}: {status}, not {want}"
                );
                let want = if sum > 0.0 {
                    text::usd(sum, Lang::En)
                } else {
                    want
                };
                assert!(
                    status.ends_with(&want),
                    "{lanes} {filters:?} {hidden}: {status}, not {want}"
                );
                said.insert(status);
            }
        }
    }
    assert!(said.len() > 15, "the filters change nothing: {said:?}");
}

/// The day at a place, by the years that the labels of the axis say.
fn day_at(widget: &dyn Widget, view: &View, x: f32) -> f64 {
    let labels: Vec<(f64, f64)> = widget
        .picture(view)
        .scene
        .labels
        .iter()
        .filter_map(|l| {
            let year: i32 = l
                .text
                .parse()
                .ok()
                .filter(|year| (1990..2100).contains(year))?;
            Some((
                f64::from(l.rect_css[0] + l.rect_css[2]) / 2.0,
                f64::from(days_from_civil(year, 1, 1)),
            ))
        })
        .collect();
    let (a, b) = (labels[1], labels[labels.len() - 2]);
    a.1 + (f64::from(x) - a.0) / (b.0 - a.0) * (b.1 - a.1)
}

#[test]
fn zoom_keeps_the_point_and_drag_the_time_under_the_finger() {
    let widget = shipped();
    let start = view(1200.0, Lang::Ko);
    let picture = widget.picture(&start);
    assert!(picture.zooms && !picture.moved);
    let day_at = |view: &View, x: f32| day_at(&widget, view, x);
    let zoomed = after(
        &widget,
        &start,
        &Act::Zoom {
            at_css: [700.0, 200.0],
            factor: 2.0,
        },
    );
    assert!(
        (day_at(&zoomed, 700.0) - day_at(&start, 700.0)).abs() < 3.0,
        "{} is not {}",
        day_at(&zoomed, 700.0),
        day_at(&start, 700.0)
    );
    assert!(widget.picture(&zoomed).moved);
    let dragged = after(
        &widget,
        &zoomed,
        &Act::Drag {
            from_css: [700.0, 200.0],
            to_css: [640.0, 300.0],
        },
    );
    assert!((day_at(&dragged, 640.0) - day_at(&zoomed, 700.0)).abs() < 3.0);
    assert_eq!(
        (dragged.to_day - dragged.from_day).round(),
        (zoomed.to_day - zoomed.from_day).round()
    );
    // As far out as one likes is all of it, and then nothing is set any more.
    let out = after(
        &widget,
        &dragged,
        &Act::Zoom {
            at_css: [700.0, 200.0],
            factor: 0.01,
        },
    );
    assert!(out.from_day.is_nan() && out.to_day.is_nan());
    for key in ["0", "Escape"] {
        assert!(
            after(
                &widget,
                &zoomed,
                &Act::Key {
                    key,
                    datum: NO_DATUM
                }
            )
            .from_day
            .is_nan()
        );
    }
}

#[test]
fn a_page_key_leads_to_the_next_screen_where_there_is_one() {
    let widget = shipped();
    let start = view(1200.0, Lang::Ko);
    let zoomed = after(
        &widget,
        &start,
        &Act::Zoom {
            at_css: [800.0, 200.0],
            factor: 8.0,
        },
    );
    let next = after(
        &widget,
        &zoomed,
        &Act::Key {
            key: "PageUp",
            datum: NO_DATUM,
        },
    );
    assert!((next.to_day - zoomed.from_day).abs() < 1e-6);
    assert!(
        widget
            .act(
                &start,
                &Act::Key {
                    key: "PageDown",
                    datum: NO_DATUM
                }
            )
            .is_empty(),
        "all is in view: there is no next screen"
    );
    assert!(
        widget
            .act(
                &zoomed,
                &Act::Key {
                    key: "x",
                    datum: NO_DATUM
                }
            )
            .is_empty()
    );
}

#[test]
fn a_drag_on_the_overview_brushes_and_its_window_can_be_moved_and_pulled() {
    let widget = shipped();
    let start = view(1200.0, Lang::En);
    let height = widget.picture(&start).scene.size_css[1];
    let y = height - 15.0;
    let brushed = after(
        &widget,
        &start,
        &Act::Drag {
            from_css: [900.0, y],
            to_css: [700.0, 20.0],
        },
    );
    let length = brushed.to_day - brushed.from_day;
    assert!(length > 300.0 && length < 2_000.0, "{length}");
    assert_eq!(
        widget.picture(&brushed).scene.size_css[1],
        height,
        "nothing jumps when the reader zooms"
    );
    let moved = after(
        &widget,
        &brushed,
        &Act::Drag {
            from_css: [800.0, y],
            to_css: [830.0, y],
        },
    );
    assert!(
        (moved.to_day - moved.from_day - length).abs() < 1e-3 && moved.from_day > brushed.from_day
    );
    let pulled = after(
        &widget,
        &brushed,
        &Act::Drag {
            from_css: [900.0, y],
            to_css: [1_000.0, y],
        },
    );
    assert!((pulled.from_day - brushed.from_day).abs() < 1e-3 && pulled.to_day > brushed.to_day);
    // On a phone too, where time runs down above it.
    let start = view(360.0, Lang::En);
    let y = widget.picture(&start).scene.size_css[1] - 15.0;
    let brushed = after(
        &widget,
        &start,
        &Act::Drag {
            from_css: [200.0, y],
            to_css: [300.0, y],
        },
    );
    assert!(brushed.to_day - brushed.from_day < 2_500.0);
}

#[test]
fn hostile_acts_change_nothing_that_is_no_number() {
    let widgets = [
        shipped(),
        loaded(&rounds()),
        FundingTimelineWidget::default(),
    ];
    let random = &mut Random(SEED);
    let wild = |random: &mut Random| {
        [
            f32::NAN,
            f32::INFINITY,
            -1e30,
            0.0,
            600.0,
            f32::from_bits(random.bits() as u32),
        ][random.below(6)]
    };
    for widget in &widgets {
        for _ in 0..600 {
            let mut view = view([360.0, 900.0, 0.0][random.below(3)], Lang::Ko);
            (view.from_day, view.to_day) = (bound(random), bound(random));
            if random.below(3) == 0 {
                // Nothing is left.
                view.hidden = widget
                    .picture(&view)
                    .legend
                    .into_iter()
                    .filter(|key| key.count.is_some())
                    .map(|key| key.key)
                    .collect();
            }
            let picture = widget.picture(&view);
            assert!(
                picture.scene.marks.len() < 30_000
                    && picture
                        .scene
                        .marks
                        .iter()
                        .all(|m| m.rect_css.iter().all(|x| x.is_finite()))
            );
            let (a, b) = ([wild(random), wild(random)], [wild(random), wild(random)]);
            for act in [
                Act::Zoom {
                    at_css: a,
                    factor: wild(random),
                },
                Act::Drag {
                    from_css: a,
                    to_css: b,
                },
                Act::Open { datum: 7 },
                Act::Key {
                    key: "PageUp",
                    datum: 3,
                },
            ] {
                for change in widget.act(&view, &act) {
                    let (Change::From(day) | Change::To(day)) = change else {
                        panic!("{act:?} gives {change:?}")
                    };
                    assert!(
                        day.is_none_or(|day| moment(&stamp(day), false).is_finite()),
                        "{act:?} gives {day:?}"
                    );
                }
            }
        }
    }
}
