//! Which other reading of an amount the sums choose.

use crate::read_by_models::{printed, read_by_models, reconciled, table};

#[test]
fn that_two_amounts_are_the_same_says_nothing_against_the_reading_that_a_sum_chooses() {
    let drawn = table("基本支出", "甲项经费").replace("40.00", "45.00").replace("20.00", "15.00");
    let drawn = drawn.replace("| 15.00      | 10.00      | 5.00       |", "| 15.00      | 75.00      |            |");
    let found = reconciled(read_by_models(&[&drawn], &[("75.00", "15.00", 0.2)]));
    assert_eq!(printed(&found, 2)[2], "15.00", "{:?}", found.disclosure.notes);
}
