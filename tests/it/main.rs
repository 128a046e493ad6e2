//! The one integration test binary.

mod page;
mod segment;
mod terms;
