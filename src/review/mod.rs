//! A page on which a person signs for the figures: what is open in a folder of reports is looked at, accepted, corrected.

mod assets;
mod decide;
mod document;
mod http;
mod list;
mod log;
mod picture;
mod random;
mod server;
mod shown;
mod site;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::batch::done::{self, Filed, Sources};
use crate::batch::folder::PRIVATE;
use crate::batch::guard;
use crate::batch::options::usual_time;
use crate::batch::watchdog::lock;
use crate::error::Error;

use document::Document;
use log::Log;

pub use random::random;
pub use server::Server;

/// Documents that are kept as they were read, so that a reviewer who goes back need not wait.
const KEPT: usize = 12;

/// A folder of reports that is being reviewed.
pub struct Review {
    root: PathBuf,
    sources: Sources,
    reviewer: String,
    documents: Vec<Arc<Filed>>,
    log: Log,
    kept: Mutex<VecDeque<Arc<Document>>>,
    summaries: Mutex<list::Summaries>,
}

impl Review {
    /// A folder that `extract --out` filled; sources are looked for where they were found then too.
    ///
    /// # Errors
    /// Where it is no such folder.
    pub fn open(root: &Path, sources: Sources, reviewer: &str) -> Result<Self, Error> {
        let documents: Vec<Arc<Filed>> = done::documents(root)?.into_iter().map(Arc::new).collect();
        Ok(Self {
            root: root.to_owned(),
            sources,
            reviewer: reviewer.to_owned(),
            log: Log::open(root),
            kept: Mutex::default(),
            summaries: Mutex::new(list::read(root, &documents)),
            documents,
        })
    }

    /// How many documents it has.
    pub fn n_documents(&self) -> usize {
        self.documents.len()
    }

    /// Writes the page as files that a web space can serve: nothing can be decided there.
    ///
    /// # Errors
    /// Where they cannot be written, or a source cannot be had.
    pub fn write_site(&self, target: &Path) -> Result<Vec<String>, Error> {
        site::write(self, target)
    }

    /// What the review keeps for itself, below the folder.
    fn private(&self) -> PathBuf {
        self.root.join(PRIVATE).join("review")
    }

    fn filed(&self, id: &str) -> Option<&Arc<Filed>> {
        self.documents.iter().find(|filed| filed.id == id)
    }

    /// A document as this program reads it now.
    fn document(&self, id: &str) -> Result<Arc<Document>, Error> {
        let mut kept = lock(&self.kept);
        if let Some(at) = kept.iter().position(|document| document.filed.id == id)
            && let Some(document) = kept.remove(at)
        {
            kept.push_front(Arc::clone(&document));
            return Ok(document);
        }
        drop(kept);
        let filed = self.filed(id).ok_or_else(|| Error::Internal("no such document".to_owned()))?;
        let (filed, sources) = (Arc::clone(filed), self.sources.clone());
        let time = usual_time(filed.options.ocr.is_some());
        let document = guard::within(time, move || Document::read(filed, &sources))??;
        let document = Arc::new(document);
        let mut kept = lock(&self.kept);
        kept.push_front(Arc::clone(&document));
        kept.truncate(KEPT);
        Ok(document)
    }
}
