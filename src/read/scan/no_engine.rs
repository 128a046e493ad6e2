//! No engine: what is built without the feature `ocr` finds the lines of text in a picture, and reads none.

use std::path::Path;

/// There is none.
pub(super) enum Engine {}

impl Engine {
    /// Loads nothing.
    pub(super) fn load(_: &Path) -> Result<Self, String> {
        Err("this program was built without its feature `ocr`".to_owned())
    }

    pub(super) fn characters(&self) -> Option<&str> {
        match *self {}
    }

    pub(super) fn run(&self, _: [usize; 4], _: &[f32]) -> Result<([usize; 3], Vec<f32>), String> {
        match *self {}
    }
}
