//! The models that read pictures of text, as they lie in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::engine::Engine;

/// What the name of each model's file has in it.
const RECOGNISES: &str = "_rec_";

/// Models that are loaded.
pub(super) struct Models {
    recognise: Engine,
    /// What each class of the recogniser stands for; the first one for nothing.
    pub(super) classes: Vec<String>,
}

/// What a model gives for a batch: a row of numbers each step of each picture.
pub(super) struct Answer {
    pub(super) shape: [usize; 3],
    pub(super) numbers: Vec<f32>,
}

impl Models {
    /// Loads the models of a folder.
    ///
    /// # Errors
    /// Says which file is missing or cannot be used.
    pub(super) fn load(folder: &Path) -> Result<Self, String> {
        let recognise = Engine::load(&find(folder, RECOGNISES)?)?;
        let names = recognise.characters().ok_or("expected a model of text that lists its characters")?;
        let mut classes = vec![String::new()];
        classes.extend(names.lines().map(str::to_owned));
        classes.push(" ".to_owned());
        Ok(Self { recognise, classes })
    }

    /// Runs the recogniser on pictures of lines: `n` of them, three channels, all of one height and width.
    pub(super) fn recognise(&self, shape: [usize; 4], pixels: &[f32]) -> Result<Answer, String> {
        let (shape, numbers) = self.recognise.run(shape, pixels)?;
        if shape[2] != self.classes.len() {
            return Err(format!(
                "the model of text tells {} characters apart and lists {}",
                shape[2],
                self.classes.len()
            ));
        }
        Ok(Answer { shape, numbers })
    }
}

fn find(folder: &Path, part: &str) -> Result<PathBuf, String> {
    let say = |error: &dyn std::fmt::Display| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(|error| say(&error))?;
    let mut names: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            name.contains(part) && name.ends_with(".onnx")
        })
        .collect();
    names.sort();
    names.into_iter().next().ok_or_else(|| say(&format!("expected a file named *{part}*.onnx")))
}
