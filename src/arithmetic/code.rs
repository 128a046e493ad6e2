//! Classification and unit codes, in one column, split over several, or in front of a label; the levels that they give.

use super::{Column, Row};
use crate::terms::column::ColumnRole;
use crate::terms::subject::EconomicSystem;

/// A code as its digits: how many and their value, so that a prefix is a division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Code {
    n_digits: u8,
    value: u64,
}

/// Longest code that is told apart; longer runs of digits are project numbers and no classification.
const MAX_DIGITS: usize = 12;

impl Code {
    /// Reads a run of digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let n = text.len();
        if n == 0 || n > MAX_DIGITS || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        Some(Self { n_digits: u8::try_from(n).ok()?, value: text.parse().ok()? })
    }

    /// How many digits.
    pub(crate) fn n_digits(self) -> u8 {
        self.n_digits
    }

    /// The code with only its first digits.
    pub(crate) fn prefix(self, n_digits: u8) -> Option<Self> {
        let cut = self.n_digits.checked_sub(n_digits)?;
        Some(Self { n_digits, value: self.value / 10u64.checked_pow(u32::from(cut))? })
    }

    /// Whether this code is a proper beginning of another.
    pub(crate) fn heads(self, other: Self) -> bool {
        self.n_digits < other.n_digits && other.prefix(self.n_digits) == Some(self)
    }

    /// Whether it has the shape of a functional or economic class (类, 款 or 项).
    pub(crate) fn is_class(self) -> bool {
        matches!(self.n_digits, 3 | 5 | 7) && matches!(self.first_digit(), 2 | 3 | 5)
    }

    /// Whether it has the shape of an economic class.
    pub(crate) fn is_economic(self) -> bool {
        self.is_class() && matches!(self.first_digit(), 3 | 5)
    }

    /// The system of economic classes that it belongs to.
    pub(crate) fn system(self) -> Option<EconomicSystem> {
        match self.first_digit() {
            3 => Some(EconomicSystem::Department),
            5 => Some(EconomicSystem::Government),
            _ => None,
        }
    }

    /// Its first digit: 2 of functions, 3 of a department's economic classes, 5 of the government's.
    pub(crate) fn first_digit(self) -> u64 {
        self.prefix(1).map_or(0, |code| code.value)
    }

    fn join(self, tail: Self) -> Option<Self> {
        // 2 stands for 02 where a spreadsheet took the code for a number.
        let width = tail.n_digits.max(2);
        let n_digits = self.n_digits.checked_add(width).filter(|n| usize::from(*n) <= MAX_DIGITS)?;
        let value = self.value.checked_mul(10u64.checked_pow(u32::from(width))?)?.checked_add(tail.value)?;
        Some(Self { n_digits, value })
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:0width$}", self.value, width = usize::from(self.n_digits))
    }
}

/// One way of coding the rows of a side: a code, or none, for each of its lines.
pub(crate) type System = Vec<Option<Code>>;

/// Reads every coding of the given label and code columns over the given records.
pub(crate) fn systems<R: Row>(columns: &[Column], head: &[usize], records: &[&R]) -> Vec<System> {
    let mut systems = codings(columns, head, records);
    // Codes that stand on a single row order nothing.
    systems.retain(|system| system.iter().flatten().count() > 1);
    systems
}

/// Reads every coding as [`systems`] does, also one of a single row.
pub(crate) fn codings<R: Row>(columns: &[Column], head: &[usize], records: &[&R]) -> Vec<System> {
    groups(columns, head, records).into_iter().map(|group| coding(columns, group, records)).collect()
}

/// The columns of each coding.
fn groups<'a, R: Row>(columns: &[Column], head: &'a [usize], records: &[&R]) -> Vec<&'a [usize]> {
    let mut groups = Vec::new();
    let mut rest = head;
    while !rest.is_empty() {
        let (group, others) = rest.split_at(split_group(columns, rest, records).clamp(1, rest.len()));
        groups.push(group);
        rest = others;
    }
    groups
}

fn coding<R: Row>(columns: &[Column], group: &[usize], records: &[&R]) -> System {
    match group {
        [only] if is_coded(columns, *only) => completed(joined(group, records)),
        [only] => lettered(*only, records),
        _ => joined(group, records),
    }
}

fn is_coded(columns: &[Column], column: usize) -> bool {
    columns.get(column).is_some_and(|column| column.role == ColumnRole::Code)
}

/// Whether a column holds the codes of units or projects, which may look like classes.
pub(crate) fn codes_others(column: &Column) -> bool {
    let has = |cell: &str, words: &[&str]| words.iter().any(|word| cell.contains(word));
    column.path.iter().any(|cell| {
        has(cell, &["编码", "代码", "编号"])
            && has(cell, &["单位", "部门", "项目"])
            && !has(cell, &["科目", "分类", "经济", "功能"])
    })
}

/// The level of each record: 类 (3 digits) 0, 款 (5) 1, 项 (7) 2, by the first of its codings that it has a code of.
///
/// Where only 款 or 项 is printed the level is the column's. Rows of a table with codes on several sides have no level
/// of their own, and the code of a unit (单位编码) says none.
pub(crate) fn levels<R: Row>(columns: &[Column], records: &[R]) -> Vec<Option<u8>> {
    let records: Vec<&R> = records.iter().collect();
    let mut levels = vec![None; records.len()];
    let n_first = columns.iter().take_while(|column| column.role != ColumnRole::Amount).count();
    let naming = |column: &usize| {
        columns.get(*column).is_some_and(|c| matches!(c.role, ColumnRole::Code | ColumnRole::Label) && !codes_others(c))
    };
    let behind: Vec<usize> = (n_first..columns.len()).filter(naming).collect();
    let classifies = |group: &&[usize]| coding(columns, group, &records).iter().flatten().any(|code| code.is_class());
    if behind.iter().any(|column| is_coded(columns, *column))
        || groups(columns, &behind, &records).iter().any(classifies)
    {
        return levels;
    }
    let head: Vec<usize> = (0..n_first).filter(naming).collect();
    for group in groups(columns, &head, &records) {
        let before_names = matches!(group, [only] if !is_coded(columns, *only));
        for ((level, code), record) in levels.iter_mut().zip(coding(columns, group, &records)).zip(&records) {
            let code = code.filter(|code| code.is_class() || !before_names);
            *level = level.or_else(|| match code?.n_digits {
                3 => Some(0),
                5 => Some(1),
                7 => Some(2),
                _ => None,
            });
            *level = level.or_else(|| named_level(columns, group, *record));
        }
    }
    levels
}

/// The level of the deepest of the columns 类, 款 and 项 that a record fills with a part of a code.
fn named_level<R: Row>(columns: &[Column], group: &[usize], record: &R) -> Option<u8> {
    group.iter().rev().find_map(|column| {
        let level = match columns.get(*column)?.path.last()?.as_str() {
            "类" => 0,
            "款" => 1,
            "项" => 2,
            _ => return None,
        };
        Code::parse(record.text(*column)?).filter(|code| code.n_digits <= 3).map(|_| level)
    })
}

/// How many of the columns from here on hold the parts of one code (类, 款, 项); 0 where the first holds no code.
fn split_group<R: Row>(columns: &[Column], head: &[usize], records: &[&R]) -> usize {
    let Some(&first) = head.first().filter(|c| is_coded(columns, **c)) else { return 0 };
    let leaf = |column: usize| columns.get(column).and_then(|c| c.path.last()).map(String::as_str).unwrap_or_default();
    let short = |column: usize| {
        let mut any = false;
        records.iter().filter_map(|r| r.text(column)).all(|t| {
            any = true;
            t.len() <= 2 && Code::parse(t).is_some() || Code::parse(t).is_none() && !t.is_ascii()
        }) && any
    };
    let mut n = 1;
    let mut last = first;
    while let Some(&next) = head.get(n).filter(|c| is_coded(columns, **c) && **c == last + 1) {
        if !(matches!(leaf(next), "款" | "项") || short(next)) || leaf(next) == "类" {
            break;
        }
        n += 1;
        last = next;
    }
    n
}

/// A code split over columns, or in one; a part left blank is taken from the rows above.
fn joined<R: Row>(columns: &[usize], records: &[&R]) -> System {
    let mut current: Vec<Option<Code>> = vec![None; columns.len()];
    records
        .iter()
        .map(|record| {
            let parts: Vec<Option<Code>> = columns.iter().map(|c| record.text(*c).and_then(Code::parse)).collect();
            let deepest = parts.iter().rposition(Option::is_some)?;
            for (slot, part) in current.iter_mut().zip(&parts).take(deepest + 1) {
                *slot = part.or(*slot);
            }
            current.iter_mut().skip(deepest + 1).for_each(|slot| *slot = None);
            let mut filled = current.iter().take(deepest + 1);
            let first = (*filled.next()?)?;
            // Some columns of 款 and 项 print the whole code so far.
            filled.try_fold(first, |code, part| {
                part.and_then(|part| if code.heads(part) { Some(part) } else { code.join(part) })
            })
        })
        .collect()
}

/// A 款 that is printed by its last two digits stands below the 类 above it: 208, 05, 2080505.
fn completed(system: System) -> System {
    let is_short = |code: &Code| code.n_digits == 2;
    if !system.iter().flatten().any(|code| code.is_class() && code.n_digits == 3)
        || !system.iter().flatten().any(is_short)
    {
        return system;
    }
    let mut class: Option<Code> = None;
    let complete = |code: Code| {
        if code.is_class() {
            class = code.prefix(3);
        }
        if is_short(&code) { class.and_then(|class| class.join(code)).or(Some(code)) } else { Some(code) }
    };
    let mut complete = complete;
    system.into_iter().map(|code| code.and_then(&mut complete)).collect()
}

/// A code in front of a name, and the name: 2010301-行政运行, [2010301]行政运行.
pub(crate) fn in_front(text: &str) -> Option<(&str, &str)> {
    let bracketed = text.strip_prefix(['[', '【']).and_then(|text| text.split_once([']', '】']));
    let (code, name) = bracketed.or_else(|| text.split_once(['-', '－', '—', '_']))?;
    let is_code = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_code && !name.is_empty()).then_some((code, name))
}

/// Codes printed in front of the label (2010301-行政运行, [2010301]行政运行).
fn lettered<R: Row>(column: usize, records: &[&R]) -> System {
    records
        .iter()
        .map(|record| {
            let (digits, _) = in_front(record.text(column)?)?;
            Code::parse(digits)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_heads_its_items() {
        let code = |t| Code::parse(t).unwrap();
        assert!(code("201").heads(code("20103")));
        assert!(code("20103").heads(code("2010301")));
        assert!(!code("202").heads(code("20103")));
        assert!(!code("201").heads(code("201")));
        assert_eq!(code("301").join(code("2")).unwrap().to_string(), "30102");
    }

    fn columns(header: &str) -> Vec<Column> {
        let role = |leaf: &str| match leaf {
            "金额" => ColumnRole::Amount,
            "名称" => ColumnRole::Label,
            _ => ColumnRole::Code,
        };
        header.split('|').map(|leaf| Column { path: vec![leaf.into()], role: role(leaf) }).collect()
    }

    fn levels_of(header: &str, rows: &[&str]) -> Vec<Option<u8>> {
        let records: Vec<Vec<&str>> = rows.iter().map(|row| row.split('|').collect()).collect();
        levels(&columns(header), &records)
    }

    #[test]
    fn a_row_stands_at_the_level_of_its_first_code() {
        assert_eq!(levels_of("科目编码|名称|金额", &["20501|教育管理事务|1.00"]), [Some(1)]);
        assert_eq!(levels_of("名称|金额", &["2050101-行政运行|1.00", "[205]教育支出|1.00"]), [Some(2), Some(0)]);
        let two = "部门经济科目编码|名称|政府经济科目编码|名称|金额";
        let rows = ["|合计|||9.00", "301|工资福利支出|||9.00", "30101|基本工资|501|工资|9.00"];
        assert_eq!(levels_of(two, &rows), [None, Some(0), Some(1)]);
        let list = "类|款|项|名称|类|款|金额";
        assert_eq!(levels_of(list, &["205|01|02|交换机|310|02|9.00"]), [Some(2)]);
        assert_eq!(levels_of("款|项|名称|金额", &["01|02|机关服务|9.00", "03||管理|9.00"]), [Some(2), Some(1)]);
    }

    #[test]
    fn a_row_with_codes_on_two_sides_or_of_a_unit_has_no_level() {
        assert_eq!(levels_of("单位编码|名称|金额", &["356|某某局|1.00"]), [None]);
        assert_eq!(levels_of("科目编码|名称|金额|科目编码|金额", &["20501|甲|1.00|223|1.00"]), [None]);
        assert_eq!(levels_of("名称|金额|名称|金额", &["201-甲|1.00|[301]乙|1.00"]), [None]);
    }

    /// What the rows of three columns 类, 款 and 项 join to.
    fn in_columns(rows: &[[&str; 3]]) -> Vec<Option<String>> {
        let columns = columns("类|款|项");
        let records: Vec<Vec<&str>> = rows.iter().map(|row| row.to_vec()).collect();
        let records: Vec<&Vec<&str>> = records.iter().collect();
        let codings = codings(&columns, &[0, 1, 2], &records);
        codings[0].iter().map(|code| code.map(|code| code.to_string())).collect()
    }

    #[test]
    fn three_columns_join_to_one_code() {
        let some = |codes: &[&str]| codes.iter().map(|code| Some((*code).to_owned())).collect::<Vec<_>>();
        assert_eq!(in_columns(&[["205", "02", "01"]]), some(&["2050201"]));
        // A code printed alone takes the parents of the rows above.
        let apart = [["205", "", ""], ["", "02", ""], ["", "", "1"]];
        assert_eq!(in_columns(&apart), some(&["205", "20502", "2050201"]));
        // A column may print the whole code so far.
        let whole = [["205", "20502", "2050201"], ["", "20508", ""]];
        assert_eq!(in_columns(&whole), some(&["2050201", "20508"]));
        assert_eq!(in_columns(&[["", "", "01"]]), [None]);
    }
}
