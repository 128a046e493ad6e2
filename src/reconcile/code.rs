//! Classification and unit codes, in one column, split over several, or in front of a label.

use crate::interpret::{Column, ColumnRole, Record};

/// A code as its digits: how many and their value, so that a prefix is a division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Code {
    n_digits: u8,
    value: u64,
}

/// Longest code that is told apart; longer runs of digits are project numbers and no classification.
const MAX_DIGITS: usize = 12;

impl Code {
    /// Reads a run of digits.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let n = text.len();
        if n == 0 || n > MAX_DIGITS || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        Some(Self { n_digits: u8::try_from(n).ok()?, value: text.parse().ok()? })
    }

    /// How many digits.
    pub(super) fn n_digits(self) -> u8 {
        self.n_digits
    }

    /// The code with only its first digits.
    pub(super) fn prefix(self, n_digits: u8) -> Option<Self> {
        let cut = self.n_digits.checked_sub(n_digits)?;
        Some(Self { n_digits, value: self.value / 10u64.checked_pow(u32::from(cut))? })
    }

    /// Whether this code is a proper beginning of another.
    pub(super) fn heads(self, other: Self) -> bool {
        self.n_digits < other.n_digits && other.prefix(self.n_digits) == Some(self)
    }

    /// Whether it has the shape of a functional or economic class (类, 款 or 项).
    pub(super) fn is_class(self) -> bool {
        matches!(self.n_digits, 3 | 5 | 7) && self.prefix(1).is_some_and(|c| matches!(c.value, 2 | 3 | 5))
    }

    /// Whether it has the shape of an economic class.
    pub(super) fn is_economic(self) -> bool {
        self.is_class() && self.prefix(1).is_some_and(|c| matches!(c.value, 3 | 5))
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
pub(super) type System = Vec<Option<Code>>;

/// Reads every coding of the given label and code columns over the given records.
pub(super) fn systems(columns: &[Column], head: &[usize], records: &[&Record]) -> Vec<System> {
    let mut systems = codings(columns, head, records);
    // Codes that stand on a single row order nothing.
    systems.retain(|system| system.iter().flatten().count() > 1);
    systems
}

/// Reads every coding as [`systems`] does, also one of a single row.
pub(super) fn codings(columns: &[Column], head: &[usize], records: &[&Record]) -> Vec<System> {
    let mut result = Vec::new();
    let mut i = 0;
    while i < head.len() {
        let group = split_group(columns, &head[i..], records);
        let system = match group {
            0 => lettered(head[i], records),
            1 => completed(joined(&head[i..=i], records)),
            _ => joined(&head[i..i + group], records),
        };
        result.push(system);
        i += group.max(1);
    }
    result
}

fn text(record: &Record, column: usize) -> Option<&str> {
    record.values.get(column)?.as_ref().map(|value| value.text.trim()).filter(|text| !text.is_empty())
}

/// How many of the columns from here on hold the parts of one code (类, 款, 项); 0 where the first holds no code.
fn split_group(columns: &[Column], head: &[usize], records: &[&Record]) -> usize {
    let coded = |column: usize| columns.get(column).is_some_and(|c| c.role == ColumnRole::Code);
    let Some(&first) = head.first().filter(|c| coded(**c)) else { return 0 };
    let leaf = |column: usize| columns.get(column).and_then(|c| c.path.last()).map(String::as_str).unwrap_or_default();
    let short = |column: usize| {
        let mut any = false;
        records.iter().filter_map(|r| text(r, column)).all(|t| {
            any = true;
            t.len() <= 2 && Code::parse(t).is_some() || Code::parse(t).is_none() && !t.is_ascii()
        }) && any
    };
    let mut n = 1;
    let mut last = first;
    while let Some(&next) = head.get(n).filter(|c| coded(**c) && **c == last + 1) {
        if !(matches!(leaf(next), "款" | "项") || short(next)) || leaf(next) == "类" {
            break;
        }
        n += 1;
        last = next;
    }
    n
}

/// A code split over columns, or in one; a part left blank is taken from the rows above.
fn joined(columns: &[usize], records: &[&Record]) -> System {
    let mut current: Vec<Option<Code>> = vec![None; columns.len()];
    records
        .iter()
        .map(|record| {
            let parts: Vec<Option<Code>> = columns.iter().map(|c| text(record, *c).and_then(Code::parse)).collect();
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

/// Codes printed in front of the label (2010301-行政运行, [2010301]行政运行).
fn lettered(column: usize, records: &[&Record]) -> System {
    records
        .iter()
        .map(|record| {
            let label = text(record, column)?;
            let bracketed = label.strip_prefix(['[', '【']).and_then(|label| label.split_once([']', '】']));
            let (digits, name) = bracketed.or_else(|| label.split_once(['-', '－', '—']))?;
            (!name.is_empty()).then(|| Code::parse(digits))?
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

    /// What the rows of three columns 类, 款 and 项 join to.
    fn in_columns(rows: &[[&str; 3]]) -> Vec<Option<String>> {
        use crate::interpret::{ColumnRole, Value};
        use crate::provenance::Provenance;
        let provenance = Provenance::page(1);
        let value = |text: &&str| {
            let value = Value { text: (*text).into(), amount: None, guessed: false, inset: None, provenance };
            (!text.is_empty()).then_some(value)
        };
        let columns = ["类", "款", "项"].map(|leaf| Column { path: vec![leaf.into()], role: ColumnRole::Code });
        let record = |row: &[&str; 3]| Record { values: row.iter().map(value).collect(), level: None, provenance };
        let records: Vec<Record> = rows.iter().map(record).collect();
        let records: Vec<&Record> = records.iter().collect();
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
