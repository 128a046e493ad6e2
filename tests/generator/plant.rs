//! Contradictions put in on purpose, and the record of each that the truth keeps.

use serde_json::{Value, json};

use super::knobs::{Options, Plant};
use super::layout::{Block, LaidOut};
use super::model::Figures;
use super::money::{self, Unit};
use super::narrative::wan;
use super::rng::Rng;
use super::table::{Cell, Role, Table};

/// One contradiction, before it is known on which page it stands.
#[derive(Clone, Debug)]
pub(crate) struct Planted {
    kind: &'static str,
    /// The block that holds it.
    block: usize,
    row: Option<usize>,
    section: Option<String>,
    label: Option<String>,
    column: Option<Vec<String>>,
    column_index: Option<usize>,
    printed: String,
    should_be: String,
    unit: &'static str,
    /// The block that it contradicts.
    against: Option<usize>,
}

/// How much a form's funds are off, in cents.
const FORM_STEP: i64 = 300_000_000;

/// Changes blocks so that they contradict others.
pub(crate) fn plant(blocks: &mut [Block], figures: &Figures, options: &Options, rng: &mut Rng) -> Vec<Planted> {
    let planted = options.plants.iter().enumerate().map(|(i, plant)| match plant {
        Plant::TotalOff => total_off(blocks, options.plants[..i].iter().filter(|p| *p == plant).count(), rng),
        Plant::FormAgainstProject => form(blocks),
        Plant::UnitLabel => unit_label(blocks),
        Plant::StaleParagraph => stale(blocks, figures),
    });
    planted.collect::<Vec<_>>().into_iter().flatten().collect()
}

/// A class's total with another first digit, in one table after the other.
fn total_off(blocks: &mut [Block], nth: usize, rng: &mut Rng) -> Option<Planted> {
    let kinds = ["expenditure_summary", "general_public_budget_expenditure", "revenue_summary"];
    let block = blocks.iter().position(|b| is_table(b, kinds[nth % kinds.len()]))?;
    let Block::Table(table) = &mut blocks[block] else { return None };
    let column = table.columns.iter().position(|c| c.role == Role::Amount)?;
    let rows: Vec<usize> = (0..table.rows.len())
        .filter(|i| table.rows[*i].level == Some(0) && matches!(table.rows[*i].cells[column], Cell::Amount(1..)))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let row = *rng.pick(&rows);
    let should_be = table.plain(&table.rows[row].cells[column])?;
    let first = should_be.chars().next().and_then(|c| c.to_digit(10))?;
    let printed = format!("{}{}", (first + 3) % 9 + 1, &should_be[1..]);
    table.rows[row].cells[column] = Cell::Printed(printed.clone());
    let label = table.rows[row].cells.iter().zip(&table.columns).filter(|(_, c)| c.role != Role::Amount);
    let label: Vec<String> = label.filter_map(|(cell, _)| table.plain(cell)).collect();
    Some(Planted {
        kind: "total_off",
        block,
        row: Some(row),
        section: None,
        label: Some(label.join(" ")),
        column: Some(table.columns[column].path.clone()),
        column_index: Some(column),
        printed,
        should_be,
        unit: table.unit.word(),
        against: None,
    })
}

/// A form whose funds agree with each other, but not with the project's row.
fn form(blocks: &mut [Block]) -> Option<Planted> {
    let against = blocks.iter().position(|b| is_table(b, "project_expenditure"));
    let block = blocks.iter().position(|b| matches!(b, Block::Form(_)))?;
    let Block::Form(form) = &mut blocks[block] else { return None };
    let mut right = 0;
    for (source, _, amounts) in &mut form.funds {
        if matches!(*source, "total" | "local") {
            if *source == "total" {
                right = amounts[1].unwrap_or_default();
            }
            amounts.iter_mut().flatten().for_each(|a| *a += FORM_STEP);
        }
    }
    Some(Planted {
        kind: "form_vs_project",
        block,
        row: None,
        section: None,
        label: Some(form.project_name.clone()),
        column: Some(vec!["total".to_owned(), "annual".to_owned()]),
        column_index: None,
        printed: money::yuan(right + FORM_STEP),
        should_be: money::yuan(right),
        unit: Unit::Yuan.word(),
        against,
    })
}

/// A table in 元 under the label 万元.
fn unit_label(blocks: &mut [Block]) -> Option<Planted> {
    let kinds = ["general_public_budget_basic_expenditure", "general_public_budget_expenditure"];
    let block = blocks.iter().position(|b| kinds.iter().any(|k| is_table(b, k)))?;
    let Block::Table(table) = &mut blocks[block] else { return None };
    table.unit = Unit::Yuan;
    table.unit_label = Some(Unit::TenThousand);
    Some(Planted {
        kind: "unit_label",
        block,
        row: None,
        section: None,
        label: None,
        column: None,
        column_index: None,
        printed: Unit::TenThousand.word().to_owned(),
        should_be: Unit::Yuan.word().to_owned(),
        unit: Unit::TenThousand.word(),
        against: None,
    })
}

/// The narrative gives basic expenditure as it was the year before.
fn stale(blocks: &mut [Block], figures: &Figures) -> Option<Planted> {
    let basic = figures.sum(|l| l.basic);
    let (right, old) = (wan(basic), wan(basic / 100 * 91));
    let phrase = format!("基本支出{right}万元");
    let block = blocks.iter().position(|b| matches!(b, Block::Paragraph(text) if text.contains(&phrase)))?;
    let section = blocks[..block].iter().rev().find_map(|b| match b {
        Block::Heading(_, text) => Some(text.clone()),
        _ => None,
    });
    let Block::Paragraph(text) = &mut blocks[block] else { return None };
    *text = text.replacen(&phrase, &format!("基本支出{old}万元"), 1);
    Some(Planted {
        kind: "narrative_stale",
        block,
        row: None,
        section,
        label: Some("基本支出".to_owned()),
        column: None,
        column_index: None,
        printed: old,
        should_be: right,
        unit: Unit::TenThousand.word(),
        against: None,
    })
}

fn is_table(block: &Block, kind: &str) -> bool {
    matches!(block, Block::Table(table) if table.kind == kind && has_figures(table))
}

fn has_figures(table: &Table) -> bool {
    table.rows.iter().flat_map(|r| &r.cells).any(|c| matches!(c, Cell::Amount(a) if *a != 0))
}

impl Planted {
    /// The record in the truth.
    pub(crate) fn record(&self, blocks: &[Block], laid_out: &LaidOut) -> Value {
        let placement = &laid_out.placements[self.block];
        let page = self.row.map_or(placement.pages[0], |row| placement.rows[row].0);
        let id = |block: usize| {
            let before = &blocks[..block];
            let tables = before.iter().filter(|b| matches!(b, Block::Table(_))).count();
            let forms = before.iter().filter(|b| matches!(b, Block::Form(_))).count();
            match blocks[block] {
                Block::Table(_) => (Some(format!("table-{:02}", tables + 1)), None),
                Block::Form(_) => (None, Some(format!("form-{:02}", forms + 1))),
                _ => (None, None),
            }
        };
        let (table, form) = id(self.block);
        let mut record = json!({
            "kind": self.kind,
            "table": table,
            "form": form,
            "section": self.section,
            "row": self.row,
            "label": self.label,
            "column": self.column,
            "column_index": self.column_index,
            "printed": self.printed,
            "should_be": self.should_be,
            "unit": self.unit,
            "page": page,
        });
        if let (Some(against), Some(record)) = (self.against, record.as_object_mut()) {
            record.insert("against".to_owned(), json!(id(against).0));
        }
        record
    }
}
