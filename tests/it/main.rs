//! The one integration test binary.

mod generator;
#[path = "../generator/mod.rs"]
mod invented;
