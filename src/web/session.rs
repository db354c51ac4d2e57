//! One open widget: its view, its picture, and the transition to that picture.

use wasm_bindgen::prelude::*;

use super::answer;
use crate::data::input::{Ask, Input};
use crate::data::{Column, Lang};
use crate::error::{Error, Issue};
use crate::protocol::LoadReply;
use crate::render::Transition;
use crate::scene::{Scene, Viewport};
use crate::widget::{Figure, View, Widget, transition};

pub(super) struct Session {
    pub(super) id: u32,
    pub(super) widget: Box<dyn Widget>,
    pub(super) view: View,
    pub(super) picture: Figure,
    /// Changes with the marks and ribbons of the picture: what renderers have been sent for it they
    /// keep.
    pub(super) stamp: u32,
    /// A transition to that picture, and how far it has come, 0 to 1.
    pub(super) moving: Option<Motion>,
    pub(super) part: f32,
    /// Columns on their way in.
    pub(super) columns: Vec<Column>,
    /// The kind of data that the widget draws.
    pub(super) kind: String,
}

pub(super) enum Motion {
    /// Nothing but the reader: from one place to another.
    Viewport(Viewport, Viewport),
    /// Marks and ribbons, from where [`transition::start`] says; and the scene between, for renderers
    /// without a kernel.
    Marks(Scene, Scene),
}

impl Session {
    /// Reads a file of whatever form.
    pub(super) fn read(&mut self, input: &Input<'_>) -> Result<Vec<Issue>, Error> {
        let Self { kind, widget, .. } = self;
        let ask = Ask {
            kind,
            ..Ask::default()
        };
        input.read(&ask, |_, file| widget.read(file))
    }

    /// The answer to data.
    pub(super) fn loaded(
        &self,
        read: &Result<Vec<Issue>, Error>,
        languages: &[Lang],
    ) -> Result<JsValue, JsValue> {
        answer(&LoadReply::new(read, self.widget.rows(), languages))
    }

    /// Lays out for a view.
    pub(super) fn lay_out(&mut self, view: View, animate: bool) {
        self.view = view;
        let before = core::mem::replace(&mut self.picture, self.widget.picture(&self.view)).scene;
        let scene = &self.picture.scene;
        let same = before.under == scene.under
            && before.marks == scene.marks
            && before.ribbons == scene.ribbons;
        self.stamp += u32::from(!same);
        let marks = before.marks.len().max(scene.marks.len());
        self.moving = match animate && marks <= transition::MAX_MARKS {
            true if same => Some(Motion::Viewport(before.viewport, scene.viewport)),
            true => Some(Motion::Marks(
                transition::start(&before, scene),
                Scene::default(),
            )),
            false => None,
        };
    }

    /// What is to be painted, under which stamp it is kept, and its transition for a renderer with kernels.
    pub(super) fn shown(&mut self, kernels: bool) -> (&Scene, u32, Option<Transition<'_>>) {
        let scene = &self.picture.scene;
        match &mut self.moving {
            Some(Motion::Marks(from, between)) => {
                // Where there are links too they move with the marks.
                if kernels && scene.ribbons.is_empty() {
                    return (
                        scene,
                        self.stamp,
                        Some(Transition {
                            from,
                            part: self.part,
                        }),
                    );
                }
                transition::between(from, scene, self.part, between);
                (between, 0, None)
            }
            _ => (scene, self.stamp, None),
        }
    }
}
