//! The flag that has scanned pages read by models.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use clap::error::ErrorKind;
use mingzhang::read::scan::Ocr;

#[derive(Debug, Args)]
pub(super) struct OcrArgs {
    /// Read scanned pages with the models in folder MODELS, which scripts/ocr-models.sh brings: what a model reads is
    /// never trusted for itself, but where the report's own sums confirm it. A full page of a table takes about 1.4 seconds
    /// of a processor, a worker about 174 MB
    #[arg(long, value_name = "MODELS")]
    ocr: Option<PathBuf>,
}

impl OcrArgs {
    /// The models, if any are asked for.
    ///
    /// # Errors
    /// Where this program was built without what runs them, or the folder does not hold them.
    pub(super) fn plan(&self) -> Result<Option<Arc<Ocr>>, clap::Error> {
        let ocr = self.ocr.as_deref().map(Ocr::new).transpose();
        let ocr = ocr.map_err(|error| clap::Error::raw(ErrorKind::InvalidValue, format!("--ocr: {error}\n")))?;
        Ok(ocr.map(Arc::new))
    }
}
