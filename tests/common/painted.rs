//! Small scenes and their pixels, for tests of the raster.
#![allow(dead_code, reason = "each test binary needs a part of it")]

use ai_atlas::abi::{Mark, NO_DATUM, Ribbon, rgba};
use ai_atlas::render::raster;
use ai_atlas::scene::Scene;

pub(crate) const WHITE: u32 = rgba(255, 255, 255, 255);

pub(crate) const BLACK: u32 = rgba(0, 0, 0, 255);

pub(crate) const RED: u32 = rgba(255, 0, 0, 255);

pub(crate) fn mark(rect_css: [f32; 4], fill: u32, style: u32) -> Mark {
    Mark {
        rect_css,
        fill,
        stroke: RED,
        style,
        datum: NO_DATUM,
    }
}

pub(crate) fn straight(x0: f32, x1: f32, y: f32, half_width_css: f32, form: u32) -> Ribbon {
    let third = (x1 - x0) / 3.0;
    Ribbon {
        start_css: [x0, y, x0 + third, y],
        end_css: [x1 - third, y, x1, y],
        half_width_css,
        fill: BLACK,
        style: form,
        datum: NO_DATUM,
    }
}

pub(crate) fn scene(size: f32, marks: Vec<Mark>, ribbons: Vec<Ribbon>) -> Scene {
    Scene {
        size_css: [size; 2],
        ground: WHITE,
        under: marks.len(),
        marks,
        ribbons,
        ..Scene::default()
    }
}

pub(crate) struct Figure {
    pub(crate) width: usize,
    pub(crate) pixels: Vec<u8>,
}

impl Figure {
    pub(crate) fn of(scene: &Scene, scale: f32) -> Self {
        // Poisoned: a painter that leaves something out must not pass on what a fresh buffer holds.
        let mut pixels = vec![0xA5; 77];
        let [width, height] = raster::paint(scene, scale, &mut pixels);
        assert_eq!(pixels.len(), (width * height * 4) as usize);
        Self {
            width: width as usize,
            pixels,
        }
    }

    pub(crate) fn at(&self, x: usize, y: usize) -> [u8; 4] {
        let start = (y * self.width + x) * 4;
        self.pixels[start..start + 4].try_into().unwrap()
    }

    /// How dark a grey pixel is: 0 white, 1 black.
    pub(crate) fn dark(&self, x: usize, y: usize) -> f32 {
        1.0 - f32::from(self.at(x, y)[1]) / 255.0
    }
}
