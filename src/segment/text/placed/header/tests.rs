//! Headers drawn over rows: which texts stand under which names, and which groups over them.

use super::super::columns as stretches;
use super::super::text;
use super::*;
use crate::segment::text::line::Line;

fn rows(text: &str) -> Vec<TextRow> {
    let line = |text: &str| Line { page: 1, text: text.to_owned(), heads_page: false };
    text::rows(&text.lines().map(line).collect::<Vec<_>>())
}

/// What stands under a header that is drawn of so many lines.
fn headed(text: &str, n_head: usize) -> (Vec<String>, Headed) {
    let all = rows(text);
    let (head, body) = all.split_at(n_head);
    let names = names(head);
    let headed = columns(&stretches::columns(body), &names, body, Places::Drifting);
    let word = |id: &usize| names.get(*id).map(Name::word).unwrap_or_default();
    let path = |path: &Vec<usize>| path.iter().map(word).collect::<Vec<_>>().join("/");
    (headed.paths.iter().map(path).collect(), headed)
}

#[test]
fn a_column_is_bound_to_the_name_that_it_shares_places_with() {
    let (paths, headed) = headed(
        "项目            合计        基本支出    项目支出\n\
         某某支出        9.00        4.00        5.00\n\
         其他某某支出    7.00        3.00        4.00",
        1,
    );
    assert_eq!(paths, ["项目", "合计", "基本支出", "项目支出"]);
    assert!(headed.sure.iter().all(|sure| *sure));
}

#[test]
fn a_name_over_no_text_is_a_column_that_is_blank() {
    let (paths, headed) = headed(
        "项目            合计        基本支出    项目支出\n\
         某某支出        9.00                    9.00\n\
         其他某某支出    7.00                    7.00",
        1,
    );
    assert_eq!(paths, ["项目", "合计", "基本支出", "项目支出"]);
    assert_eq!(headed.columns.iter().position(|column| column.holds.is_none()), Some(2));
}

#[test]
fn a_group_stands_over_the_middle_of_its_columns() {
    let (paths, headed) = headed(
        "                          本年收入                         \n\
         项目          合计      基本支出      项目支出      上年结转\n\
         某某支出      9.00      4.00          3.00          2.00\n\
         其他支出      7.00      3.00          3.00          1.00",
        2,
    );
    assert_eq!(paths.first().map(String::as_str), Some("项目"));
    assert_eq!(paths.get(2).map(String::as_str), Some("本年收入/基本支出"));
    assert_eq!(headed.rivalled.len(), 5);
}
