//! The flag that has scanned pages read by models.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use clap::error::ErrorKind;
use mingzhang::read::scan::Ocr;

/// The word for models that are installed beside the program, which the Python package replaces by their folder.
const INSTALLED: &str = "installed";

#[derive(Debug, Args)]
pub(super) struct OcrArgs {
    /// Read scanned pages with the models in folder MODELS, which scripts/ocr-models.sh brings; the Python package's
    /// command knows those of pip install 'mingzhang[ocr]' as `installed`. What a model reads is never trusted for itself, but
    /// where the report's own sums confirm it. About 1.5 s of one processor a page, 180 MB a worker
    #[arg(long, value_name = "MODELS")]
    ocr: Option<PathBuf>,
}

impl OcrArgs {
    /// The models, if any are asked for.
    ///
    /// # Errors
    /// Where this program was built without what runs them, or the folder does not hold them.
    pub(super) fn plan(&self) -> Result<Option<Arc<Ocr>>, clap::Error> {
        let is_word = |folder: &Path| folder == Path::new(INSTALLED) && !folder.is_dir();
        if self.ocr.as_deref().is_some_and(is_word) {
            let reason = "--ocr installed: expected the command of the Python package; this one takes a folder\n";
            return Err(clap::Error::raw(ErrorKind::InvalidValue, reason));
        }
        let ocr = self.ocr.as_deref().map(Ocr::new).transpose();
        let ocr = ocr.map_err(|error| clap::Error::raw(ErrorKind::InvalidValue, format!("--ocr: {error}\n")))?;
        Ok(ocr.map(Arc::new))
    }
}
