//! Pictures of pages, drawn when they are looked at, and kept.

use std::fs;

use super::Review;
use super::document::Document;
use crate::batch::options::usual_time;
use crate::batch::{guard, publish};
use crate::error::Error;
use crate::render;

/// The picture of a page as SVG.
pub(super) fn page(review: &Review, document: &Document, number: u32) -> Result<Vec<u8>, Error> {
    if document.is_dump() {
        let page = document.dump.iter().find(|(page, _)| *page == number);
        let (_, lines) = page.ok_or(Error::NoSuchPage { page: number, n_pages: document.n_pages })?;
        return Ok(render::lines(lines).into_bytes());
    }
    let filed = &document.filed;
    // Another version may draw otherwise.
    let name = format!("{}-{number}-{}.svg", filed.id, env!("CARGO_PKG_VERSION"));
    let place = review.private().join("pages").join(name);
    if let Ok(kept) = fs::read(&place) {
        return Ok(kept);
    }
    let (again, sources) = (document.filed.clone(), review.sources.clone());
    let drawn = guard::within(usual_time(false), move || {
        render::picture(&again.load(&sources)?, number, &again.options.limits)
    })??;
    // A folder that cannot be written has its pages drawn anew each time.
    let _ = publish::publish(&place, drawn.as_bytes());
    Ok(drawn.into_bytes())
}
