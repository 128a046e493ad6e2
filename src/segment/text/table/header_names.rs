//! Names of a header that no report prints: those of two columns in one, that of one column in two, sentences.

use crate::terms::department;
use crate::terms::header::HeaderWord;
use crate::terms::header_traits::{ENDS_OF_MONEY, HeaderTraits, names_two_sources};

/// Whether a name of a header is none that a report prints: a sentence, or the names of two columns in one.
pub(super) fn has_unlikely_name(paths: &[Vec<String>]) -> bool {
    let is_joined = |name: &str| ENDS_OF_MONEY.iter().any(|end| name.matches(end).count() > 1);
    let is_unlikely = |name: &String| {
        name.contains(['，', '。', '；'])
            || name.ends_with('、')
            || is_joined(name)
            || names_two_sources(name)
            || is_two_names(name)
            || is_cut_comparison(name)
    };
    // （按大类） alone is the end of the name above it.
    let is_bracket = |name: &String| name.starts_with(['（', '(']) && name.ends_with(['）', ')']);
    let ends_in_bracket = |path: &Vec<String>| path.len() > 1 && path.last().is_some_and(is_bracket);
    let is_number = |name: &String| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    // A year without 年 is a piece of a name, and whose money it is stands above the header.
    let is_no_group = |name: &String| is_number(name) || department::is_name(name);
    let groups = |path: &Vec<String>| path.split_last().is_some_and(|(_, groups)| groups.iter().any(is_no_group));
    paths.iter().flatten().any(|name| HeaderWord::of(name).is_none() && is_unlikely(name))
        || paths.iter().any(|path| groups(path) || ends_in_bracket(path))
}

/// Whether the names of two columns side by side are the two halves of one word: 国有资本经 and 营预算 are one column.
pub(super) fn has_parted_word(paths: &[Vec<String>]) -> bool {
    let leaves: Vec<&str> = paths.iter().filter_map(|path| path.last().map(String::as_str)).collect();
    let is_whole = |left: &str, right: &str| HeaderWord::of(&format!("{left}{right}")).is_some();
    leaves.windows(2).any(|pair| match pair {
        [left, right] if [left, right].iter().all(|half| HeaderWord::of(half).is_none()) => {
            is_whole(left, right) || is_whole(right, left)
        }
        _ => false,
    })
}

/// 2031年预算数比2030年: what is compared with the other year stands elsewhere.
fn is_cut_comparison(name: &str) -> bool {
    name.ends_with('年') && name.contains(['比', '较'])
}

/// Endings of a whole name of a column of names or codes.
const ENDS_OF_NAMES: [&str; 7] = ["单位", "部门", "大类", "类别", "名称", "编码", "代码"];

/// 预算单位科目编码, 采购项目其中：2031年, 公用经费支出备注: a name goes on where it has ended.
fn is_two_names(name: &str) -> bool {
    let is_within = name.find("其中").is_some_and(|at| {
        let before = name.get(..at).unwrap_or_default();
        !before.is_empty() && !before.ends_with(['（', '(', '，', '—', '-'])
    });
    let starts: Vec<usize> = name.char_indices().map(|(at, _)| at).chain([name.len()]).collect();
    let parts = starts.get(MIN_NAME_CHARS..starts.len().saturating_sub(MIN_NAME_CHARS + 1)).unwrap_or_default();
    let is_end = |text: &str, ends: &[&str]| ends.iter().any(|end| text.ends_with(end));
    let is_remark = |(left, right): (&str, &str)| {
        HeaderWord::of(right) == Some(HeaderWord::Text)
            && matches!(HeaderWord::of(left), Some(HeaderWord::Amount | HeaderWord::Total))
    };
    is_within
        || starts.iter().any(|at| is_remark(name.split_at(*at)))
        || n_words(name).is_some_and(|n| n >= MANY_WORDS)
        || parts.iter().any(|at| {
            let (left, right) = name.split_at(*at);
            is_end(left, &ENDS_OF_NAMES) && is_end(right, &["名称", "编码", "代码"])
        })
}

/// How many names of columns a text is that is nothing but such names, at least: 人数金额备注 is three.
fn n_words(name: &str) -> Option<usize> {
    let ends: Vec<usize> = name.char_indices().map(|(at, _)| at).chain([name.len()]).collect();
    // For each end the fewest words up to there.
    let mut fewest = vec![None; ends.len()];
    *fewest.first_mut()? = Some(0);
    for (idx, end) in ends.iter().enumerate().skip(1) {
        let words = ends.iter().zip(&fewest).take(idx);
        let before =
            words.filter(|(start, _)| name.get(**start..*end).is_some_and(|word| HeaderWord::of(word).is_some()));
        let n_before = before.filter_map(|(_, n)| *n).min();
        fewest[idx] = n_before.map(|n: usize| n + 1);
    }
    *fewest.last()?
}

/// So many names in a row are those of as many columns.
const MANY_WORDS: usize = 3;

/// 财政拨款财政专户管理项目名称: the name of a column of amounts goes on into that of a column of names.
pub(super) fn is_blend(name: &str) -> bool {
    // 部门预算支出经济科目名称 begins with the name of amounts, and is one name all the same.
    if HeaderWord::of(name).is_some() {
        return false;
    }
    let ends = |from: usize| name.char_indices().map(|(at, _)| at).skip(MIN_NAME_CHARS).filter(move |at| *at >= from);
    let first = ends(0).find(|at| name.get(..*at).and_then(HeaderWord::of) == Some(HeaderWord::Amount));
    first.is_some_and(|end| ends(end).any(|at| name.get(at..).and_then(HeaderWord::of) == Some(HeaderWord::Label)))
        || goes_on_with_code(name)
}

/// 本年某支出科目编码: the name of a group goes on into that of the first column beside it.
fn goes_on_with_code(name: &str) -> bool {
    let group = name.strip_suffix("科目编码").unwrap_or_default();
    let is_money = ["收入", "支出", "结余"].iter().any(|end| group.ends_with(end));
    is_money && group.chars().count() > MIN_NAME_CHARS + 1 && HeaderWord::of(name).is_none()
}

/// Whether a column is 基本支出 and another of the same level 人员经费 or 公用经费.
pub(super) fn is_basic_beside_parts(paths: &[Vec<String>], column: usize) -> bool {
    let Some((leaf, above)) = paths.get(column).and_then(|path| path.split_last()) else { return false };
    let is_part = |path: &Vec<String>| {
        path.split_last().is_some_and(|(leaf, others)| others == above && HeaderTraits::of(leaf).is_of_basic)
    };
    HeaderTraits::of(leaf).is_basic && paths.iter().any(is_part)
}

/// A column's name of fewer characters may be a part of another.
const MIN_NAME_CHARS: usize = 3;

#[cfg(test)]
mod tests {
    use super::super::super::drawn::paths;
    use super::*;

    #[test]
    fn two_halves_of_a_word_side_by_side_are_one_column() {
        assert!(has_parted_word(&paths("项目|国有资本经|营预算")));
        assert!(has_parted_word(&paths("项目|营预算|国有资本经")));
        assert!(!has_parted_word(&paths("项目|国有资本经营预算|单位资金")));
        assert!(!has_parted_word(&paths("项目|甲|乙")));
    }

    #[test]
    fn a_name_of_two_sources_or_of_half_a_comparison_is_unlikely() {
        assert!(has_unlikely_name(&paths("项目|支出/一般公共预政府性基金算")));
        assert!(has_unlikely_name(&paths("项目|2031年预算数比2030年/执行数/增减额")));
        assert!(!has_unlikely_name(&paths("项目|2031年预算数比2030年执行数/增减额|一般公共预算|上年")));
    }

    #[test]
    fn basic_expenditure_beside_what_it_is_divided_into_is_a_group() {
        let is_group = |header: &str| is_basic_beside_parts(&paths(header), 2);
        assert!(is_group("项目|合计|一般公共预算基本支出|人员经费"));
        assert!(!is_group("项目|合计|基本支出|项目支出") && !is_group("项目|合计|甲/基本支出|乙/人员经费"));
    }

    #[test]
    fn a_remark_behind_money_is_another_name() {
        assert!(is_two_names("公用经费支出备注"));
        assert!(!is_two_names("公用经费支出"));
    }

    #[test]
    fn three_names_in_a_row_are_those_of_three_columns() {
        assert!(is_two_names("人数金额备注") && !is_two_names("人数金额") && !is_two_names("人数金额某某备注"));
    }
}
