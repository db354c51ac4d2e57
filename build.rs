//! Checks the drawing shaders and translates them to GLSL ES 3.00, so that what readers download
//! holds no shader compiler. And lists the languages that have a file, for the command line.
//!
//! `shaders.rs` has the texts as constants. `shaders.json` has them by name (`mark.wgsl`,
//! `mark.vertex.glsl`), for bundles whose wasm is built without the feature `shaders`:
//! tools/dist.mjs makes a script of each tier's, which only that tier loads.

use naga::back::glsl;
use std::{env, error::Error, fmt::Write as _, fs, path::Path};

/// Drawing shaders with their entries.
const DRAWN: [(&str, &[&str]); 2] = [
    ("mark", &["vertex", "fragment", "dashed"]),
    ("ribbon", &["vertex", "fragment"]),
];
/// Kernels with their passes in order.
const KERNELS: [(&str, &[&str]); 5] = [
    ("bin", &["empty", "sum"]),
    ("cull", &["see", "tally", "base", "place"]),
    ("relax", &["relax"]),
    ("tree", &["blocks", "spans", "before", "lay"]),
    ("tween", &["tween"]),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=shaders");
    println!("cargo::rerun-if-changed=lang");
    let mut texts = Texts::default();
    let abi = fs::read_to_string("shaders/abi.wgsl")?;
    let shared = abi.clone() + &fs::read_to_string("shaders/draw/common.wgsl")?;
    for (name, entries) in DRAWN {
        texts.draw(name, entries, &shared)?;
    }
    for (name, passes) in KERNELS {
        texts.kernel(name, passes, &abi)?;
    }
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);
    fs::write(out.join("shaders.rs"), texts.rust()?)?;
    fs::write(out.join("shaders.json"), texts.json())?;
    fs::write(out.join("languages.rs"), languages()?)?;
    Ok(())
}

/// What `shaders.rs` and `shaders.json` are made of.
#[derive(Default)]
struct Texts {
    /// The constants.
    rust: String,
    /// Texts by the names of files, with the names of their constants.
    files: Vec<(String, String, String)>,
}

impl Texts {
    fn constant(&mut self, name: &str, doc: &str, value: &str) -> Result<(), std::fmt::Error> {
        writeln!(self.rust, "/// {doc}\npub const {name}: &str = {value:?};")
    }

    /// A text that is a file too.
    fn file(
        &mut self,
        file: String,
        constant: String,
        doc: &str,
        text: String,
    ) -> Result<(), std::fmt::Error> {
        self.constant(&constant, doc, &text)?;
        self.files.push((file, constant, text));
        Ok(())
    }

    /// A drawing shader, in both languages.
    fn draw(&mut self, name: &str, entries: &[&str], shared: &str) -> Result<(), Box<dyn Error>> {
        let wgsl = shared.to_string() + &fs::read_to_string(format!("shaders/draw/{name}.wgsl"))?;
        // Checked as it was written, so that an error names a line that somebody wrote.
        let module = parse(&wgsl)?;
        let found: Vec<_> = module
            .entry_points
            .iter()
            .map(|point| point.name.as_str())
            .collect();
        if found != entries {
            return Err(format!("{name}.wgsl has the entries {found:?}, not {entries:?}").into());
        }
        let upper = name.to_uppercase();
        self.file(
            format!("{name}.wgsl"),
            format!("{upper}_WGSL"),
            &format!("`{name}.wgsl` with everything it needs, without comments."),
            without_comments(&wgsl),
        )?;
        // WebGL2 has one program for all: the entry that can draw anything comes last.
        let last = entries.last().ok_or("a shader without entries")?;
        for (stage, entry, kind) in [
            (naga::ShaderStage::Vertex, "vertex", "VERTEX"),
            (naga::ShaderStage::Fragment, last, "FRAGMENT"),
        ] {
            let (glsl, names) = translate(&module, stage, entry)?;
            self.file(
                format!("{name}.{}.glsl", kind.to_lowercase()),
                format!("{upper}_{kind}_GLSL"),
                &format!("The {entry} shader of `{name}.wgsl` in GLSL ES 3.00."),
                glsl,
            )?;
            if let Some([block, texture]) = names {
                let doc = "The uniform block that holds the frame.";
                self.constant(&format!("{upper}_FRAME"), doc, &block)?;
                let doc = "The sampler that reads the rows.";
                self.constant(&format!("{upper}_ROWS"), doc, &texture)?;
            }
        }
        Ok(())
    }

    /// A kernel and the names of its passes.
    fn kernel(&mut self, name: &str, passes: &[&str], abi: &str) -> Result<(), Box<dyn Error>> {
        let wgsl = abi.to_string() + &fs::read_to_string(format!("shaders/kernel/{name}.wgsl"))?;
        parse(&wgsl)?;
        let upper = name.to_uppercase();
        self.file(
            format!("{name}.wgsl"),
            format!("{upper}_WGSL"),
            &format!("`kernel/{name}.wgsl` with everything it needs, without comments."),
            without_comments(&wgsl),
        )?;
        writeln!(
            self.rust,
            "/// Its passes, in order.\npub const {upper}_PASSES: [&str; {}] = {passes:?};",
            passes.len()
        )?;
        Ok(())
    }

    /// `shaders.rs`.
    fn rust(&self) -> Result<String, std::fmt::Error> {
        let mut text = self.rust.clone();
        text += "/// The text of a name such as `mark.wgsl` or `mark.vertex.glsl`; empty for any other.\n";
        text += "pub fn named(name: &str) -> &'static str {\n    match name {\n";
        for (name, constant, _) in &self.files {
            writeln!(text, "        {name:?} => {constant},")?;
        }
        Ok(text + "        _ => \"\",\n    }\n}\n")
    }

    /// `shaders.json`.
    fn json(&self) -> String {
        let files: Vec<String> = self
            .files
            .iter()
            .map(|(name, _, text)| format!("{}:{}", json(name), json(text)))
            .collect();
        format!("{{{}}}", files.join(",\n"))
    }
}

/// Codes with their files, `lang/CODE.json`.
fn languages() -> Result<String, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir("lang")? {
        files.push(entry?.path());
    }
    files.sort();
    let mut text = String::from("[");
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "json"))
    {
        let code = file
            .file_stem()
            .and_then(|name| name.to_str())
            .ok_or("lang: a file without a name")?;
        write!(text, "({code:?}, {:?}),", fs::read_to_string(file)?)?;
    }
    Ok(text + "]")
}

fn parse(wgsl: &str) -> Result<naga::Module, Box<dyn Error>> {
    let module = naga::front::wgsl::parse_str(wgsl).map_err(|e| e.emit_to_string(wgsl))?;
    validate(&module).map_err(|e| e.emit_to_string(wgsl))?;
    Ok(module)
}

fn validate(
    module: &naga::Module,
) -> Result<naga::valid::ModuleInfo, Box<naga::WithSpan<naga::valid::ValidationError>>> {
    naga::valid::Validator::new(
        naga::valid::ValidationFlags::all(),
        naga::valid::Capabilities::empty(),
    )
    .validate(module)
    .map_err(Box::new)
}

/// GLSL, and the names of its uniform block and texture where it has both.
type Stage = (String, Option<[String; 2]>);

fn translate(
    module: &naga::Module,
    stage: naga::ShaderStage,
    entry: &str,
) -> Result<Stage, Box<dyn Error>> {
    // Only what this stage calls.
    let mut module = module.clone();
    module
        .entry_points
        .retain(|point| point.stage == stage && point.name == entry);
    naga::compact::compact(&mut module, naga::compact::KeepUnused::No);
    let info = validate(&module)?;
    let options = glsl::Options {
        version: glsl::Version::new_gles(300),
        // No coordinate adjustment: both tiers draw to a canvas whose clip space points up and
        // write z = 0, so one `clip_from_px` serves both. With the flag naga would turn the picture
        // upside down.
        writer_flags: glsl::WriterFlags::empty(),
        ..Default::default()
    };
    let wanted = glsl::PipelineOptions {
        shader_stage: stage,
        entry_point: entry.into(),
        multiview: None,
    };
    let mut glsl = String::new();
    let reflection = glsl::Writer::new(
        &mut glsl,
        &module,
        &info,
        &options,
        &wanted,
        Default::default(),
    )?
    .write()?;
    let block = reflection.uniforms.into_values().next();
    let texture = reflection.texture_mapping.into_keys().next();
    Ok((
        without_comments(&glsl),
        block.zip(texture).map(|(block, texture)| [block, texture]),
    ))
}

/// Comments, indentation and empty lines are for people: readers download none of them.
fn without_comments(wgsl: &str) -> String {
    let lines = wgsl
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default().trim());
    lines
        .filter(|line| !line.is_empty())
        .fold(String::new(), |text, line| text + line + "\n")
}

/// A text as JSON. Shaders are plain ASCII.
fn json(text: &str) -> String {
    format!(
        "\"{}\"",
        text.replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace('\n', "\\n")
    )
}
