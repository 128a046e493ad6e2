//! A page that is one picture: what is printed on it is read by models, and becomes glyphs and rulings like any other.
//!
//! What a model reads is believed by nobody: the report's own arithmetic says of each amount how far it can be trusted.

#[cfg(feature = "pictures")]
mod again;
#[cfg(feature = "pictures")]
mod alien;
#[cfg(feature = "pictures")]
mod blocks;
#[cfg(feature = "pictures")]
mod coded;
#[cfg(feature = "pictures")]
mod cover;
#[cfg(feature = "pictures")]
mod cut;
#[cfg(feature = "pictures")]
mod dashes;
#[cfg(feature = "pictures")]
mod drawn;
#[cfg(feature = "pictures")]
mod elsewhere;
#[cfg(feature = "pictures")]
#[cfg_attr(not(feature = "ocr"), path = "no_engine.rs")]
mod engine;
#[cfg(feature = "pictures")]
mod erase;
#[cfg(feature = "pictures")]
mod faces;
#[cfg(feature = "pictures")]
mod fours;
#[cfg(feature = "pictures")]
mod gray;
#[cfg(feature = "pictures")]
mod ink;
#[cfg(feature = "pictures")]
mod lines;
#[cfg(feature = "pictures")]
mod models;
#[cfg(feature = "pictures")]
mod numbered;
#[cfg(feature = "pictures")]
mod page;
#[cfg(feature = "pictures")]
mod pale;
#[cfg(feature = "pictures")]
mod paper;
#[cfg(feature = "pictures")]
mod parted;
#[cfg(feature = "pictures")]
mod piece;
#[cfg(feature = "pictures")]
mod place;
mod raster;
#[cfg(feature = "pictures")]
mod recognise;
#[cfg(feature = "pictures")]
mod seal;
#[cfg(feature = "pictures")]
mod short;
#[cfg(feature = "pictures")]
mod skew;
#[cfg(feature = "pictures")]
mod strokes;
#[cfg(feature = "pictures")]
mod words;
#[cfg(feature = "pictures")]
mod wrapped;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
#[cfg(feature = "pictures")]
use std::sync::Arc;
use std::sync::OnceLock;
use std::time::Instant;

use sha2::{Digest as _, Sha256};

use crate::geom::{Placing, Rect};
use crate::read::{Glyph, Piece, Ruling};
pub use raster::Raster;

/// Reads scanned pages with the models of a folder, which are loaded when the first such page comes.
pub struct Ocr {
    folder: PathBuf,
    fingerprint: OnceLock<u64>,
    /// On each page the places that are read a second time; `None` for reading whole pages.
    places: Option<Places>,
    #[cfg(feature = "pictures")]
    models: Arc<OnceLock<Result<models::Models, String>>>,
}

/// For each page some places on it, as it is seen.
pub type Places = BTreeMap<u32, Vec<Rect>>;

impl std::fmt::Debug for Ocr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Ocr").field(&self.folder).finish()
    }
}

/// A page's picture, as the page is seen.
pub struct Scan {
    /// Its pixels.
    pub raster: Raster,
    /// Pixels a point.
    pub scale: f32,
    /// The font that its glyphs are given.
    pub font: u16,
    /// Reading ends then.
    pub deadline: Instant,
}

impl Scan {
    /// The lines of the page where it is levelled, which need no model.
    #[cfg(feature = "pictures")]
    pub fn rulings(&self) -> Vec<Ruling> {
        page::rulings(self)
    }
}

/// What was read of a scanned page, upright and level.
#[derive(Debug, Default)]
pub struct Scanned {
    /// Width in points, upright.
    pub width: f32,
    /// Height in points, upright.
    pub height: f32,
    /// Its characters.
    pub glyphs: Vec<Glyph>,
    /// Its lines.
    pub rulings: Vec<Ruling>,
    /// What was read, piece by piece.
    pub pieces: Vec<Piece>,
    /// The way back to the page as it is seen.
    pub seen: Vec<Placing>,
    /// By how many degrees it was turned to be read.
    pub turned: f32,
    /// Where seals stood, as the page is seen.
    pub seals: Vec<Rect>,
    /// Areas that are dark throughout, as the page is seen.
    pub dark: Vec<Rect>,
}

impl Ocr {
    /// For the models of a folder.
    ///
    /// # Errors
    /// Where this program was built without what runs them.
    pub fn new(folder: &Path) -> Result<Self, String> {
        if cfg!(feature = "pictures") {
            Ok(Self {
                folder: folder.to_owned(),
                fingerprint: OnceLock::new(),
                places: None,
                #[cfg(feature = "pictures")]
                models: Arc::default(),
            })
        } else {
            Err("this program was built without its feature `ocr`".to_owned())
        }
    }

    /// Reads nothing but the lines that stand in some places, and each of them in other ways than before.
    pub fn again(&self, places: Places) -> Self {
        Self {
            folder: self.folder.clone(),
            fingerprint: self.fingerprint.clone(),
            places: Some(places),
            #[cfg(feature = "pictures")]
            models: Arc::clone(&self.models),
        }
    }

    /// Whether anything of a page is to be read.
    pub fn asks_for(&self, page: u32) -> bool {
        self.places.as_ref().is_none_or(|places| places.contains_key(&page))
    }

    /// The folder of the models.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Tells models apart, by the bytes of all files in their folder; 0 where they cannot be read.
    pub fn fingerprint(&self) -> u64 {
        *self.fingerprint.get_or_init(|| self.hash())
    }

    fn hash(&self) -> u64 {
        let mut files: Vec<PathBuf> = std::fs::read_dir(&self.folder)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        files.retain(|path| path.extension().is_some_and(|end| end == "onnx"));
        files.sort();
        let mut hash = Sha256::new();
        for path in files {
            hash.update(std::fs::read(path).unwrap_or_default());
        }
        hash.finalize().iter().take(8).fold(0, |all, byte| all << 8 | u64::from(*byte))
    }

    /// Reads the page of this number.
    ///
    /// # Errors
    /// Where the models cannot be loaded or fail, or where the time ends before the whole page is read.
    #[cfg(feature = "pictures")]
    pub fn read(&self, scan: &Scan, page: u32) -> Result<Scanned, String> {
        let read = || {
            let models = self.models.get_or_init(|| models::Models::load(&self.folder)).as_ref();
            let models = models.map_err(Clone::clone)?;
            match &self.places {
                Some(places) => again::read(models, scan, places.get(&page).map_or(&[], Vec::as_slice)),
                None => page::read(models, scan),
            }
        };
        // In a thread of its own: one of rayon's would begin another document while it waits for the models' threads.
        let run = std::thread::scope(|scope| scope.spawn(read).join());
        run.unwrap_or_else(|_| Err("reading it failed".to_owned()))
    }
}
