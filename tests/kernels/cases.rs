//! What the kernels are tried with: inputs from a seed, the twin's answer, and how the two are compared. Knows no GPU.

use ai_atlas::abi::{Cull, Mark, Tween};
use ai_atlas::kernel;
use ai_atlas::paint::{ROW_TEXELS, shaders};

/// What stands in every output before the run.
pub const POISON: u32 = 0xA5A5_A5A5;
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
    pub words: Words,
    /// What a word, read as f32, may differ by; 0 for words that must be the same.
    pub near: Box<dyn Fn(usize) -> f32>,
    /// What stands behind the words: [`POISON`] if nothing was to be written there; `None` for scratch that nobody looks at.
    pub behind: Option<u32>,
}

/// What a twin wrote, without another copy.
pub enum Words {
    Plain(Vec<u32>),
    Marks(Vec<Mark>),
    Cells(Vec<[u32; 3]>),
}

impl Words {
    pub fn all(&self) -> &[u32] {
        match self {
            Self::Plain(words) => words,
            Self::Marks(marks) => bytemuck::cast_slice(marks),
            Self::Cells(cells) => bytemuck::cast_slice(cells),
        }
    }
}

/// A kernel with inputs of one size.
pub struct Job {
    pub name: &'static str,
    pub size: usize,
    pub wgsl: &'static str,
    /// Entry points with their invocations.
    pub passes: Vec<(&'static str, u32)>,
    pub binds: Vec<Bind>,
    /// Computes what the shader computes, on the CPU.
    pub twin: Box<dyn FnMut() -> Vec<Answer>>,
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

/// How many words were compared, how many of them the twin had written, how many are wrong, how many are near and not the same.
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
        let words = answer.words.all();
        assert!(found.len() >= words.len(), "output {output} has room for {} of {} words", found.len(), words.len());
        all.written += words.len();
        for (at, &found) in found.iter().enumerate() {
            let Some(wanted) = words.get(at).copied().or(answer.behind) else { continue };
            all.words += 1;
            if found == wanted {
                continue;
            }
            let allowed = if at < words.len() { (answer.near)(at) } else { 0.0 };
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

fn exact(words: Words) -> Answer {
    Answer { words, near: Box::new(|_| 0.0), behind: Some(POISON) }
}

fn scratch() -> Answer {
    Answer { words: Words::Plain(Vec::new()), near: Box::new(|_| 0.0), behind: None }
}

fn words_of<T: bytemuck::NoUninit>(it: &T) -> Vec<u32> {
    bytemuck::cast_slice(bytemuck::bytes_of(it)).to_vec()
}

fn rows(marks: usize) -> usize {
    marks.div_ceil(IN_ROW).max(1)
}

/// The kernels that there are.
pub const KERNELS: [&str; 2] = ["cull", "tween"];

/// A kernel's job of one size from a seed.
pub fn job(kernel: &str, size: usize, seed: u64) -> Job {
    let dice = &mut Dice(seed);
    match kernel {
        "cull" => cull(size, dice),
        "tween" => tween(size, dice),
        other => panic!("no kernel {other}"),
    }
}

/// Marks large and small, in the view and not, one in 64 with numbers that nobody should send.
fn marks(size: usize, dice: &mut Dice) -> Vec<Mark> {
    const HOSTILE: [f32; 8] = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, 1e-40, -1e-42, -0.0, 2e12];
    let mut all = Vec::with_capacity(size);
    for datum in 0..size as u32 {
        let (x, y) = (dice.within(-400.0, 1600.0), dice.within(-300.0, 900.0));
        let most = if dice.below(4) == 0 { 30.0 } else { 1.3 };
        let mut rect_css = [x, y, x + dice.within(0.0, most), y + dice.within(0.0, most)];
        match dice.below(64) {
            0 => rect_css[dice.below(4) as usize] = HOSTILE[dice.below(8) as usize],
            // On the very edge of the view, or with no width.
            1 => rect_css[2] = 0.0,
            2 => rect_css[2] = rect_css[0],
            _ => {}
        }
        all.push(Mark { rect_css, fill: dice.throw(), stroke: dice.throw(), style: dice.throw(), datum });
    }
    all
}

fn cull(size: usize, dice: &mut Dice) -> Job {
    let marks = marks(size, dice);
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
        room: if dice.below(4) == 0 { dice.below(most as u32) } else { most as u32 },
        spare: 0,
    };
    let words = kernel::words(size as u32, 240 * 135);
    let blocks = words.div_ceil(32);
    let [see, tally, base, place] = shaders::CULL_PASSES;
    Job {
        name: "cull",
        size,
        wgsl: shaders::CULL_WGSL,
        passes: vec![(see, (size as u32).div_ceil(32)), (tally, blocks), (base, blocks), (place, words * 32)],
        binds: vec![
            Bind::Uniform(words_of(&view)),
            Bind::Texels(bytemuck::cast_slice(&marks).to_vec()),
            Bind::Write(vec![POISON; words as usize * 2]),
            Bind::Write(vec![POISON; blocks as usize]),
            Bind::Write(vec![0; 240 * 135 * 5]),
            Bind::Write(vec![POISON; 8]),
            Bind::Draw(rows(most)),
        ],
        twin: Box::new(move || {
            let mut out = Vec::new();
            let draws = kernel::cull(&view, &marks, &mut out);
            let sides: Vec<f32> = out.iter().flat_map(|m| m.rect_css).collect();
            let near = move |at: usize| {
                let [mark, side] = [at / 8, at % 8];
                let Some(css) = sides.get(mark * 4 + side).filter(|_| side < 4) else { return 0.0 };
                (css.abs() + (origin[side % 2] * zoom[side % 2]).abs()) * (1.0 / 4_194_304.0)
            };
            let cells = Words::Plain(vec![0; 240 * 135 * 5]);
            vec![scratch(), scratch(), exact(cells), exact(Words::Plain(draws.to_vec())), Answer { near: Box::new(near), ..exact(Words::Marks(out)) }]
        }),
    }
}

fn tween(size: usize, dice: &mut Dice) -> Job {
    let before = marks(size, dice);
    let after = marks(size, dice);
    let told = Tween { count: size as u32, part: [0, 1, 20_000, 32_768, 65_535, 65_536, u32::MAX][dice.below(7) as usize] };
    let [pass] = shaders::TWEEN_PASSES;
    Job {
        name: "tween",
        size,
        wgsl: shaders::TWEEN_WGSL,
        passes: vec![(pass, size as u32)],
        binds: vec![
            Bind::Uniform(words_of(&told)),
            Bind::Texels(bytemuck::cast_slice(&before).to_vec()),
            Bind::Texels(bytemuck::cast_slice(&after).to_vec()),
            Bind::Draw(rows(size)),
        ],
        twin: Box::new(move || {
            let mut out = Vec::new();
            kernel::tween(&told, &before, &after, &mut out);
            let ends: Vec<[[f32; 4]; 2]> = before.iter().zip(&after).map(|(a, b)| [a.rect_css, b.rect_css]).collect();
            let near = move |at: usize| {
                let [mark, side] = [at / 8, at % 8];
                if side >= 4 || told.part == 0 || told.part >= 65_536 {
                    return 0.0;
                }
                let [from, to] = ends.get(mark).map_or([0.0; 2], |e| e.map(|rect| rect[side].abs()));
                from.max(to) * (1.0 / 4_194_304.0)
            };
            vec![Answer { near: Box::new(near), ..exact(Words::Marks(out)) }]
        }),
    }
}
