//! Which other reading of an amount the sums choose, and which one of a name the rest of the document.

use crate::page;
use crate::read_by_models::{failures, misread, printed, read_by_models, reconciled, table, trusted};

#[test]
fn that_two_amounts_are_the_same_says_nothing_against_the_reading_that_a_sum_chooses() {
    let drawn = table("基本支出", "甲项经费").replace("40.00", "45.00").replace("20.00", "15.00");
    let drawn = drawn.replace("| 15.00      | 10.00      | 5.00       |", "| 15.00      | 75.00      |            |");
    let found = reconciled(read_by_models(&[&drawn], &[("75.00", "15.00", 0.2)]));
    assert_eq!(printed(&found, 2)[2], "15.00", "{:?}", found.disclosure.notes);
}

#[test]
fn a_sum_that_one_digit_less_would_mend_accuses_nobody() {
    let more = misread().replace("80.00 ", "130.00");
    assert_eq!(failures(&reconciled(read_by_models(&[&more], &[]))), 0);
    let other = misread().replace("80.00 ", "174.00");
    assert!(failures(&reconciled(read_by_models(&[&other], &[]))) > 0);
}

#[test]
fn a_row_whose_amount_has_run_into_its_name_accuses_nobody() {
    let wrong = misread().replace("80.00 ", "30.00 ").replace("| 乙项经费 | 15.00 ", "| 乙项15.00|       ");
    assert_eq!(failures(&reconciled(read_by_models(&[&wrong], &[]))), 0);
    assert!(failures(&reconciled(page::document(&[&wrong]))) > 0, "a text layer says what it says");
}

#[test]
fn the_end_of_a_name_that_goes_on_in_another_line_is_borne_out_by_what_stands_before_it() {
    let wrapped = |name: [&str; 2]| {
        let row = "| 甲项经费 | 45.00      | 30.00      | 15.00      |";
        let of =
            |name: &str, amounts: &str| format!("| {name}{} | {amounts}", " ".repeat(8 - 2 * name.chars().count()));
        let both = [of(name[0], &row[row.len() - 38..]), of(name[1], "           |            |            |")];
        table("基本支出", "甲项经费").replace(row, &both.join("\n"))
    };
    let found = reconciled(read_by_models(&[&wrapped(["甲项经", "费"])], &[("费", "贵", 0.2)]));
    assert_eq!(trusted(&found), ["+++", "+++", "+++"], "公用经费");
    let found = reconciled(read_by_models(&[&wrapped(["甲项庚", "辛"])], &[("辛", "幸", 0.2)]));
    assert_eq!(trusted(&found), ["+++", "???", "+++"], "nothing else has the one before the other");
}
