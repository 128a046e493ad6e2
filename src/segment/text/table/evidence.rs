//! What the rest of a dump says of the amounts of a row whose blank cells are lost: elsewhere they stand beside a name.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::super::item::{Class, class, is_code};
use super::super::line::Line;
use crate::arithmetic::amount;
use crate::segment::TableRow;
use crate::segment::header::bare;
use crate::terms::column::ColumnRole;
use crate::terms::header::without_year;

/// So many names of one amount are kept; more say nothing.
const MAX_NAMES: usize = 32;

/// A name in running text is looked for in so many characters before its amount.
const MAX_NAME_CHARS: usize = 14;

/// So many characters must two names have in common to be of one thing.
const COMMON_CHARS: usize = 3;

/// The amount stands beside the column's name elsewhere, or in such a column beside the row's name.
const SAME_AMOUNT: u32 = 4;

/// The column's name stands beside some amount elsewhere: it is not blank throughout.
const SOME_AMOUNT: u32 = 1;

/// Amounts with the names that stand before them, and those of the rows of tables read so far.
#[derive(Debug, Default)]
pub(in crate::segment::text) struct Evidence {
    names: BTreeMap<Decimal, BTreeSet<String>>,
    named: BTreeSet<String>,
    /// Row and column with the amounts that stand there in other tables.
    cells: BTreeMap<(String, String), BTreeSet<Decimal>>,
}

impl Evidence {
    /// Reads every name that an amount other than zero follows.
    pub(in crate::segment::text) fn of(lines: &[Line]) -> Self {
        let mut evidence = Self::default();
        let mut above: Vec<char> = Vec::new();
        for line in lines {
            let words: Vec<&str> = line.words().collect();
            for (idx, word) in words.iter().enumerate() {
                if let Some(amount) = decimal(word) {
                    // A line number may stand between them.
                    let mut before = words.get(..idx).unwrap_or_default().iter().rev();
                    let name = before.find(|word| class(word) != Class::Number || is_code(word));
                    if let Some(name) = name.filter(|name| class(name) == Class::Words) {
                        evidence.add(name, amount);
                    }
                }
            }
            // A name can be broken at the end of a line.
            let n_above = above.len();
            above.extend(line.text.chars().filter(|ch| !ch.is_whitespace()));
            evidence.add_running_text(&above, n_above);
            above.drain(..above.len().saturating_sub(MAX_NAME_CHARS));
        }
        evidence
    }

    fn add(&mut self, name: &str, amount: Decimal) {
        let name = core(name);
        let names = self.names.entry(amount).or_default();
        if names.len() < MAX_NAMES {
            names.insert(name.clone());
        }
        self.named.insert(name);
    }

    /// 基本支出1,215.03万元; the first characters are of the line above.
    fn add_running_text(&mut self, chars: &[char], n_above: usize) {
        let mut start = None;
        for (idx, ch) in chars.iter().enumerate().skip(n_above) {
            let of_number = ch.is_ascii_digit() || matches!(ch, '.' | ',');
            match start {
                None if of_number => start = Some(idx),
                Some(from) if !of_number => {
                    start = None;
                    let number: String = chars.get(from..idx).unwrap_or_default().iter().collect();
                    let words = chars.get(from.saturating_sub(MAX_NAME_CHARS)..from).unwrap_or_default();
                    let name: String =
                        words.rsplit(|ch| !ch.is_alphabetic()).next().unwrap_or_default().iter().collect();
                    if let Some(amount) = decimal(&number).filter(|_| matches!(ch, '万' | '元') && !name.is_empty()) {
                        self.add(&name, amount);
                    }
                }
                _ => {}
            }
        }
    }

    /// Adds what the rows of a table show.
    pub(super) fn learn(&mut self, rows: &[TableRow], paths: &[Vec<String>], roles: &[ColumnRole]) {
        for row in rows {
            let Some(key) = key(row, roles) else { continue };
            let cells = row.cells.iter().zip(roles).zip(paths).filter(|((_, role), _)| **role == ColumnRole::Amount);
            for ((cell, _), path) in cells {
                let shown = cell.as_ref().and_then(|cell| decimal(&cell.text));
                if let (Some(amount), Some(leaf)) = (shown, path.last()) {
                    let amounts = self.cells.entry((key.clone(), core(leaf))).or_default();
                    if amounts.len() < MAX_NAMES {
                        amounts.insert(amount);
                    }
                }
            }
        }
    }

    /// The columns of a table, for asking about its rows.
    pub(super) fn columns(&self, paths: &[Vec<String>]) -> Vec<Column> {
        let column = |path: &Vec<String>| {
            let leaf = path.last().map(|leaf| core(leaf)).unwrap_or_default();
            Column { is_named: self.named.iter().any(|known| is_same(known, &leaf)), leaf }
        };
        paths.iter().map(column).collect()
    }

    /// A row with these amounts, for asking where they stand.
    pub(super) fn row<'a>(
        &'a self,
        row: &TableRow,
        roles: &[ColumnRole],
        columns: &'a [Column],
        amounts: &'a [Decimal],
    ) -> Row<'a> {
        Row { evidence: self, key: key(row, roles), columns, amounts }
    }
}

/// A row whose amounts may stand in several columns.
pub(super) struct Row<'a> {
    evidence: &'a Evidence,
    key: Option<String>,
    columns: &'a [Column],
    amounts: &'a [Decimal],
}

impl Row<'_> {
    /// Whether another table has the same row with an amount in a column of the same name.
    fn is_known(&self, column: &Column, amount: Decimal) -> bool {
        let known = self.key.as_ref().and_then(|key| self.evidence.cells.get(&(key.clone(), column.leaf.clone())));
        known.is_some_and(|known| known.contains(&amount.normalize()))
    }

    fn placed<'b>(&'b self, way: &'b [usize]) -> impl Iterator<Item = (&'b Column, Decimal)> {
        way.iter().zip(self.amounts).filter_map(|(column, amount)| Some((self.columns.get(*column)?, *amount)))
    }

    /// Whether another table has the same row with all of its amounts in columns of the same names.
    pub(super) fn stands(&self, way: &[usize]) -> bool {
        self.key.is_some() && self.placed(way).all(|(column, amount)| self.is_known(column, amount))
    }

    /// How much says that its amounts stand in these columns.
    pub(super) fn score(&self, way: &[usize]) -> u32 {
        let of_cell = |(column, amount): (&Column, Decimal)| {
            let beside = self.evidence.names.get(&amount.normalize());
            let same = self.is_known(column, amount)
                || beside.is_some_and(|known| known.iter().any(|known| is_same(known, &column.leaf)));
            if same { SAME_AMOUNT } else { SOME_AMOUNT * u32::from(column.is_named) }
        };
        self.placed(way).filter(|(_, amount)| !amount.is_zero()).map(of_cell).sum()
    }
}

/// A column that amounts may stand in.
pub(super) struct Column {
    leaf: String,
    /// Its name stands beside an amount elsewhere.
    is_named: bool,
}

/// An amount with decimals other than zero.
fn decimal(text: &str) -> Option<Decimal> {
    amount::parse(text).filter(|amount| text.contains('.') && !amount.is_zero()).map(|amount| amount.normalize())
}

/// A name without white space, enumerator and year.
fn core(name: &str) -> String {
    let whole = bare(name);
    let core = whole.split_once(['、', '.', '）']).map_or(whole.as_str(), |(before, rest)| {
        let is_enumerator = before.chars().count() <= 4 && !rest.is_empty();
        if is_enumerator { rest } else { whole.as_str() }
    });
    without_year(core).to_owned()
}

/// Whether two names are of one thing: one begins with the other, or a sentence ends with it.
fn is_same(known: &str, leaf: &str) -> bool {
    let long = |text: &str| text.chars().count() >= COMMON_CHARS;
    long(known) && long(leaf) && (known.starts_with(leaf) || leaf.starts_with(known) || known.ends_with(leaf))
}

/// The code of a row, or else its name.
fn key(row: &TableRow, roles: &[ColumnRole]) -> Option<String> {
    let texts: Vec<&str> = row
        .cells
        .iter()
        .zip(roles)
        .filter(|(_, role)| matches!(role, ColumnRole::Code | ColumnRole::Label))
        .filter_map(|(cell, _)| cell.as_ref().map(|cell| cell.text.trim()))
        .collect();
    let code = texts.iter().find(|text| is_code(text));
    code.or(texts.last()).map(|text| core(text))
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn;
    use super::*;

    fn evidence(text: &str) -> Evidence {
        let lines = drawn::lines(text);
        Evidence::of(&lines)
    }

    fn better(evidence: &Evidence, leaves: [&str; 2], amount: i64) -> std::cmp::Ordering {
        let paths: Vec<Vec<String>> =
            ["项目", leaves[0], leaves[1]].iter().map(|leaf| vec![(*leaf).to_owned()]).collect();
        let roles = [ColumnRole::Label, ColumnRole::Amount, ColumnRole::Amount];
        let amounts = [Decimal::new(amount, 2)];
        let columns = evidence.columns(&paths);
        let score = |column: usize| evidence.row(&drawn::row("甲|·|·"), &roles, &columns, &amounts).score(&[column]);
        score(1).cmp(&score(2))
    }

    #[test]
    fn an_amount_stands_under_the_name_that_it_stands_beside_elsewhere() {
        let known =
            evidence("二、政府性基金预算 5.00 三、其他收入 8 6.00\n其中：基本支出7.00万元，项目\n支出8.00万元。");
        let leaves = ["一般公共预算", "政府性基金"];
        assert_eq!(better(&known, leaves, 500), std::cmp::Ordering::Less);
        assert_eq!(better(&known, ["其他收入", "事业收入"], 600), std::cmp::Ordering::Greater);
        assert_eq!(better(&known, ["基本支出", "项目支出"], 800), std::cmp::Ordering::Less);
    }

    #[test]
    fn a_column_that_has_amounts_elsewhere_is_likelier_than_one_that_has_none() {
        let known = evidence("公务用车运行费 3.00");
        assert_eq!(better(&known, ["公务用车购置费", "公务用车运行费"], 900), std::cmp::Ordering::Less);
        assert_eq!(better(&known, ["公务用车购置费", "公务接待费"], 900), std::cmp::Ordering::Equal);
    }
}
