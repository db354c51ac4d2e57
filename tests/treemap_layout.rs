//! Treemaps of trees: what must hold for every tree, however deep, uneven or hostile. Cases come
//! from a small generator with a fixed seed, which a failure names.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

#[path = "common/treemap.rs"]
mod common;

use ai_atlas::layout::treemap::{Frame, Header, Hit, Limits, NONE, Tree, TreemapLayout};
use common::{Random, apart, area, values};

const ROOM: [f64; 4] = [3.0, 5.0, 963.0, 545.0];

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
