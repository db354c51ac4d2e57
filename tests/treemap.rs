//! Treemaps of trees: what must hold for every tree, however deep, uneven or hostile. Cases come
//! from a small generator with a fixed seed, which a failure names.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

use ai_atlas::layout::treemap::{Frame, Header, Hit, Limits, NONE, Tree, TreemapLayout};
use ai_atlas::layout::{Places, resquarify, squarify, squarify_first};

/// xorshift64*: few lines, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, count: usize) -> usize {
        (self.next() >> 33) as usize % count.max(1)
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / 9_007_199_254_740_992.0
    }
}

fn values(random: &mut Random, most: usize) -> Vec<f64> {
    let kind = random.below(6);
    (0..random.below(most) + 1)
        .map(|_| match kind {
            0 => 1.0,
            1 => random.unit(),
            2 => random.unit().powi(4) * 1e6,
            // Zero, tiny and huge together.
            3 => [0.0, 1e-9, 1.0, 1e9][random.below(4)] * (1.0 + random.unit()),
            4 => f64::from(random.below(9) as u32),
            _ => 10_f64.powi(random.below(40) as i32 - 20),
        })
        .collect()
}

fn area(r: &[f64; 4]) -> f64 {
    (r[2] - r[0]) * (r[3] - r[1])
}

/// Contained, proportional, without overlap. `hair` px is what rounding may do.
fn check(values: &[f64], out: &[[f64; 4]], rect: [f64; 4], what: &str) {
    let whole: f64 = values.iter().rev().sum();
    let room = area(&rect);
    for (r, v) in out.iter().zip(values) {
        assert!(
            r[0] <= r[2]
                && r[1] <= r[3]
                && r[0] >= rect[0]
                && r[1] >= rect[1]
                && r[2] <= rect[2]
                && r[3] <= rect[3],
            "{what}: {r:?} in {rect:?}"
        );
        let want = v / whole * room;
        // Coordinates have 53 bits: of what is a billion times smaller than the whole, not all
        // digits can be kept.
        assert!(
            whole <= 0.0 || (area(r) - want).abs() <= 1e-6 * want + 1e-11 * room,
            "{what}: {} for {want}",
            area(r)
        );
    }
    apart(out, 1e-9 * (rect[2] - rect[0]).max(rect[3] - rect[1]), what);
}

fn apart(out: &[[f64; 4]], hair: f64, what: &str) {
    let mut order: Vec<&[f64; 4]> = out.iter().filter(|r| area(r) > 0.0).collect();
    order.sort_by(|a, b| a[0].total_cmp(&b[0]));
    for (at, a) in order.iter().enumerate() {
        for b in order[at + 1..].iter().take_while(|b| b[0] < a[2] - hair) {
            assert!(
                b[1] >= a[3] - hair || a[1] >= b[3] - hair,
                "{what}: {a:?} overlaps {b:?}"
            );
        }
    }
}

const ROOM: [f64; 4] = [3.0, 5.0, 963.0, 545.0];

fn room(random: &mut Random) -> [f64; 4] {
    [
        0.0,
        0.0,
        1.0 + random.unit() * 2000.0,
        1.0 + random.unit() * 1500.0,
    ]
}

#[test]
fn a_hundred_thousand_treemaps_are_proportional_contained_and_without_overlap() {
    let mut random = Random(1);
    for case in 0..100_000 {
        let values = values(&mut random, 24);
        let rect = room(&mut random);
        check(
            &values,
            &squarify(&values, rect),
            rect,
            &format!("case {case}"),
        );
    }
}

#[test]
fn a_hundred_thousand_changes_of_values_keep_the_places() {
    let mut random = Random(3);
    let (mut kept, mut fresh, mut moved) = (0.0, 0.0, 0);
    for case in 0..100_000 {
        let first: Vec<f64> = (0..random.below(16) + 2)
            .map(|_| 1.0 + random.unit() * 30.0)
            .collect();
        let then: Vec<f64> = first
            .iter()
            .map(|v| v * (0.6 + 0.8 * random.unit()))
            .collect();
        let rect = [0.0, 0.0, 600.0, 400.0];
        let mut places = Places::default();
        let a = squarify_first(&first, rect, &mut places);
        assert_eq!(a, squarify(&first, rect));
        let b = resquarify(&then, rect, &mut places);
        check(&then, &b, rect, &format!("case {case}"));
        let c = squarify(&then, rect);
        let distance = |from: &[[f64; 4]], to: &[[f64; 4]]| -> f64 {
            let middle = |r: &[f64; 4]| [(r[0] + r[2]) / 2.0, (r[1] + r[3]) / 2.0];
            from.iter()
                .zip(to)
                .map(|(f, t)| (middle(f)[0] - middle(t)[0]).hypot(middle(f)[1] - middle(t)[1]))
                .sum::<f64>()
                / from.len() as f64
        };
        kept += distance(&a, &b);
        fresh += distance(&a, &c);
        moved += usize::from(distance(&a, &b) > distance(&a, &c) + 1e-9);
    }
    println!(
        "mean displacement of {{600 × 400}} px: {:.2} px kept, {:.2} px afresh; afresh is nearer in {moved} of 100,000",
        kept / 1e5,
        fresh / 1e5
    );
    assert!(kept < fresh / 3.0, "{kept} against {fresh}");
}

#[test]
fn a_tile_that_becomes_nothing_keeps_an_empty_place_and_a_new_one_gets_one() {
    let rect = [0.0, 0.0, 600.0, 400.0];
    let mut places = Places::default();
    squarify_first(&[5.0, 3.0, 2.0, 1.0], rect, &mut places);
    let gone = resquarify(&[5.0, 0.0, 2.0, 1.0], rect, &mut places);
    check(&[5.0, 0.0, 2.0, 1.0], &gone, rect, "gone");
    let back = resquarify(&[5.0, 3.0, 2.0, 1.0], rect, &mut places);
    assert_eq!(back, squarify(&[5.0, 3.0, 2.0, 1.0], rect));
    let mut places = Places::default();
    squarify_first(&[5.0, 0.0, 2.0], rect, &mut places);
    check(
        &[5.0, 4.0, 2.0],
        &resquarify(&[5.0, 4.0, 2.0], rect, &mut places),
        rect,
        "new",
    );
}

/// A tree with up to `most` leaves, and on which levels they stand.
fn tree(random: &mut Random, most: usize, depth: usize) -> (Tree, Vec<f64>) {
    let values = values(random, most);
    let counts: Vec<usize> = (0..depth).map(|_| random.below(4) + 1).collect();
    // A code beyond the count: no group on this level.
    let levels: Vec<Vec<u32>> = counts
        .iter()
        .map(|&count| {
            values
                .iter()
                .map(|_| random.below(count + 1) as u32)
                .collect()
        })
        .collect();
    let levels: Vec<&[u32]> = levels.iter().map(Vec::as_slice).collect();
    (Tree::grouped(values.clone(), &levels, &counts).0, values)
}

/// The rectangle of every leaf that has a tile of its own.
fn leaves(tree: &Tree, laid: &TreemapLayout) -> Vec<Option<[f32; 4]>> {
    let mut out = vec![None; tree.leaves() as usize];
    for frame in &laid.frames {
        laid.each(frame, &mut |rank, tile| {
            let node = tree.children(frame.node)[rank as usize];
            if node < tree.leaves() {
                assert!(
                    out[node as usize].replace(laid.tiles[tile]).is_none(),
                    "leaf {node} twice"
                );
            }
        });
    }
    out
}

#[test]
fn a_hundred_thousand_trees_hold_every_leaf_once() {
    let mut random = Random(4);
    for case in 0..100_000 {
        let depth = random.below(4);
        let (tree, values) = tree(&mut random, 20, depth);
        let mut seen = vec![0; (tree.leaves() + tree.inner()) as usize];
        for inner in tree.leaves()..tree.leaves() + tree.inner() {
            let children = tree.children(inner);
            let sum: f64 = children.iter().map(|&c| tree.value(c)).sum();
            assert!((tree.value(inner) - sum).abs() <= 1e-9 * sum, "case {case}");
            assert!(
                children
                    .windows(2)
                    .all(|pair| tree.value(pair[0]) >= tree.value(pair[1])),
                "case {case}"
            );
            for &child in children {
                seen[child as usize] += 1;
                assert!(child < tree.leaves() || child > inner, "case {case}");
            }
        }
        let root = tree.leaves() as usize;
        assert!(
            seen.iter()
                .enumerate()
                .all(|(i, &n)| n == usize::from(i != root)),
            "case {case}"
        );
        assert!(
            (tree.value(tree.leaves()) - values.iter().sum::<f64>()).abs()
                <= 1e-9 * tree.value(tree.leaves()),
            "case {case}"
        );
        let child = random.below(seen.len()) as u32;
        if child != tree.leaves() {
            assert!(
                tree.children(tree.parent(child).unwrap()).contains(&child),
                "case {case}"
            );
        }
    }
}

/// Frames are checked in full precision: what stands in a frame of so many px² of children of this
/// value.
fn honest(tree: &Tree, laid: &TreemapLayout, what: &str) -> usize {
    let unit = {
        let root = laid.frames[0];
        let whole: f64 = tree.children(root.node)[root.skip as usize..]
            .iter()
            .map(|&c| tree.value(c))
            .sum();
        let headers: f64 = laid.frames[1..]
            .iter()
            .map(|f| f.header * (f.rect[2] - f.rect[0]))
            .sum();
        (area(&root.rect) - headers) / whole
    };
    let mut checked = 0;
    for frame in &laid.frames[1..] {
        // Headers inside take room too.
        let inside: f64 = laid.frames[1..]
            .iter()
            .filter(|f| within(&f.rect, &frame.rect) && f.node > frame.node)
            .map(|f| f.header * (f.rect[2] - f.rect[0]))
            .sum();
        let want = tree.value(frame.node) * unit + inside;
        assert!(
            (area(&frame.rect) - want).abs() <= 1e-6 * want + 1e-11 * area(&laid.frames[0].rect),
            "{what}: {} for {want}",
            area(&frame.rect)
        );
        checked += 1;
    }
    checked
}

fn within(inner: &[f64; 4], outer: &[f64; 4]) -> bool {
    inner[0] >= outer[0] - 1e-6
        && inner[1] >= outer[1] - 1e-6
        && inner[2] <= outer[2] + 1e-6
        && inner[3] <= outer[3] + 1e-6
}

#[test]
fn a_hundred_thousand_trees_keep_honest_areas_with_headers_on() {
    let mut random = Random(5);
    let limits = Limits {
        header: Some(Header {
            least: [56.0, 44.0],
            height: 18.0,
        }),
        ..Limits::ALL
    };
    let (mut checked, mut headed) = (0, 0);
    for case in 0..100_000 {
        let depth = random.below(4);
        let (tree, values) = tree(&mut random, 14, depth);
        if values.iter().sum::<f64>() <= 0.0 {
            continue;
        }
        let laid = tree.lay(tree.leaves(), 0, ROOM, &limits);
        let what = format!("case {case}");
        checked += honest(&tree, &laid, &what);
        headed += laid.frames.iter().filter(|f| f.header > 0.0).count();
        let drawn: Vec<[f64; 4]> = leaves(&tree, &laid)
            .into_iter()
            .flatten()
            .map(|r| r.map(f64::from))
            .collect();
        for r in &drawn {
            assert!(
                r[0] >= ROOM[0]
                    && r[1] >= ROOM[1]
                    && r[2] <= ROOM[2]
                    && r[3] <= ROOM[3]
                    && r[0] <= r[2]
                    && r[1] <= r[3],
                "{what}: {r:?}"
            );
        }
        // Drawn coordinates are rounded to 24 bits.
        apart(&drawn, 2e-4, &what);
    }
    println!("{checked} nodes checked, {headed} with a header");
    assert!(checked > 100_000 && headed > 50_000, "{checked}, {headed}");
}

#[test]
fn a_hundred_thousand_crowded_trees_lose_nothing() {
    let mut random = Random(6);
    for case in 0..100_000 {
        let depth = random.below(3);
        let (tree, values) = tree(&mut random, 40, depth);
        let rect = [
            0.0,
            0.0,
            4.0 + random.unit() * 60.0,
            4.0 + random.unit() * 60.0,
        ];
        let limits = Limits {
            tile: 9.0,
            open: 60.0,
            ..Limits::ALL
        };
        let laid = tree.lay(tree.leaves(), 0, rect, &limits);
        let whole: f64 = values.iter().sum();
        if whole <= 0.0 {
            continue;
        }
        // Tiles that are not opened, and what stands together, add up to the whole.
        let (mut sum, mut room) = (0.0, 0.0);
        for frame in &laid.frames {
            let children = tree.children(frame.node);
            let together = &children[frame.end as usize..];
            sum += together.iter().map(|&c| tree.value(c)).sum::<f64>();
            room += area(&frame.rest);
            assert!(
                together.len() != 1 || tree.value(together[0]) <= 1e-100 * tree.value(frame.node),
                "case {case}: one alone is no sum"
            );
            laid.each(frame, &mut |rank, tile| {
                if laid.frame_in(tile as u32).is_none() {
                    sum += tree.value(children[rank as usize]);
                    room += area(&laid.tiles[tile].map(f64::from));
                }
            });
        }
        assert!(
            (sum / whole - 1.0).abs() < 1e-9,
            "case {case}: {sum} of {whole}"
        );
        assert!(
            (room / area(&rect) - 1.0).abs() < 1e-3,
            "case {case}: {room} of {}",
            area(&rect)
        );
    }
}

#[test]
fn a_hundred_thousand_points_hit_what_is_drawn_there() {
    let mut random = Random(7);
    for case in 0..2_000 {
        let depth = random.below(4);
        let (tree, _) = tree(&mut random, 60, depth);
        let limits = Limits {
            tile: 30.0,
            open: 400.0,
            header: Some(Header {
                least: [56.0, 44.0],
                height: 18.0,
            }),
            ..Limits::ALL
        };
        let laid = tree.lay(tree.leaves(), 0, ROOM, &limits);
        for _ in 0..50 {
            let (x, y) = (
                ROOM[0] as f32 + random.unit() as f32 * 960.0,
                ROOM[1] as f32 + random.unit() as f32 * 540.0,
            );
            // The deepest tile at the point, by looking at all of them.
            let mut wanted = None;
            for (at, frame) in laid.frames.iter().enumerate() {
                let r = frame.rest.map(|v| v as f32);
                if x >= r[0] && x < r[2] && y >= r[1] && y < r[3] {
                    wanted = Some(Hit::Rest(at as u32));
                }
                laid.each(frame, &mut |rank, tile| {
                    let r = laid.tiles[tile];
                    if x >= r[0] && x < r[2] && y >= r[1] && y < r[3] {
                        wanted = Some(Hit::Node(tree.children(frame.node)[rank as usize]));
                    }
                });
            }
            let near = |a: f64| (a as f32 - x).abs() < 1e-3 || (a as f32 - y).abs() < 1e-3;
            if laid
                .frames
                .iter()
                .any(|f| f.rect.iter().chain(&f.rest).any(|&v| near(v)))
                || laid.tiles.iter().flatten().any(|&v| near(f64::from(v)))
            {
                continue;
            }
            assert_eq!(laid.pick(&tree, [x, y]), wanted, "case {case} at {x}, {y}");
        }
    }
}

#[test]
fn rectangles_of_a_nested_tree_equal_those_of_d3_to_a_hundredth_of_a_pixel() {
    let read: serde_json::Value =
        serde_json::from_str(include_str!("fixtures/treemap-nested.json")).unwrap();
    let numbers = |v: &serde_json::Value| -> Vec<f64> {
        v.as_array()
            .unwrap()
            .iter()
            .map(|n| n.as_f64().unwrap())
            .collect()
    };
    let codes: Vec<Vec<u32>> = read["levels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| numbers(l).iter().map(|&c| c as u32).collect())
        .collect();
    let (tree, _) = Tree::grouped(numbers(&read["values"]), &[&codes[0], &codes[1]], &[6, 5]);
    let laid = tree.lay(
        tree.leaves(),
        0,
        numbers(&read["rect"]).try_into().unwrap(),
        &Limits::ALL,
    );
    let ours = leaves(&tree, &laid);
    let mut compared = 0;
    for (i, theirs) in read["rects"].as_array().unwrap().iter().enumerate() {
        let theirs = numbers(theirs);
        let Some(ours) = ours[i] else {
            assert!(
                (theirs[2] - theirs[0]) * (theirs[3] - theirs[1]) == 0.0,
                "{i} has no tile"
            );
            continue;
        };
        for (a, b) in ours.iter().zip(&theirs) {
            assert!(
                (f64::from(*a) - b).abs() <= 0.01,
                "{i}: {ours:?} is not {theirs:?}"
            );
        }
        compared += 1;
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn a_hundred_thousand_equal_children_fill_the_room_and_so_does_one() {
    let (tree, _) = Tree::grouped(vec![2.5; 100_000], &[], &[]);
    let laid = tree.lay(tree.leaves(), 0, ROOM, &Limits::ALL);
    let out: Vec<[f64; 4]> = leaves(&tree, &laid)
        .into_iter()
        .map(|r| r.unwrap().map(f64::from))
        .collect();
    let want = 960.0 * 540.0 / 100_000.0;
    assert!(out.iter().all(|r| (area(r) / want - 1.0).abs() < 1e-3));
    apart(&out, 2e-4, "equal");
    let (one, _) = Tree::grouped(vec![7.0], &[&[0], &[0]], &[1, 1]);
    assert_eq!(
        leaves(&one, &one.lay(one.leaves(), 0, ROOM, &Limits::ALL)),
        [Some(ROOM.map(|v| v as f32))]
    );
}

#[test]
fn a_tree_may_be_sixty_four_levels_deep_and_one_beyond_is_cut() {
    for depth in [64, 65, 80] {
        let values = vec![4.0, 3.0, 2.0, 1.0];
        let levels: Vec<Vec<u32>> = (0..depth)
            .map(|level| vec![0, 0, u32::from(level > 20), u32::from(level > 40)])
            .collect();
        let levels: Vec<&[u32]> = levels.iter().map(Vec::as_slice).collect();
        let (tree, codes) = Tree::grouped(values, &levels, &vec![2; depth]);
        assert_eq!(codes.len(), tree.inner() as usize);
        let laid = tree.lay(tree.leaves(), 0, ROOM, &Limits::ALL);
        assert!(leaves(&tree, &laid).iter().all(Option::is_some), "{depth}");
        assert_eq!(laid.frames.len(), tree.inner() as usize);
        assert_eq!(tree.leaves_below(tree.leaves()), 4);
    }
}

#[test]
fn what_is_no_value_takes_no_room() {
    let (tree, _) = Tree::grouped(
        vec![
            f64::NAN,
            1.0,
            -5.0,
            f64::INFINITY,
            3.0,
            -0.0,
            f64::NEG_INFINITY,
        ],
        &[&[0, 0, 0, 1, 1, 1, 9]],
        &[2],
    );
    assert_eq!(tree.value(tree.leaves()), 4.0);
    let laid = tree.lay(tree.leaves(), 0, ROOM, &Limits::ALL);
    let out = leaves(&tree, &laid);
    assert_eq!(out.iter().filter(|r| r.is_some()).count(), 2);
    for hostile in [
        [f64::NAN; 4],
        [0.0; 4],
        [9.0, 9.0, 1.0, 1.0],
        [f64::INFINITY, 0.0, 1.0, f64::NEG_INFINITY],
    ] {
        let laid = tree.lay(tree.leaves(), 0, hostile, &Limits::ALL);
        assert!(laid.tiles.iter().flatten().all(|v| v.is_finite()));
        assert_eq!(laid.frames[0].tile, NONE);
    }
    let none = Tree::default().lay(
        0,
        3,
        ROOM,
        &Limits {
            header: Some(Header {
                least: [1.0, 1.0],
                height: 18.0,
            }),
            ..Limits::ALL
        },
    );
    assert!(none.tiles.is_empty() && none.pick(&Tree::default(), [10.0, 10.0]).is_none());
}

#[test]
fn children_that_are_left_out_are_left_out_of_the_whole() {
    let (tree, _) = Tree::grouped((1..=100).map(f64::from).collect(), &[], &[]);
    let laid = tree.lay(tree.leaves(), 90, ROOM, &Limits::ALL);
    let frame: &Frame = &laid.frames[0];
    assert_eq!((frame.skip, frame.end), (90, 100));
    let drawn = leaves(&tree, &laid);
    assert!(drawn[10..].iter().all(Option::is_none));
    let room: f64 = drawn[..10]
        .iter()
        .map(|r| area(&r.unwrap().map(f64::from)))
        .sum();
    assert!((room / area(&ROOM) - 1.0).abs() < 1e-4);
}

#[test]
fn groups_that_come_in_any_order_are_the_same_groups() {
    let mut random = Random(8);
    let codes: Vec<u32> = (0..5000).map(|_| random.below(40) as u32).collect();
    let values: Vec<f64> = codes.iter().map(|&c| f64::from(c) + 1.0).collect();
    let (tree, names) = Tree::grouped(values, &[&codes], &[40]);
    assert_eq!(tree.inner(), 41);
    for inner in 1..tree.inner() {
        for &leaf in tree.children(tree.leaves() + inner) {
            assert_eq!([1, codes[leaf as usize]], names[inner as usize]);
        }
    }
}

// ---- the widget

use ai_atlas::abi::NO_DATUM;
use ai_atlas::data::{Column, Lang};
use ai_atlas::widget::{self, Act, Change, Figure, State, View, Widget};

fn view(width_css: f32, lang: Lang) -> View {
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

fn shipped() -> Box<dyn Widget> {
    let mut widget = widget::make("market-share").unwrap();
    widget
        .load(include_bytes!("../data/market-share.json"))
        .unwrap();
    widget
}

fn of(file: &str) -> Box<dyn Widget> {
    let mut widget = widget::make("market-share").unwrap();
    assert_eq!(widget.load(file.as_bytes()).unwrap(), []);
    widget
}

const NESTED: &str = r#"{"kind":"ai-atlas/market-share","title":"World","table_kind":"parts","unit":"companies","items":[
    {"label":"Asia","value":60,"items":[{"label":"Korea","items":[{"label":"A","value":20},{"label":"B","value":5}]},{"label":"Japan","items":[{"label":"C","value":15}]}]},
    {"label":"Europe","items":[{"label":"D","value":30},{"label":"E","value":10}]},
    {"label":"F","value":8}]}"#;

fn applied(view: &View, changes: Vec<Change>) -> View {
    let mut view = view.clone();
    for change in changes {
        view.change(change);
    }
    view
}

fn datum(picture: &Figure, key: &str) -> u32 {
    picture
        .scene
        .outline
        .iter()
        .find(|node| node.key == key)
        .unwrap_or_else(|| panic!("no {key}: {:?}", picture.scene.outline))
        .datum
}

#[test]
fn a_group_is_opened_by_its_header_and_escape_leads_back() {
    let widget = of(NESTED);
    let start = view(1000.0, Lang::En);
    let picture = widget.picture(&start);
    let asia = datum(&picture, "Asia");
    assert!(widget.opens(&start, asia) && !widget.opens(&start, datum(&picture, "A")));
    let inside = applied(&start, widget.act(&start, &Act::Open { datum: asia }));
    let picture = widget.picture(&inside);
    let crumbs = picture
        .controls
        .iter()
        .find(|c| c.kind == "crumbs")
        .unwrap();
    assert_eq!(
        crumbs
            .options
            .iter()
            .map(|o| o.1.as_str())
            .collect::<Vec<_>>(),
        ["World", "Asia"]
    );
    assert!(
        picture.scene.outline.iter().all(|node| node.key != "D"),
        "Europe is not shown"
    );
    assert!(
        picture.status.contains("Asia") && picture.status.contains('3'),
        "{}",
        picture.status
    );
    let korea = applied(
        &inside,
        widget.act(
            &inside,
            &Act::Open {
                datum: datum(&picture, "Korea"),
            },
        ),
    );
    let picture = widget.picture(&korea);
    assert_eq!(
        picture
            .scene
            .outline
            .iter()
            .map(|n| n.key.as_str())
            .collect::<Vec<_>>(),
        ["A", "B"]
    );
    let back = applied(
        &korea,
        widget.act(
            &korea,
            &Act::Key {
                key: "Escape",
                datum: NO_DATUM,
            },
        ),
    );
    assert_eq!(back.state.market_share.open, inside.state.market_share.open);
    let back = applied(
        &back,
        widget.act(
            &back,
            &Act::Key {
                key: "Escape",
                datum: NO_DATUM,
            },
        ),
    );
    assert_eq!(back.state.market_share.open, None);
    assert!(
        widget
            .act(
                &back,
                &Act::Key {
                    key: "Escape",
                    datum: NO_DATUM
                }
            )
            .is_empty()
    );
    let card = widget.card(asia, Lang::En).unwrap();
    assert_eq!(
        (card.title.as_str(), card.value.as_str()),
        ("Asia", "60 companies")
    );
}

#[test]
fn arrows_lead_to_children_parents_and_siblings() {
    let picture = of(NESTED).picture(&view(1000.0, Lang::En));
    let node = |key: &str| {
        picture
            .scene
            .outline
            .iter()
            .find(|node| node.key == key)
            .unwrap()
    };
    let go = |key: &str, way: usize| node(key).neighbors[way];
    assert_eq!(go("Asia", 3), datum(&picture, "Korea"));
    assert_eq!(go("Korea", 2), datum(&picture, "Asia"));
    assert_eq!(go("A", 1), datum(&picture, "B"));
    assert_eq!(go("B", 2), datum(&picture, "Korea"));
    assert_eq!(go("Asia", 1), datum(&picture, "Europe"));
}

#[test]
fn what_a_group_states_beyond_its_parts_is_drawn_as_unknown() {
    let widget = of(NESTED);
    let picture = widget.picture(&view(1000.0, Lang::En));
    let unknown = picture
        .scene
        .outline
        .iter()
        .find(|node| node.key == "Split unknown")
        .unwrap();
    assert!(unknown.name.contains("value not given"), "{}", unknown.name);
    // Asia states 60 and names 40.
    let area = |key: &str| {
        let [x0, y0, x1, y1] = picture
            .scene
            .outline
            .iter()
            .find(|node| node.key == key)
            .unwrap()
            .rect_css;
        f64::from((x1 - x0 + 1.0) * (y1 - y0 + 1.0))
    };
    for (key, value) in [
        ("A", 20.0),
        ("B", 5.0),
        ("C", 15.0),
        ("D", 30.0),
        ("E", 10.0),
        ("F", 8.0),
    ] {
        assert!(
            (area(key) / value / (area("Split unknown") / 20.0) - 1.0).abs() < 1e-3,
            "{key}"
        );
    }
}

#[test]
fn tables_of_one_series_keep_their_places_and_tell_what_changed() {
    let widget = shipped();
    let now = View {
        tab: "foundry-2024q1".into(),
        ..view(1000.0, Lang::En)
    };
    let picture = widget.picture(&now);
    let slider = picture
        .controls
        .iter()
        .find(|c| c.kind == "slider")
        .unwrap();
    assert_eq!(slider.key, "table");
    assert_eq!(
        slider
            .options
            .iter()
            .map(|o| o.0.as_str())
            .collect::<Vec<_>>(),
        ["foundry-2023q4", "foundry-2024q1"]
    );
    let list = &picture.lists[0];
    assert!(
        list.lines[0].1.starts_with("TSMC: +0.7 pp (61% → 61.7%)"),
        "{:?}",
        list.lines
    );
    assert!(list.title.contains("different sources"), "{}", list.title);
    assert!(
        list.lines
            .iter()
            .any(|l| l.1.contains("Samsung") && l.1.contains("no value given")),
        "{:?}",
        list.lines
    );
    let before = widget.picture(&View {
        tab: "foundry-2023q4".into(),
        ..now.clone()
    });
    assert!(before.lists.is_empty());
    // The same corner, and one datum for a transition.
    let tsmc = |picture: &Figure| {
        let node = picture
            .scene
            .outline
            .iter()
            .find(|node| node.key == "TSMC")
            .unwrap();
        (
            node.rect_css[0],
            node.rect_css[1],
            picture.scene.transition_key(node.datum),
        )
    };
    assert_eq!(tsmc(&picture), tsmc(&before));
    let korean = widget.picture(&View {
        lang: Lang::Ko,
        ..now
    });
    assert!(
        korean.lists[0].lines[0].1.contains("+0.7%p"),
        "{:?}",
        korean.lists
    );
}

#[test]
fn a_heading_of_the_board_opens_its_table_and_a_legend_of_organisations_runs_across() {
    let widget = shipped();
    let start = view(1200.0, Lang::En);
    let picture = widget.picture(&start);
    let heading = widget.pick(&picture, [20.0, 8.0]).unwrap();
    assert!(widget.opens(&start, heading));
    let one = applied(&start, widget.act(&start, &Act::Open { datum: heading }));
    assert_eq!(one.tab, "hbm-2023");
    assert_eq!(
        widget.act(
            &one,
            &Act::Key {
                key: "Escape",
                datum: NO_DATUM
            }
        ),
        [Change::Table(String::new())]
    );
    let keys: Vec<&str> = picture
        .legend
        .iter()
        .filter(|k| k.count.is_some())
        .map(|k| k.key.as_str())
        .collect();
    assert!(
        keys.contains(&"org:tsmc") && keys.contains(&"org:nvidia"),
        "{keys:?}"
    );
    let hidden = widget.picture(&View {
        hidden: vec!["org:tsmc".into()],
        ..start
    });
    assert_ne!(hidden.scene.marks, picture.scene.marks);
}

fn columns(leaves: usize, groups: usize) -> Vec<Column> {
    let mut random = Random(11);
    let column = |name: &str, numbers: Vec<f64>, codes: Vec<u32>, names: Vec<String>| Column {
        name: name.to_string(),
        numbers,
        codes,
        names,
    };
    vec![
        column(
            "value",
            (0..leaves).map(|_| random.unit().powi(4) + 1e-6).collect(),
            vec![],
            vec![],
        ),
        column(
            "levels.0",
            vec![],
            (0..leaves).map(|i| (i * groups / leaves) as u32).collect(),
            (0..groups).map(|g| format!("Group {g}")).collect(),
        ),
        column(
            "label",
            vec![],
            (0..leaves).map(|i| (i % 1000) as u32).collect(),
            (0..1000).map(|l| format!("Leaf {l}")).collect(),
        ),
    ]
}

fn big(leaves: usize, groups: usize) -> Box<dyn Widget> {
    let mut widget = widget::make("market-share").unwrap();
    assert_eq!(widget.columns(columns(leaves, groups)).unwrap(), []);
    widget
}

#[test]
fn a_million_leaves_are_drawn_as_far_as_they_can_be_seen_and_nothing_disappears() {
    let widget = big(1_000_000, 1000);
    assert_eq!(widget.rows(), 1_000_000);
    let mut now = view(960.0, Lang::En);
    now.height_css = 540.0;
    let picture = widget.picture(&now);
    assert!(
        picture.scene.marks.len() < 100_000
            && picture.scene.labels.len() <= 2000
            && picture.scene.outline.len() <= 500
    );
    assert!(picture.zooms && !picture.moved);
    // Come nearer until single leaves show; the marks stay few.
    let mut leaves = 0;
    for _ in 0..12 {
        now = applied(
            &now,
            widget.act(
                &now,
                &Act::Zoom {
                    at_css: [480.0, 270.0],
                    factor: 1.6,
                },
            ),
        );
        let picture = widget.picture(&now);
        assert!(
            picture.scene.marks.len() < 100_000 && picture.moved,
            "{}",
            picture.scene.marks.len()
        );
        let [width, height] = picture.scene.size_css;
        for mark in &picture.scene.marks {
            let [x0, y0, x1, y1] = mark.rect_css;
            assert!(
                x0 >= -0.6 && y0 >= -0.6 && x1 <= width + 0.6 && y1 <= height + 0.6,
                "{:?}",
                mark.rect_css
            );
        }
        leaves = picture
            .scene
            .marks
            .iter()
            .filter(|mark| mark.datum < 1_000_000)
            .count();
        // What is picked is what is drawn there.
        let seen = widget.pick(&picture, [480.3, 270.4]).unwrap();
        assert!(widget.card(seen, Lang::En).is_some());
    }
    assert!(leaves > 50, "{leaves}");
    assert_eq!(
        applied(
            &now,
            widget.act(
                &now,
                &Act::Key {
                    key: "0",
                    datum: NO_DATUM
                }
            )
        )
        .state
        .market_share
        .zoom,
        [1.0, 0.0, 0.0]
    );
}

#[test]
fn what_stands_together_opens_and_tells_how_many_and_how_much() {
    let widget = big(5_000, 1);
    let start = view(600.0, Lang::En);
    let picture = widget.picture(&start);
    let group = applied(&start, widget.act(&start, &Act::Open { datum: 5_001 }));
    let inside = widget.picture(&group);
    let others = inside
        .scene
        .outline
        .iter()
        .chain(&picture.scene.outline)
        .map(|n| n.datum)
        .chain(inside.scene.marks.iter().map(|m| m.datum))
        .find(|&d| d != NO_DATUM && d > 5_001)
        .unwrap();
    let card = widget.card(others, Lang::En).unwrap();
    assert!(
        card.title.ends_with("others") && widget.opens(&group, others),
        "{}",
        card.title
    );
    let count: usize = card
        .title
        .split(' ')
        .next()
        .unwrap()
        .replace(',', "")
        .parse()
        .unwrap();
    let opened = applied(&group, widget.act(&group, &Act::Open { datum: others }));
    let open = opened.state.market_share.open;
    assert!(
        open.is_some_and(|(_, skip)| skip as usize == 5_000 - count),
        "{open:?} of {count}"
    );
    let within = widget.picture(&opened);
    assert!(
        within
            .scene
            .marks
            .iter()
            .filter(|m| m.datum < 5_000)
            .count()
            > inside
                .scene
                .marks
                .iter()
                .filter(|m| m.datum < 5_000)
                .count()
                / 100
    );
    let back = applied(
        &opened,
        widget.act(
            &opened,
            &Act::Key {
                key: "Escape",
                datum: NO_DATUM,
            },
        ),
    );
    assert_eq!(back.state.market_share.open, group.state.market_share.open);
}

#[test]
fn columns_that_are_wrong_are_refused_and_cells_that_are_wrong_are_issues() {
    let mut widget = widget::make("market-share").unwrap();
    let refused = |widget: &mut Box<dyn Widget>, change: &dyn Fn(&mut Vec<Column>)| {
        let mut all = columns(10, 2);
        change(&mut all);
        let error = widget.columns(all).unwrap_err();
        (error.code(), error.detail().to_string())
    };
    assert_eq!(
        refused(&mut widget, &|c| drop(c.remove(0))),
        ("bad-columns", "value".into())
    );
    assert_eq!(
        refused(&mut widget, &|c| c[1].codes.truncate(9)),
        ("bad-columns", "levels.0 9, value 10".into())
    );
    assert_eq!(
        refused(&mut widget, &|c| c[1].name = "levels.1".into()),
        ("bad-columns", "levels".into())
    );
    assert_eq!(
        refused(&mut widget, &|c| c[2].codes.push(0)),
        ("bad-columns", "label 11, value 10".into())
    );
    assert_eq!(
        refused(&mut widget, &|c| c[0].numbers.clear()),
        ("empty", "value".into())
    );
    let mut all = columns(10, 2);
    all[0].numbers[3] = f64::NAN;
    all[0].numbers[4] = -5.0;
    all[0].numbers[5] = f64::INFINITY;
    all[1].codes[6] = 99;
    all[1].codes[7] = u32::MAX;
    let issues = widget.columns(all).unwrap();
    let said: Vec<(String, String)> = issues
        .iter()
        .map(|i| (i.place.clone(), i.found.clone()))
        .collect();
    assert_eq!(
        said,
        [
            ("levels.0[6]", "99"),
            ("value[3]", ""),
            ("value[4]", "-5"),
            ("value[5]", "")
        ]
        .map(|(a, b)| (a.to_string(), b.to_string())),
        "{issues:?}"
    );
    assert_eq!(widget.rows(), 10);
    let mut bad = columns(50_000, 2);
    bad[0].numbers.fill(f64::NAN);
    assert_eq!(widget.columns(bad).unwrap().len(), 10_000);
    let picture = widget.picture(&view(500.0, Lang::Ko));
    assert!(
        picture
            .scene
            .marks
            .iter()
            .all(|m| m.rect_css.iter().all(|v| v.is_finite()))
    );
}

#[test]
fn a_second_measure_is_a_ramp_with_a_legend() {
    let mut widget = widget::make("market-share").unwrap();
    let mut all = columns(20, 2);
    all.push(Column {
        name: "color".into(),
        numbers: (0..20)
            .map(|i| if i == 3 { f64::NAN } else { f64::from(i) })
            .collect(),
        ..Column::default()
    });
    widget.columns(all).unwrap();
    let picture = widget.picture(&view(800.0, Lang::En));
    assert!(
        picture.legend.iter().any(|k| k.label == "0")
            && picture.legend.iter().any(|k| k.label == "19"),
        "{:?}",
        picture.legend
    );
    assert!(
        picture
            .legend
            .iter()
            .any(|k| k.label == "No value for colour")
    );
}

#[test]
fn views_that_make_no_sense_are_whole_tables() {
    for widget in [of(NESTED), big(300, 4), shipped()] {
        let start = view(700.0, Lang::En);
        let plain = widget.picture(&start).scene;
        for (key, value) in [
            ("open", "x"),
            ("open", "99999999"),
            ("open", "1~99999"),
            ("open", "~"),
            ("open", "-1"),
            ("zoom", "x y"),
            ("zoom", "1 2 3 4"),
        ] {
            assert_eq!(
                widget
                    .picture(&View {
                        state: State::from_pairs([(key, value)]),
                        ..start.clone()
                    })
                    .scene
                    .marks,
                plain.marks,
                "{key}={value}"
            );
        }
        for zoom in [
            "64000 999999 999999",
            "4294967295 4294967295 4294967295",
            "64000 0 0",
        ] {
            let picture = widget.picture(&View {
                state: State::from_pairs([("zoom", zoom)]),
                ..start.clone()
            });
            assert!(
                picture
                    .scene
                    .marks
                    .iter()
                    .all(|m| m.rect_css.iter().all(|v| v.is_finite()))
            );
        }
        for act in [
            Act::Zoom {
                at_css: [f32::NAN, 0.0],
                factor: 2.0,
            },
            Act::Zoom {
                at_css: [1.0, 1.0],
                factor: f32::INFINITY,
            },
            Act::Drag {
                from_css: [-8e3, 8e3],
                to_css: [8e3, f32::NAN],
            },
            Act::Open {
                datum: u32::MAX - 1,
            },
            Act::Open { datum: 0 },
        ] {
            widget.picture(&applied(&start, widget.act(&start, &act)));
        }
    }
}

#[test]
fn a_name_is_found_by_its_beginning_its_middle_and_its_initials() {
    let widget = shipped();
    let names = |words: &str| -> Vec<String> {
        widget
            .find(words, Lang::Ko)
            .into_iter()
            .map(|f| f.1)
            .collect()
    };
    assert!(names("삼성").contains(&"삼성전자".to_string()));
    assert!(names("ㅅㅅ").contains(&"삼성전자".to_string()));
    assert!(names("하이닉스").iter().any(|n| n.contains("하이닉스")));
    assert!(names("zzzz").is_empty() && names("a").len() <= 20);
    assert!(big(100_000, 10).find("leaf 77", Lang::En).len() == 20);
}

#[test]
fn what_was_found_out_of_sight_comes_into_sight() {
    let widget = big(100_000, 10);
    let start = view(960.0, Lang::En);
    let drawn = |view: &View, datum: u32| {
        widget
            .picture(view)
            .scene
            .marks
            .iter()
            .any(|m| m.datum == datum)
    };
    let small = (0..100_000).find(|&d| !drawn(&start, d)).unwrap();
    let there = applied(&start, widget.act(&start, &Act::Show { datum: small }));
    let group = there.state.market_share.open.unwrap().0.to_string();
    // The leaf's own group is open: it is one of ten thousand in it.
    let crumbs = widget
        .picture(&there)
        .controls
        .into_iter()
        .find(|c| c.kind == "crumbs")
        .unwrap();
    assert_eq!(
        (group, crumbs.options.last().unwrap().1.as_str()),
        (crumbs.value, "Group 0"),
        "{small}"
    );
    let large = (0..100_000).find(|&d| drawn(&start, d)).unwrap();
    assert!(widget.act(&start, &Act::Show { datum: large }).is_empty());
    assert!(
        widget
            .act(&start, &Act::Show { datum: NO_DATUM })
            .is_empty()
    );

    let board = shipped();
    let start = view(1200.0, Lang::En);
    let hidden = (0..10_000)
        .find(|&d| {
            board.card(d, Lang::En).is_some()
                && !board
                    .picture(&start)
                    .scene
                    .marks
                    .iter()
                    .any(|m| m.datum == d)
        })
        .unwrap();
    let there = applied(&start, board.act(&start, &Act::Show { datum: hidden }));
    assert_ne!(there.tab, start.tab);
    assert!(
        board
            .picture(&there)
            .scene
            .marks
            .iter()
            .any(|m| m.datum == hidden),
        "{}",
        there.tab
    );
}

#[test]
fn a_page_s_own_table_has_groups_and_a_second_measure() {
    let mut widget = widget::make("market-share").unwrap();
    let table = r#"{"head":["묶음","이름","값","색"],"rows":[["아시아","가","30","1"],["유럽","나","20","5"],["아시아","다","10","3"],["","라","5",""]],"color_ko":"성장률"}"#;
    assert_eq!(widget.load(table.as_bytes()).unwrap(), []);
    let start = view(900.0, Lang::Ko);
    let picture = widget.picture(&start);
    let asia = datum(&picture, "아시아");
    assert_eq!(widget.card(asia, Lang::Ko).unwrap().value, "40%");
    assert!(widget.opens(&start, asia));
    // The mean, weighted by value: (30 · 1 + 10 · 3) / 40.
    assert!(
        widget
            .card(asia, Lang::Ko)
            .unwrap()
            .rows
            .iter()
            .any(|row| row.1 == "1.5"),
        "{:?}",
        widget.card(asia, Lang::Ko)
    );
}

#[test]
fn a_row_that_is_too_small_to_be_seen_marks_what_it_is_in() {
    let widget = big(100_000, 100);
    let start = view(800.0, Lang::En);
    let drawn: std::collections::BTreeSet<u32> = widget
        .picture(&start)
        .scene
        .marks
        .iter()
        .map(|m| m.datum)
        .collect();
    let small = (0..100_000).find(|datum| !drawn.contains(datum)).unwrap();
    let picture = widget.picture(&View {
        selected: format!("#{small}"),
        ..start
    });
    let rings: Vec<u32> = picture
        .scene
        .marks
        .iter()
        .filter(|m| m.style >> 8 & 255 == 8 && m.datum != NO_DATUM)
        .map(|m| m.datum)
        .collect();
    assert_eq!(rings.len(), 1, "{rings:?}");
    assert!(rings[0] > 100_000);
}
