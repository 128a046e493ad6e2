//! Says which texts of a form reach none of its published fields.

use std::collections::HashSet;

use rust_decimal::Decimal;

use crate::interpret::prose::without_space;
use crate::interpret::{Form, Task};
use crate::note::{Note, NoteKind};
use crate::terms::department::split_code;

use super::amount;
use super::fields::leading_label;
use super::grid::{FormGrid, is_unit};

/// A form that is read wholly wrong says so often enough.
const MAX_NOTES: usize = 20;

/// Notes each printed text of the grid, from `first_row` on, that is neither a label nor found in the form's fields.
pub(super) fn note(grid: &FormGrid, first_row: usize, form: &Form, notes: &mut Vec<Note>) {
    let published = Published::new(form);
    let lost = grid.cells.iter().filter(|cell| {
        cell.row >= first_row
            && cell.label.is_none()
            && !cell.is_blank()
            && !is_unit(&cell.text)
            && leading_label(&cell.text).is_none()
            && !is_level(&cell.text)
            && !published.has(&cell.text)
    });
    for cell in lost.take(MAX_NOTES) {
        let start: String = cell.text.chars().take(MAX_QUOTED).collect();
        notes.push(Note::new(
            NoteKind::LabelUnknown,
            format!("text of a form is not published: {start}"),
            cell.provenance,
        ));
    }
}

/// A level of indicators that has none in this form is printed all the same.
fn is_level(text: &str) -> bool {
    text.chars().count() <= MAX_LEVEL_CHARS
        && ["指标", "成本", "效益", "满意度", "影响"].iter().any(|word| text.ends_with(word))
}

/// 服务对象满意度指标 and its like have at most this many characters.
const MAX_LEVEL_CHARS: usize = 10;

/// More of a text is not quoted.
const MAX_QUOTED: usize = 40;

/// What a form publishes.
struct Published {
    /// Every text without white space.
    whole: HashSet<String>,
    /// The same, one a line: a cell can be a part of one.
    texts: String,
    /// The significant digits of every amount: the unit may differ from the one printed.
    amounts: Vec<String>,
}

impl Published {
    fn new(form: &Form) -> Self {
        let mut texts: Vec<&str> = Vec::new();
        let signatures = &form.signatures;
        let fields = [
            &form.title,
            &form.project_name,
            &form.department,
            &form.department_code,
            &form.implementing_unit,
            &form.attribute,
            &form.period,
            &signatures.responsible,
            &signatures.handler,
            &signatures.phone,
            &signatures.filled_at,
        ];
        texts.extend(fields.into_iter().flatten().map(String::as_str));
        let mut amounts: Vec<Decimal> = Vec::new();
        for (key, text) in &form.texts {
            texts.push(key);
            texts.extend(text.as_deref());
            amounts.extend(text.as_deref().and_then(crate::arithmetic::amount::parse));
        }
        for fund in &form.funds {
            amounts.extend(fund.amount_yuan);
            for text in fund.extra.iter().filter_map(|(_, text)| text.as_deref()) {
                texts.push(text);
                amounts.extend(crate::arithmetic::amount::parse(text));
            }
        }
        for Task { name, content, total_yuan, fiscal_yuan, other_yuan } in &form.tasks {
            texts.extend([name, content].into_iter().flatten().map(String::as_str));
            amounts.extend([total_yuan, fiscal_yuan, other_yuan].into_iter().flatten());
        }
        for indicator in &form.indicators {
            let own = [&indicator.level1, &indicator.level2, &indicator.level3, &indicator.value];
            texts.extend(own.into_iter().flatten().map(String::as_str));
            texts.extend(indicator.extra.iter().filter_map(|(_, text)| text.as_deref()));
        }
        let texts: Vec<String> = texts.into_iter().map(without_space).collect();
        Self {
            texts: texts.join("\n"),
            whole: texts.into_iter().collect(),
            amounts: amounts.into_iter().map(significant).collect(),
        }
    }

    fn has(&self, text: &str) -> bool {
        let text = without_space(text);
        if amount::is_dash(&text)
            || self.whole.contains(&text)
            || self.texts.contains(&text)
            || self.texts.contains(split_code(&text).1)
        {
            return true;
        }
        // A label that is not known parts with its colon.
        if text.split_once(['：', ':']).is_some_and(|(label, rest)| self.texts.contains(&format!("{label}\n{rest}"))) {
            return true;
        }
        // The unit printed behind an amount is not published.
        amount::parse(&text).is_some_and(|printed| self.amounts.contains(&significant(printed.value)))
    }
}

/// The digits of an amount without the zeros before and behind them.
fn significant(amount: Decimal) -> String {
    amount.mantissa().unsigned_abs().to_string().trim_matches('0').to_owned()
}
