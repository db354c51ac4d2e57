//! What the kernels are tried with: inputs from a seed, the twin's answer, and how the two are
//! compared. Knows no GPU.

mod layouts;

use ai_atlas::abi::{Bin, Cull, Mark, Tween};
use ai_atlas::kernel::{self, Events};
use ai_atlas::render::{ROW_TEXELS, shaders};
use std::hint::black_box;
use std::rc::Rc;

use layouts::{relax, tree};

/// What stands in every output before the run.
pub const POISON: u32 = 0xA5A5_A5A5;
/// What a GPU may round otherwise, of the numbers that it multiplies.
const NEAR: f32 = 1.0 / 4_194_304.0;
/// Marks in a row of a texture.
const IN_ROW: usize = ROW_TEXELS as usize / 2;

/// What a shader is given.
pub enum Bind {
    Uniform(Vec<u32>),
    Read(Vec<u32>),
    /// A storage buffer that is read back.
    Write(Vec<u32>),
    /// A texture of marks.
    Texels(Vec<u32>),
    /// A poisoned storage texture of so many rows that is read back.
    Draw(usize),
}

/// One answer of a twin, to be held against one buffer or texture.
pub struct Answer {
    pub words: Vec<u32>,
    /// What a word, read as f32, may differ by; 0 for words that must be the same.
    pub near: Box<dyn Fn(usize) -> f32>,
    /// What stands behind the words: [`POISON`] if nothing was to be written there; `None` for
    /// scratch that nobody looks at.
    pub behind: Option<u32>,
}

/// A kernel with inputs of one size.
pub struct Job {
    pub name: &'static str,
    pub size: usize,
    pub wgsl: &'static str,
    /// Entry points with their invocations.
    pub passes: Vec<(&'static str, u32)>,
    pub binds: Vec<Bind>,
    /// What the shader should answer: what the twin does.
    pub twin: Box<dyn Fn() -> Vec<Answer>>,
    /// The twin alone, for a clock.
    pub lap: Box<dyn FnMut()>,
}

/// Numbers that look random and are the same on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn throw(&mut self) -> u32 {
        // SplitMix64, by Steele, Lea and Flood.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((it ^ (it >> 31)) >> 32) as u32
    }

    pub fn below(&mut self, most: u32) -> u32 {
        ((u64::from(self.throw()) * u64::from(most)) >> 32) as u32
    }

    pub fn within(&mut self, from: f32, to: f32) -> f32 {
        from + (to - from) * (self.throw() >> 8) as f32 / (1 << 24) as f32
    }
}

/// How many words were compared, how many of them the twin had written, how many are wrong, how
/// many are near and not the same.
#[derive(Debug, Default, Clone, Copy)]
pub struct Compared {
    pub words: usize,
    pub written: usize,
    pub wrong: usize,
    pub near: usize,
    /// Output and word of the first wrong one, what was found and wanted.
    pub first: Option<(usize, usize, u32, u32)>,
}

impl Compared {
    /// Something was compared, and all of it is right.
    pub fn same(&self) -> bool {
        self.words > 0 && self.wrong == 0
    }

    pub fn add(&mut self, other: Self) {
        self.words += other.words;
        self.written += other.written;
        self.wrong += other.wrong;
        self.near += other.near;
        self.first = self.first.or(other.first);
    }
}

/// Holds what a GPU wrote against what its twin did.
pub fn compare(found: &[Vec<u32>], wanted: &[Answer]) -> Compared {
    let mut all = Compared::default();
    assert_eq!(found.len(), wanted.len(), "as many outputs as answers");
    for (output, (found, answer)) in found.iter().zip(wanted).enumerate() {
        let words = &answer.words;
        assert!(
            found.len() >= words.len(),
            "output {output} has room for {} of {} words",
            found.len(),
            words.len()
        );
        all.written += words.len();
        for (at, &found) in found.iter().enumerate() {
            let Some(wanted) = words.get(at).copied().or(answer.behind) else {
                continue;
            };
            all.words += 1;
            if found == wanted {
                continue;
            }
            let allowed = if at < words.len() {
                (answer.near)(at)
            } else {
                0.0
            };
            if allowed > 0.0 && (f32::from_bits(found) - f32::from_bits(wanted)).abs() <= allowed {
                all.near += 1;
            } else {
                all.wrong += 1;
                all.first = all.first.or(Some((output, at, found, wanted)));
            }
        }
    }
    all
}

fn exact(words: Vec<u32>) -> Answer {
    Answer {
        words,
        near: Box::new(|_| 0.0),
        behind: Some(POISON),
    }
}

fn scratch() -> Answer {
    Answer {
        words: Vec::new(),
        near: Box::new(|_| 0.0),
        behind: None,
    }
}

fn words_of<T: bytemuck::NoUninit>(it: &T) -> Vec<u32> {
    bytemuck::cast_slice(bytemuck::bytes_of(it)).to_vec()
}

fn rows(marks: usize) -> usize {
    marks.div_ceil(IN_ROW).max(1)
}

/// The kernels that there are.
pub const KERNELS: [&str; 5] = ["bin", "cull", "relax", "tree", "tween"];

/// A kernel's job of one size from a seed.
pub fn job(kernel: &str, size: usize, seed: u64) -> Job {
    let dice = &mut Dice(seed);
    match kernel {
        "bin" => bin(size, dice),
        "relax" => relax(size, dice),
        "tree" => {
            // Not for all codes: the last are not shown.
            let shown = (0..4).map(|_| dice.throw() | 1).collect();
            tree(
                size,
                2 - (size as u32 + 1) % 3,
                (size / 50).max(1) as u32,
                shown,
                dice,
            )
        }
        "cull" => cull(size, dice),
        "tween" => tween(size, dice),
        other => panic!("no kernel {other}"),
    }
}

/// What is timed: as [`job`], but a treemap of a thousand groups of which all is shown.
pub fn timed(kernel: &str, size: usize) -> Job {
    match kernel {
        "tree" => tree(
            size,
            1,
            (size / 1000).max(1) as u32,
            vec![u32::MAX; 5],
            &mut Dice(7),
        ),
        _ => job(kernel, size, 7),
    }
}

/// Marks large and small, in the view and not, one in 64 with numbers that nobody should send.
fn marks(size: usize, dice: &mut Dice) -> Vec<Mark> {
    const HOSTILE: [f32; 8] = [
        f32::NAN,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::MAX,
        1e-40,
        -1e-42,
        -0.0,
        2e12,
    ];
    let mut all = Vec::with_capacity(size);
    for datum in 0..size as u32 {
        // Half of them far and wide, the others on little room, many in a cell.
        let (x, y) = if dice.below(2) == 0 {
            (dice.within(-400.0, 1600.0), dice.within(-300.0, 900.0))
        } else {
            (dice.within(90.0, 130.0), dice.within(90.0, 110.0))
        };
        let most = if dice.below(4) == 0 { 30.0 } else { 1.3 };
        let mut rect_css = [x, y, x + dice.within(0.0, most), y + dice.within(0.0, most)];
        match dice.below(64) {
            0 => rect_css[dice.below(4) as usize] = HOSTILE[dice.below(8) as usize],
            1 => rect_css[2] = rect_css[0],
            _ => {}
        }
        all.push(Mark {
            rect_css,
            fill: dice.throw(),
            stroke: dice.throw(),
            style: dice.throw(),
            datum,
        });
    }
    all
}

/// The job alone, with an empty twin.
pub fn cull_job(view: Cull, marks: &[Mark]) -> Job {
    let cells = view.cells[0] * view.cells[1];
    let words = kernel::words(view.count, cells);
    let blocks = words.div_ceil(32);
    let [see, tally, base, place] = shaders::CULL_PASSES;
    Job {
        name: "cull",
        size: marks.len(),
        wgsl: shaders::CULL_WGSL,
        passes: vec![
            (see, view.count.div_ceil(32)),
            (tally, blocks),
            (base, blocks),
            (place, words * 32),
        ],
        binds: vec![
            Bind::Uniform(words_of(&view)),
            Bind::Texels(bytemuck::cast_slice(marks).to_vec()),
            Bind::Write(vec![POISON; words as usize * 2]),
            Bind::Write(vec![POISON; blocks as usize]),
            Bind::Write(vec![0; cells as usize * 5]),
            Bind::Write(vec![POISON; 8]),
            Bind::Draw(rows(marks.len() + cells as usize)),
        ],
        lap: Box::new(|| {}),
        twin: Box::new(Vec::new),
    }
}

fn cull(size: usize, dice: &mut Dice) -> Job {
    let mut marks = marks(size, dice);
    let zoom = [dice.within(0.3, 3.0), dice.within(0.3, 3.0)];
    let origin = [dice.within(-50.0, 50.0), dice.within(-50.0, 50.0)];
    let [wide, high] = [960.0 / zoom[0], 540.0 / zoom[1]];
    let cells = [240, 135];
    let most = size + 240 * 135;
    let view = Cull {
        seen: [origin[0], origin[1], origin[0] + wide, origin[1] + high],
        origin,
        zoom,
        least: [1.0 / zoom[0], 1.0 / zoom[1]],
        cells,
        count: size as u32,
        under: dice.below(size as u32 + 2),
        // Now and then there is no room for all.
        room: if dice.below(4) == 0 {
            dice.below(most as u32)
        } else {
            most as u32
        },
        spare: 0,
    };
    // Some end on the very edge of the view, or are just as large as what is too small.
    for (at, mark) in marks.iter_mut().enumerate().filter(|(at, _)| at % 9 == 0) {
        let [left, top, right, bottom] = view.seen;
        let [x, y] = [dice.within(left, right), dice.within(top, bottom)];
        mark.rect_css = match at / 9 % 5 {
            0 => [left - 9.0, y, left, y + 9.0],
            1 => [x, top - 9.0, x + 9.0, top],
            2 => [right, y, right + 9.0, y + 9.0],
            3 => [x, bottom, x + 9.0, bottom + 9.0],
            _ => [left, top, left + view.least[0], top + view.least[1] * 0.5],
        };
    }
    let marks = Rc::new(marks);
    let Job {
        name,
        wgsl,
        passes,
        binds,
        ..
    } = cull_job(view, &marks);
    Job {
        name,
        size,
        wgsl,
        passes,
        binds,
        lap: Box::new({
            let (marks, mut out) = (marks.clone(), Vec::new());
            move || {
                black_box(kernel::cull(&view, &marks, &mut out));
            }
        }),
        twin: Box::new(move || {
            let mut out = Vec::new();
            let draws = kernel::cull(&view, &marks, &mut out);
            let sides: Vec<f32> = out.iter().flat_map(|m| m.rect_css).collect();
            let near = move |at: usize| {
                let [mark, side] = [at / 8, at % 8];
                let Some(css) = sides.get(mark * 4 + side).filter(|_| side < 4) else {
                    return 0.0;
                };
                (css.abs() + (origin[side % 2] * zoom[side % 2]).abs()) * NEAR
            };
            let placed = Answer {
                near: Box::new(near),
                ..exact(bytemuck::cast_slice(&out).to_vec())
            };
            vec![
                scratch(),
                scratch(),
                exact(vec![0; 240 * 135 * 5]),
                exact(draws.to_vec()),
                placed,
            ]
        }),
    }
}

fn tween(size: usize, dice: &mut Dice) -> Job {
    let before = Rc::new(marks(size, dice));
    let after = Rc::new(marks(size, dice));
    let params = Tween {
        count: size as u32,
        part: [0, 1, 20_000, 32_768, 65_535, 65_536, u32::MAX][dice.below(7) as usize],
    };
    let [pass] = shaders::TWEEN_PASSES;
    Job {
        name: "tween",
        size,
        wgsl: shaders::TWEEN_WGSL,
        passes: vec![(pass, size as u32)],
        binds: vec![
            Bind::Uniform(words_of(&params)),
            Bind::Texels(bytemuck::cast_slice(before.as_slice()).to_vec()),
            Bind::Texels(bytemuck::cast_slice(after.as_slice()).to_vec()),
            Bind::Draw(rows(size)),
        ],
        lap: Box::new({
            let (before, after, mut out) = (before.clone(), after.clone(), Vec::new());
            move || {
                kernel::tween(&params, &before, &after, &mut out);
                black_box(&mut out);
            }
        }),
        twin: Box::new(move || {
            let mut out = Vec::new();
            kernel::tween(&params, &before, &after, &mut out);
            let ends: Vec<[[f32; 4]; 2]> = before
                .iter()
                .zip(after.iter())
                .map(|(a, b)| [a.rect_css, b.rect_css])
                .collect();
            let near = move |at: usize| {
                let [mark, side] = [at / 8, at % 8];
                if side >= 4 || params.part == 0 || params.part >= 65_536 {
                    return 0.0;
                }
                let [from, to] = ends
                    .get(mark)
                    .map_or([0.0; 2], |e| e.map(|rect| rect[side].abs()));
                from.max(to) * NEAR
            };
            vec![Answer {
                near: Box::new(near),
                ..exact(bytemuck::cast_slice(&out).to_vec())
            }]
        }),
    }
}

/// Events in order of time with two codes and a target, of which the filter shows some, in columns
/// of a picture of 960 px.
fn bin(size: usize, dice: &mut Dice) -> Job {
    let n = size as u32;
    let codes: Rc<Vec<u32>> = Rc::new(
        (0..n)
            .map(|_| dice.below(12) | dice.below(300) << 8)
            .collect(),
    );
    let targets: Rc<Vec<u32>> = Rc::new((0..n).map(|_| dice.below(5000)).collect());
    let hostile = [f32::NAN, f32::INFINITY, -1.0, -0.0, 1e-40, f32::MAX];
    let amount = |dice: &mut Dice| {
        if dice.below(16) == 0 {
            hostile[dice.below(6) as usize]
        } else {
            dice.within(0.0, 30.0).powi(8)
        }
    };
    let amounts: Rc<Vec<u32>> = Rc::new((0..n).map(|_| amount(dice).to_bits()).collect());
    let mut bounds: Vec<u32> = (0..961).map(|_| dice.below(n + 1)).collect();
    bounds.sort_unstable();
    let bounds = Rc::new(bounds);
    // Some codes stand in no table and are lane 0 of it; the second code names the lane, the others
    // may leave out.
    let out = |dice: &mut Dice| u8::from(dice.below(3) == 0) * 255;
    let mut bytes: Vec<u8> = (0..10).map(|_| out(dice)).collect();
    bytes.extend((0..290).map(|_| dice.below(7) as u8));
    bytes.extend((0..4990).map(|_| out(dice)));
    let params = Bin {
        count: n,
        columns: 960,
        lanes: 1 + dice.below(8),
        least: if dice.below(2) == 0 {
            0
        } else {
            dice.within(0.0, 1e6).to_bits()
        },
        unit: 127 + dice.below(20),
        second: 10,
        third: 300,
        entries: bytes.len() as u32,
    };
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    let tables: Rc<Vec<u32>> = Rc::new(
        bytes
            .as_chunks::<4>()
            .0
            .iter()
            .map(|&b| u32::from_le_bytes(b))
            .collect(),
    );
    let cells = params.columns * params.lanes;
    let [empty, sum] = shaders::BIN_PASSES;
    let binds =
        [&codes, &targets, &amounts, &bounds, &tables].map(|words| Bind::Read(words.to_vec()));
    let twin = Rc::new(move || {
        let events = Events {
            codes: &codes,
            targets: &targets,
            amounts: &amounts,
            bounds: &bounds,
            tables: &tables,
        };
        kernel::bin(&params, &events)
    });
    Job {
        name: "bin",
        size,
        wgsl: shaders::BIN_WGSL,
        passes: vec![(empty, cells), (sum, n.div_ceil(kernel::RUN))],
        binds: [Bind::Uniform(words_of(&params))]
            .into_iter()
            .chain(binds)
            .chain([Bind::Write(vec![POISON; cells as usize * 3])])
            .collect(),
        lap: Box::new({
            let twin = twin.clone();
            move || drop(black_box(twin()))
        }),
        twin: Box::new(move || vec![exact(bytemuck::cast_slice(&twin()).to_vec())]),
    }
}
