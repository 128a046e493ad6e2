//! The one integration test binary.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod overprint;
mod page;
mod pdf;
mod read;
mod read_corpus;
mod rulings;
mod segment;
mod terms;
