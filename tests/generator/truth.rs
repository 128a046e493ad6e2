//! The truth of a document, in the published shape.

use serde_json::{Map, Value, json};

use super::declaration::Form;
use super::knobs::{Kind, Options, ToUnicode};
use super::layout::{Block, LaidOut, Placement};
use super::model::Figures;
use super::money;
use super::pdf::PRODUCER;
use super::table::{Role, Table};

/// What the product should say of a document; `bytes` are the file's.
pub(crate) fn report(
    figures: &Figures,
    options: &Options,
    blocks: &[Block],
    laid_out: &LaidOut,
    planted: Vec<Value>,
    bytes: &[u8],
) -> Value {
    let (mut tables, mut forms, mut sections) = (Vec::new(), Vec::new(), Vec::<Map<String, Value>>::new());
    let mut optional = Vec::new();
    for (block, placement) in blocks.iter().zip(&laid_out.placements) {
        match block {
            Block::Table(t) => tables.push(table(t, placement, tables.len())),
            Block::Form(f) => forms.push(form(f, placement, forms.len())),
            Block::Heading(level, text) => {
                let section = json!({ "level": level, "heading": text, "text": "", "page": placement.pages[0] });
                sections.extend(section.as_object().cloned());
            }
            Block::Paragraph(text) => {
                if text.starts_with('（') || text.chars().take(3).any(|c| c == '、') {
                    optional.push(json!(text));
                }
                if let Some(Value::String(whole)) = sections.last_mut().and_then(|s| s.get_mut("text")) {
                    if !whole.is_empty() {
                        whole.push('\n');
                    }
                    whole.push_str(text);
                }
            }
            Block::Evaluation(f) => forms.push(f.truth(format!("form-{:02}", forms.len() + 1), &placement.pages)),
            Block::Cover(..) | Block::Contents => {}
        }
    }
    let n_pages = laid_out.pages.len();
    let dead: Vec<usize> =
        if options.drawing.to_unicode == ToUnicode::Nothing { (1..=n_pages).collect() } else { Vec::new() };
    // Only declaration forms print the code.
    let has_code = blocks.iter().any(|b| matches!(b, Block::Form(_)));
    json!({
        "schema_version": "1",
        "source": {
            "name": format!("{}.pdf", options.name),
            "sha256": sha256(bytes),
            "bytes": bytes.len(),
            "media_type": "application/pdf",
            "pages": n_pages,
            "producer": PRODUCER,
        },
        "report": {
            "department": figures.department,
            "department_code": has_code.then(|| figures.department_code.clone()),
            "fiscal_year": figures.year,
            "kind": match options.kind {
                Kind::Budget => "budget",
                Kind::FinalAccounts => "final_accounts",
            },
            "title": title(figures, options),
        },
        "tables": tables,
        "forms": forms,
        "sections": sections,
        "checks": [],
        "diagnostics": [],
        "x_truth": {
            "optional_headings": optional,
            "alternatives": {},
            "seed": options.seed,
            "rounded": options.rounded || options.yuan,
            "planted": planted,
            "pages_without_text": dead,
        },
    })
}

/// The report's title, as the cover has it.
pub(crate) fn title(figures: &Figures, options: &Options) -> String {
    let whose = if figures.is_unit { "单位" } else { "部门" };
    match options.kind {
        Kind::Budget => format!("{}{}年{whose}预算公开报告", figures.department, figures.year),
        Kind::FinalAccounts => format!("{}{}年度{whose}决算", figures.department, figures.year),
    }
}

/// Hexadecimal SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

fn table(table: &Table, placement: &Placement, index: usize) -> Value {
    let mut rows = Vec::new();
    let mut no_data = true;
    for (row, (page, rect)) in table.rows.iter().zip(&placement.rows) {
        if table.is_blank(row) {
            continue;
        }
        let cells: Vec<Option<String>> = row.cells.iter().map(|c| table.plain(c)).collect();
        no_data &= !cells.iter().zip(&table.columns).any(|(c, column)| column.role == Role::Amount && c.is_some());
        let bbox: Vec<f64> = rect.iter().map(|v| (f64::from(*v) * 100.0).round() / 100.0).collect();
        rows.push(json!({ "cells": cells, "level": row.level, "page": page, "bbox": bbox }));
    }
    let columns: Vec<Value> = table.columns.iter().map(|c| json!({ "path": c.path, "role": c.role.name() })).collect();
    json!({
        "id": format!("table-{:02}", index + 1),
        "number": table.number,
        "kind": table.kind,
        "title": table.title,
        "department": table.department,
        "unit": table.unit_word(),
        "pages": placement.pages,
        "columns": columns,
        "rows": rows,
        "no_data": no_data,
        "notes": table.notes,
        "x_ignorable_rows": table.column_numbers.iter().collect::<Vec<_>>(),
    })
}

fn form(form: &Form, placement: &Placement, index: usize) -> Value {
    let horizons: &[(usize, &str)] = if form.two_horizons { &[(0, "period"), (1, "annual")] } else { &[(1, "annual")] };
    let mut funds = Vec::new();
    for (source, _, amounts) in &form.funds {
        for (i, horizon) in horizons {
            funds.push(json!({ "source": source, "horizon": horizon, "amount_yuan": amounts[*i].map(money::yuan) }));
        }
    }
    let mut texts: Map<String, Value> =
        form.texts.iter().map(|(key, _, text)| ((*key).to_owned(), json!(text))).collect();
    texts.insert("goal_period".to_owned(), json!(form.two_horizons.then(|| &form.goals[0])));
    texts.insert("goal_annual".to_owned(), json!(form.goals[1]));
    let mut indicators = Vec::new();
    for (_, horizon) in horizons {
        for i in form.indicators.iter().filter(|i| !i.level3.is_empty()) {
            indicators.push(json!({
                "horizon": horizon, "level1": i.level1, "level2": i.level2, "level3": i.level3, "value": i.value,
            }));
        }
    }
    let at = |from: usize, to: usize| form.filled_at.get(from..to).unwrap_or_default();
    json!({
        "id": format!("form-{:02}", index + 1),
        "kind": "project_performance_target",
        "title": form.title,
        "fiscal_year": form.year,
        "pages": placement.pages,
        "project_name": form.project_name,
        "department": form.department,
        "department_code": form.department_code,
        "implementing_unit": form.implementing_unit,
        "attribute": form.attribute,
        "period": form.period,
        "funds": funds,
        "texts": texts,
        "indicators": indicators,
        "signatures": {
            "responsible": null,
            "handler": form.handler,
            "phone": null,
            "filled_at": format!(
                "{}-{}-{}T{}:{}:{}",
                at(0, 4), at(4, 6), at(6, 8), at(8, 10), at(10, 12), at(12, 14)
            ),
        },
    })
}
