//! A figure as one place prints it, before it is put together with its like.

use rust_decimal::Decimal;

use super::{Key, Place};
use crate::reconcile::Trust;

/// A figure with its key.
pub(super) struct Sighting {
    pub(super) key: Key,
    pub(super) functional_name: Option<String>,
    pub(super) economic_name: Option<String>,
    pub(super) amount: Decimal,
    /// One unit of its last printed place, in yuan.
    pub(super) step: Decimal,
    pub(super) trust: Trust,
    pub(super) place: Place,
    /// Statement, record and column.
    pub(super) cell: Option<(usize, usize, usize)>,
    /// Of the rows that its table prints under its key, which one.
    pub(super) part: Option<u32>,
}
