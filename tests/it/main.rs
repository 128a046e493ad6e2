//! The one integration test binary.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod page;
mod segment;
mod terms;
