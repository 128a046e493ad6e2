//! The engine that runs a model.

use std::path::Path;
use std::sync::Arc;

use rten::{Model, RunOptions, ThreadPool, ValueView};

/// A model that can be run.
pub(super) struct Engine {
    model: Model,
    /// One thread: a page gives the same on every machine, and documents are read beside each other.
    pool: Arc<ThreadPool>,
}

impl Engine {
    /// Loads a model.
    ///
    /// # Errors
    /// Where it cannot be used.
    pub(super) fn load(path: &Path) -> Result<Self, String> {
        let folder = path.parent().unwrap_or(path);
        let model = Model::load_file(path).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Self { model, pool: Arc::new(ThreadPool::with_num_threads(1)) })
    }

    /// The characters that a model of text tells apart, one a line.
    pub(super) fn characters(&self) -> Option<&str> {
        self.model.metadata().get("character")
    }

    /// Runs the model on a batch of pictures: the shape of what it gives, and the numbers.
    pub(super) fn run(&self, shape: [usize; 4], pixels: &[f32]) -> Result<([usize; 3], Vec<f32>), String> {
        let say = |error: &dyn std::fmt::Display| format!("the model failed: {error}");
        let input = ValueView::from_shape(shape, pixels).map_err(|error| say(&error))?;
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool)));
        let value = self.model.run_one(input.into(), Some(options)).map_err(|error| say(&error))?;
        value.into_shape_vec::<f32, 3>().map_err(|error| say(&error))
    }
}
