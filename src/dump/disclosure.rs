//! What `interpret` and `reconcile` made of the layout.

use crate::dump::fact::{At, Facts, Opt, Pages, Path, Quoted};
use crate::interpret::{Column, Disclosure, Form, Statement};
use crate::reconcile::{FigureRef, Reconciliation};

/// Statements, forms and sections, typed.
pub(super) fn disclosure(disclosure: &Disclosure, facts: &mut Facts) {
    facts.source(&disclosure.source);
    let filing = &disclosure.filing;
    let kind = filing.kind.name();
    facts.whole(format_args!("filing department {}", Opt(filing.department.as_deref())));
    facts.whole(format_args!("filing department-code {}", Opt(filing.department_code.as_deref())));
    facts.whole(format_args!("filing fiscal-year {}", filing.fiscal_year.map_or("-".into(), |y| y.to_string())));
    facts.whole(format_args!("filing kind {kind}"));
    facts.whole(format_args!("filing title {}", Opt(filing.title.as_deref())));
    for item in &disclosure.statements {
        statement(item, facts);
    }
    for item in &disclosure.forms {
        form(item, facts);
    }
    for section in &disclosure.sections {
        let page = section.provenance.page;
        facts.on(page, format_args!("section {} p{page} {}", section.level, Quoted(&section.heading)));
        for paragraph in section.text.lines() {
            facts.on(page, format_args!("section text {}", Quoted(paragraph)));
        }
    }
    facts.notes(&disclosure.notes);
}

fn statement(statement: &Statement, facts: &mut Facts) {
    let (id, pages) = (&statement.id, &statement.pages);
    facts.over(pages, format_args!("{id} pages {} kind {}", Pages(pages), statement.kind.name()));
    facts.over(pages, format_args!("{id} number {}", Opt(statement.number.as_deref())));
    facts.over(pages, format_args!("{id} title {}", Opt(statement.title.as_deref())));
    facts.over(pages, format_args!("{id} department {}", Opt(statement.department.as_deref())));
    let understood = statement.unit.map_or("-".into(), |unit| unit.in_yuan().to_string());
    facts.over(pages, format_args!("{id} unit {} yuan {understood}", Opt(statement.unit_printed.as_deref())));
    for (i, Column { path, role }) in statement.columns.iter().enumerate() {
        facts.over(pages, format_args!("{id} column {i} {} {}", role.name(), Path(path)));
    }
    for (row_idx, record) in statement.records.iter().enumerate() {
        let level = record.level.map_or(String::new(), |level| format!(" level {level}"));
        facts.on(record.provenance.page, format_args!("{id} row {row_idx} {}{level}", At(record.provenance)));
        for (column_idx, value) in record.values.iter().enumerate() {
            let Some(value) = value else { continue };
            let guessed = if value.guessed { " guessed" } else { "" };
            let place = format!("{id} cell {row_idx},{column_idx} {}{guessed}", At(value.provenance));
            let text = Quoted(&value.text);
            match value.amount {
                Some(amount) => facts.on(value.provenance.page, format_args!("{place} amount {amount} {text}")),
                None => facts.on(value.provenance.page, format_args!("{place} {text}")),
            }
        }
    }
    for note in &statement.notes {
        facts.over(pages, format_args!("{id} note {}", Quoted(note)));
    }
}

fn form(form: &Form, facts: &mut Facts) {
    let (id, pages) = (&form.id, &form.pages);
    facts.over(pages, format_args!("{id} pages {} kind {}", Pages(pages), form.kind.name()));
    let year = form.fiscal_year.map(|year| year.to_string());
    let fields = [
        ("title", &form.title),
        ("fiscal-year", &year),
        ("project-name", &form.project_name),
        ("department", &form.department),
        ("department-code", &form.department_code),
        ("implementing-unit", &form.implementing_unit),
        ("attribute", &form.attribute),
        ("period", &form.period),
        ("responsible", &form.signatures.responsible),
        ("handler", &form.signatures.handler),
        ("phone", &form.signatures.phone),
        ("filled-at", &form.signatures.filled_at),
    ];
    for (field, value) in fields {
        facts.over(pages, format_args!("{id} {field} {}", Opt(value.as_deref())));
    }
    for fund in &form.funds {
        let amount = fund.amount_yuan.map_or("-".into(), |amount| amount.to_string());
        facts.on(
            fund.provenance.page,
            format_args!("{id} fund {} {} {} {amount}", fund.horizon.name(), fund.source.name(), At(fund.provenance)),
        );
    }
    for (key, text) in &form.texts {
        facts.over(pages, format_args!("{id} text {key} {}", Opt(text.as_deref())));
    }
    for (i, indicator) in form.indicators.iter().enumerate() {
        let (level1, level2) = (Opt(indicator.level1.as_deref()), Opt(indicator.level2.as_deref()));
        let (level3, value) = (Opt(indicator.level3.as_deref()), Opt(indicator.value.as_deref()));
        let horizon = indicator.horizon.name();
        facts.over(pages, format_args!("{id} indicator {i} {horizon} {level1} / {level2} / {level3} = {value}"));
        for (key, text) in &indicator.extra {
            facts.over(pages, format_args!("{id} indicator {i} {key} {}", Opt(text.as_deref())));
        }
    }
    for (i, task) in form.tasks.iter().enumerate() {
        let sums = [task.total_yuan, task.fiscal_yuan, task.other_yuan]
            .map(|sum| sum.map_or("-".to_owned(), |sum| sum.to_string()))
            .join(" ");
        let (title, content) = (Opt(task.name.as_deref()), Opt(task.content.as_deref()));
        facts.over(pages, format_args!("{id} task {i} {sums} {title} {content}"));
    }
}

/// The trust of each amount, and every identity tried.
pub(super) fn reconciliation(reconciliation: &Reconciliation, facts: &mut Facts) {
    let disclosure = &reconciliation.disclosure;
    let by_models = disclosure.pages_read_by_models();
    for (statement, trust) in disclosure.statements.iter().zip(&reconciliation.trust) {
        for (row_idx, (record, trust)) in statement.records.iter().zip(trust).enumerate() {
            for (column_idx, (value, trust)) in record.values.iter().zip(trust).enumerate() {
                let (Some(value), Some(trust)) = (value, trust) else { continue };
                let amount = value.amount.map_or("-".to_owned(), |amount| amount.to_string());
                let source = if by_models.contains(&value.provenance.page) { " ocr" } else { "" };
                facts.on(
                    value.provenance.page,
                    format_args!("{} cell {row_idx},{column_idx} {amount} {}{source}", statement.id, trust.name()),
                );
            }
        }
    }
    for (form, trust) in disclosure.forms.iter().zip(&reconciliation.fund_trust) {
        for (fund, trust) in form.funds.iter().zip(trust) {
            let Some(trust) = trust else { continue };
            let amount = fund.amount_yuan.map_or("-".to_owned(), |amount| amount.to_string());
            facts.on(
                fund.provenance.page,
                format_args!(
                    "{} fund {} {} {amount} {}",
                    form.id,
                    fund.horizon.name(),
                    fund.source.name(),
                    trust.name()
                ),
            );
        }
    }
    for family in &reconciliation.families {
        let applies = if family.applies { " applies" } else { "" };
        let accuses = if family.accuses { " accuses" } else { "" };
        facts.whole(format_args!(
            "family {} exact {} rounded {} repeated {} failed {}{applies}{accuses} {}",
            family.rule,
            family.n_exact,
            family.n_rounded,
            family.n_repeated,
            family.n_failed,
            Quoted(&family.place)
        ));
    }
    for check in &reconciliation.checks {
        let verdict = if check.holds { "holds" } else { "fails" };
        facts.over(
            &check.pages,
            format_args!(
                "check {} {verdict} {} = {} within {} pages {} in {} {}{}",
                check.rule,
                check.left,
                check.right,
                check.allowance,
                Pages(&check.pages),
                check.participants.join(","),
                Quoted(&check.place),
                blame(disclosure, &check.blame)
            ),
        );
    }
    facts.notes(&disclosure.notes);
}

/// The figures that a failed check blames, by the names that they have elsewhere in the dump.
fn blame(disclosure: &Disclosure, figures: &[FigureRef]) -> String {
    let statement = |i: usize| disclosure.statements.get(i).map_or("", |s| s.id.as_str());
    let form = |i: usize| disclosure.forms.get(i).map_or("", |f| f.id.as_str());
    figures
        .iter()
        .map(|figure| match *figure {
            FigureRef::Cell { statement: s, record, column } => {
                format!(" blames {} cell {record},{column}", statement(s))
            }
            FigureRef::Fund { form: f, fund } => format!(" blames {} fund {fund}", form(f)),
            FigureRef::Text { form: f, text } => format!(" blames {} text {text}", form(f)),
            FigureRef::Prose { section, figure } => format!(" blames section {section} figure {figure}"),
        })
        .collect()
}
