//! The renderer for WebGL2, straight over web-sys. The shaders are the WebGPU ones, translated by
//! `build.rs`. Not here: which tier to take.

use js_sys::Uint32Array;
use wasm_bindgen::JsCast;
use web_sys::{
    OffscreenCanvas, WebGl2RenderingContext as Gl, WebGlBuffer, WebGlProgram, WebGlTexture,
    WebglLoseContext,
};

use super::{
    CacheKey, ClippedScene, ROW_TEXELS, Renderer, Shaders, Transition, Upload, frame, shaders,
    size_px,
};
use crate::abi::RIBBON_SEGMENTS;
use crate::scene::Scene;

/// Paints scenes into one OffscreenCanvas with WebGL2. Dropping it gives the context back at once:
/// a page may hold 16 of them.
#[derive(Debug)]
pub struct WebGl2Renderer {
    gl: Gl,
    canvas: OffscreenCanvas,
    frame: WebGlBuffer,
    marks: WebGlProgram,
    ribbons: WebGlProgram,
    scenes: Vec<SceneResources>,
    visible: ClippedScene,
    longest_px: u32,
}

/// A picture on the GPU.
#[derive(Debug, Default)]
struct SceneResources {
    cache_key: CacheKey,
    marks: Rows,
    ribbons: Rows,
    /// Marks under the ribbons, all marks, ribbons.
    counts: [i32; 3],
}

/// The texture that a program reads.
#[derive(Debug, Default)]
struct Rows {
    texture: Option<WebGlTexture>,
    capacity: u32,
}

impl WebGl2Renderer {
    /// Makes the programs on `gl`, the context of `canvas`: opaque, not antialiased, without depth,
    /// stencil and a kept drawing buffer.
    ///
    /// # Errors
    /// `no-context`: it is lost already; `shader`: the programs do not link.
    pub fn new(canvas: OffscreenCanvas, gl: Gl, texts: &Shaders) -> Result<Self, &'static str> {
        // A context may be dead on arrival: too many on the page, or a browser that has had enough
        // of GPU crashes.
        if gl.is_context_lost() {
            return Err("no-context");
        }
        let frame = gl.create_buffer().ok_or("no-context")?;
        let marks = program(
            &gl,
            texts,
            ["mark.vertex.glsl", "mark.fragment.glsl"],
            [shaders::MARK_FRAME, shaders::MARK_ROWS],
        );
        let ribbons = program(
            &gl,
            texts,
            ["ribbon.vertex.glsl", "ribbon.fragment.glsl"],
            [shaders::RIBBON_FRAME, shaders::RIBBON_ROWS],
        );
        let (Some(marks), Some(ribbons)) = (marks, ribbons) else {
            return Err("shader");
        };
        gl.bind_buffer_base(Gl::UNIFORM_BUFFER, 0, Some(&frame));
        gl.enable(Gl::BLEND);
        gl.blend_func(Gl::ONE, Gl::ONE_MINUS_SRC_ALPHA);
        // Pieces of a ribbon that a tight bend has turned over would show twice.
        gl.enable(Gl::CULL_FACE);
        gl.front_face(Gl::CW);
        gl.disable(Gl::DITHER);
        let longest = gl
            .get_parameter(Gl::MAX_VIEWPORT_DIMS)
            .ok()
            .and_then(|v| v.dyn_into::<js_sys::Int32Array>().ok());
        let longest_px = longest.map_or(2048, |v| v.get_index(0).min(v.get_index(1)).max(0) as u32);
        Ok(Self {
            gl,
            canvas,
            frame,
            marks,
            ribbons,
            scenes: Vec::new(),
            visible: ClippedScene::default(),
            longest_px,
        })
    }
}

impl WebGl2Renderer {
    /// Gives the canvas its size, device px.
    fn resize(&self, size: [u32; 2]) -> Result<(), &'static str> {
        let [width, height] = size;
        if width.max(height) > self.longest_px {
            return Err("too-large");
        }
        if [self.canvas.width(), self.canvas.height()] != size {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        // A browser that cannot have the memory gives a smaller buffer without a word.
        if [
            self.gl.drawing_buffer_width(),
            self.gl.drawing_buffer_height(),
        ] != size.map(|px| px as i32)
        {
            return Err("too-large");
        }
        Ok(())
    }

    /// Draws what was sent of a scene.
    fn draw(&self, at: usize, scene: &Scene, size: [u32; 2], scale: f32) {
        let Some(resources) = self.scenes.get(at) else {
            return;
        };
        let gl = &self.gl;
        let [under, marks, ribbons] = resources.counts;
        let [width, height] = size.map(|px| px as i32);
        gl.viewport(0, 0, width, height);
        gl.buffer_data_with_u8_array(
            Gl::UNIFORM_BUFFER,
            bytemuck::bytes_of(&frame(size, scale, &scene.viewport)),
            Gl::DYNAMIC_DRAW,
        );
        let [r, g, b, _] = scene.ground.to_le_bytes().map(|c| f32::from(c) / 255.0);
        gl.clear_color(r, g, b, 1.0);
        gl.clear(Gl::COLOR_BUFFER_BIT);
        resources.marks.draw(gl, &self.marks, 0, under * 6);
        resources
            .ribbons
            .draw(gl, &self.ribbons, 0, ribbons * 6 * RIBBON_SEGMENTS as i32);
        resources
            .marks
            .draw(gl, &self.marks, under * 6, (marks - under) * 6);
    }
}

impl SceneResources {
    /// Sends what can be seen of a scene.
    fn send(
        &mut self,
        gl: &Gl,
        visible: &mut ClippedScene,
        scene: &Scene,
        cache_key: CacheKey,
    ) -> Result<(), &'static str> {
        // Should anything fail, nothing is kept.
        self.cache_key = CacheKey {
            stamp: 0,
            ..cache_key
        };
        visible.keep(scene);
        self.counts = [visible.under, visible.marks.len(), visible.ribbons.len()].map(|n| n as i32);
        let [marks, ribbons] = visible.upload()?;
        self.marks
            .write(gl, marks, bytemuck::cast_slice(&visible.marks))?;
        self.ribbons
            .write(gl, ribbons, bytemuck::cast_slice(&visible.ribbons))?;
        self.cache_key = cache_key;
        Ok(())
    }
}

impl Renderer for WebGl2Renderer {
    fn paint(
        &mut self,
        scene: &Scene,
        scale: f32,
        cache_key: CacheKey,
        _transition: Option<Transition<'_>>,
    ) -> Result<(), &'static str> {
        if self.lost() {
            return Err("lost");
        }
        let size = size_px(scene, scale);
        if size.contains(&0) {
            return Ok(());
        }
        self.resize(size)?;
        let at = match self
            .scenes
            .iter()
            .position(|resources| resources.cache_key.key == cache_key.key)
        {
            Some(at) => at,
            None => {
                self.scenes.push(SceneResources::default());
                self.scenes.len() - 1
            }
        };
        let Some(resources) = self.scenes.get_mut(at) else {
            return Err("lost");
        };
        if !resources.cache_key.holds(cache_key) {
            resources.send(&self.gl, &mut self.visible, scene, cache_key)?;
        }
        self.draw(at, scene, size, scale);
        if self.lost() { Err("lost") } else { Ok(()) }
    }

    fn forget(&mut self, key: u32) {
        for resources in self
            .scenes
            .iter()
            .filter(|resources| resources.cache_key.key == key)
        {
            self.gl.delete_texture(resources.marks.texture.as_ref());
            self.gl.delete_texture(resources.ribbons.texture.as_ref());
        }
        self.scenes
            .retain(|resources| resources.cache_key.key != key);
    }

    fn lost(&self) -> bool {
        self.gl.is_context_lost()
    }
}

impl Drop for WebGl2Renderer {
    fn drop(&mut self) {
        self.gl.delete_buffer(Some(&self.frame));
        lose(&self.gl);
    }
}

/// Gives the context back now; the garbage collector may take minutes, and the page may hold 16.
fn lose(gl: &Gl) {
    if let Ok(Some(extension)) = gl.get_extension("WEBGL_lose_context") {
        extension
            .unchecked_into::<WebglLoseContext>()
            .lose_context();
    }
}

fn program(
    gl: &Gl,
    texts: &Shaders,
    [vertex, fragment]: [&str; 2],
    [block, rows]: [&str; 2],
) -> Option<WebGlProgram> {
    let program = gl.create_program()?;
    for (kind, name) in [(Gl::VERTEX_SHADER, vertex), (Gl::FRAGMENT_SHADER, fragment)] {
        let shader = gl.create_shader(kind)?;
        gl.shader_source(&shader, &texts.text(name));
        gl.compile_shader(&shader);
        gl.attach_shader(&program, &shader);
        gl.delete_shader(Some(&shader));
    }
    gl.link_program(&program);
    if gl
        .get_program_parameter(&program, Gl::LINK_STATUS)
        .is_falsy()
    {
        return None;
    }
    gl.use_program(Some(&program));
    gl.uniform_block_binding(&program, gl.get_uniform_block_index(&program, block), 0);
    gl.uniform1i(Some(&gl.get_uniform_location(&program, rows)?), 0);
    Some(program)
}

impl Rows {
    /// Sends the rows in one call; the texture is kept while it is large enough.
    fn write(&mut self, gl: &Gl, upload: Upload, words: &[u32]) -> Result<(), &'static str> {
        if upload.rows == 0 {
            return Ok(());
        }
        if self.texture.is_none() || upload.rows > self.capacity {
            gl.delete_texture(self.texture.as_ref());
            self.texture = gl.create_texture();
            self.capacity = upload.rows.next_power_of_two();
            gl.bind_texture(Gl::TEXTURE_2D, self.texture.as_ref());
            gl.tex_storage_2d(
                Gl::TEXTURE_2D,
                1,
                Gl::RGBA32UI,
                ROW_TEXELS as i32,
                self.capacity as i32,
            );
            gl.tex_parameteri(Gl::TEXTURE_2D, Gl::TEXTURE_MIN_FILTER, Gl::NEAREST as i32);
            gl.tex_parameteri(Gl::TEXTURE_2D, Gl::TEXTURE_MAG_FILTER, Gl::NEAREST as i32);
        } else {
            gl.bind_texture(Gl::TEXTURE_2D, self.texture.as_ref());
        }
        // Copied, not viewed: a view of wasm's memory is unsafe, and dies when that memory grows.
        let words = Uint32Array::from(words);
        gl.tex_sub_image_2d_with_i32_and_i32_and_u32_and_type_and_opt_array_buffer_view(
            Gl::TEXTURE_2D,
            0,
            0,
            0,
            upload.width as i32,
            upload.rows as i32,
            Gl::RGBA_INTEGER,
            Gl::UNSIGNED_INT,
            Some(&words),
        )
        .map_err(|_| "lost")
    }

    fn draw(&self, gl: &Gl, program: &WebGlProgram, first: i32, count: i32) {
        if count > 0 {
            gl.use_program(Some(program));
            gl.bind_texture(Gl::TEXTURE_2D, self.texture.as_ref());
            gl.draw_arrays(Gl::TRIANGLES, first, count);
        }
    }
}
