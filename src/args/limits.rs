//! The flag that raises or lowers a limit of the reader.

use clap::Args;
use mingzhang::read::Limits;

#[derive(Debug, Args)]
pub(super) struct LimitArgs {
    /// Let reading a document cost more, or less: NAME=N, where NAME is pages, stream-bytes or document-bytes (inflated),
    /// ratio (of inflated to packed), page-operators, document-operators, form-depth, page-glyphs, document-glyphs,
    /// seconds or scan-seconds (of one scanned page); may be given again for others
    #[arg(long = "limit", value_name = "NAME=N", value_parser = limit)]
    limits: Vec<(String, u64)>,
}

impl LimitArgs {
    pub(super) fn plan(&self) -> Limits {
        let mut limits = Limits::default();
        for (name, value) in &self.limits {
            limits.set(name, *value);
        }
        limits
    }
}

fn limit(text: &str) -> Result<(String, u64), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=N")?;
    if Limits::default().get(name).is_none() {
        return Err(format!("expected one of {}", Limits::NAMES.join(", ")));
    }
    let value = value.parse().map_err(|_| format!("expected a whole number, found {value}"))?;
    Ok((name.to_owned(), value))
}
