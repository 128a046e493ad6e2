//! The page as files for a web space: the same to read, and nothing to decide.

use std::path::Path;

use serde_json::Value;

use super::assets::ASSETS;
use super::{Review, list, picture, shown};
use crate::batch::publish;
use crate::emit::decisions::Standing;
use crate::error::Error;

/// Writes them; gives what could not be shown.
pub(super) fn write(review: &Review, target: &Path) -> Result<Vec<String>, Error> {
    for (name, _, text) in ASSETS {
        publish::publish(&target.join(name), text.as_bytes())?;
    }
    let put =
        |name: &str, value: &Value| publish::publish(&target.join("data").join(name), value.to_string().as_bytes());
    put("list.json", &list::list(review, true)?)?;
    let mut remarks = Vec::new();
    for filed in &review.documents {
        let id = &filed.id;
        let document = match review.document(id) {
            Ok(document) => document,
            Err(error) => {
                remarks.push(format!("{}: {}: {error}", filed.name, error.code()));
                continue;
            }
        };
        let mut told = shown::document(&document);
        // What was left out of the reports is still in the pictures of their pages.
        let is_shown = !filed.options.redact_contacts;
        told["pictures"] = is_shown.into();
        put(&format!("{id}/document.json"), &told)?;
        let state =
            review.log.look(|decisions| shown::state(&document, decisions.of(id).unwrap_or(&Standing::default())))?;
        put(&format!("{id}/state.json"), &state)?;
        let numbers = document.pages.iter().map(|(page, ..)| *page).chain(document.dump.iter().map(|(page, _)| *page));
        for page in numbers.filter(|_| is_shown) {
            match picture::page(review, &document, page) {
                Ok(svg) => publish::publish(&target.join("data").join(format!("{id}/page-{page}.svg")), &svg)?,
                Err(error) => remarks.push(format!("{}: page {page}: {error}", filed.name)),
            }
        }
    }
    Ok(remarks)
}
