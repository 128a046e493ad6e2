//! One document as a reviewer sees it: its figures with their places, and what of it is open, item by item.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::batch::done::{Filed, Sources};
use crate::emit::decisions::{self, Decision, Standing, Target, Verdict};
use crate::emit::findings::{self, FindingTold, Lang};
use crate::emit::jsonl;
use crate::error::Error;
use crate::provenance::Provenance;
use crate::read::{self, MediaType, RawBody};
use crate::reconcile::{Check, FigureRef, Reconciliation, Trust};
use crate::{pipeline, redact};

/// A document that was read again.
pub(super) struct Document {
    pub(super) filed: Arc<Filed>,
    pub(super) reconciliation: Reconciliation,
    /// Number, width and height of each page that has geometry.
    pub(super) pages: Vec<(u32, f32, f32)>,
    pub(super) n_pages: u32,
    /// The lines of each page of a text dump.
    pub(super) dump: Vec<(u32, Vec<String>)>,
    pub(super) items: Vec<Item>,
    statements: HashMap<String, usize>,
}

/// Something that a person must look at.
pub(super) struct Item {
    /// Its name in this document.
    pub(super) key: String,
    /// `contradicted`, `unchecked`, `guessed`, `lost` or `cut`.
    pub(super) kind: &'static str,
    /// The page to look at; 0 where it is of the whole document.
    pub(super) page: u32,
    /// What is to be decided about.
    pub(super) targets: Vec<Target>,
    /// The figures that take part, the one to look at first leading.
    pub(super) figures: Vec<FigureRef>,
    /// Of a contradiction, what is said of it in Chinese and English.
    pub(super) told: Option<[FindingTold; 2]>,
    /// Of a note, its code and sentence.
    pub(super) note: Option<(&'static str, String)>,
}

/// How far an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Nobody has decided.
    Open,
    /// It stands as printed.
    Accepted,
    /// What was read wrong is corrected.
    Corrected,
}

impl Document {
    /// Reads a document as the run did that published it.
    pub(super) fn read(filed: Arc<Filed>, sources: &Sources) -> Result<Self, Error> {
        let ocr = filed.models(sources)?;
        let bytes = filed.load(sources)?;
        let raw = read::read_scans(&bytes, &filed.options.limits, ocr)?;
        let (mut pages, mut dump) = (Vec::new(), Vec::new());
        match &raw.body {
            RawBody::Pages(all) => pages.extend(all.iter().map(|page| (page.number, page.width, page.height))),
            RawBody::Dump(all) => dump.extend(
                all.iter().map(|page| (page.number, page.lines.iter().map(|line| line.text.clone()).collect())),
            ),
        }
        let n_pages = raw.source.n_pages;
        let mut reconciliation = pipeline::reconcile_raw(raw, &bytes, &filed.options.limits, ocr);
        if filed.options.redact_contacts {
            reconciliation = redact::contacts(reconciliation);
        }
        let statements = reconciliation.disclosure.statements.iter().enumerate();
        let statements = statements.map(|(i, statement)| (statement.id.clone(), i)).collect();
        let mut document = Self { filed, reconciliation, pages, n_pages, dump, items: Vec::new(), statements };
        document.items = document.open_items();
        Ok(document)
    }

    /// Whether it is a text dump.
    pub(super) fn is_dump(&self) -> bool {
        self.reconciliation.disclosure.source.media_type == MediaType::Text
    }

    /// The items in the order of their weight, and of their pages.
    fn open_items(&self) -> Vec<Item> {
        let mut items = self.contradictions();
        items.extend(self.columns());
        items.extend(self.notes());
        items
    }

    fn contradictions(&self) -> Vec<Item> {
        let told = findings::findings("", &self.reconciliation).findings;
        let groups = findings::groups(&self.reconciliation);
        let items = told.iter().zip(groups).enumerate().map(|(n, (finding, (subject, checks)))| {
            let mut figures = vec![subject];
            for figure in checks.iter().flat_map(|check| check.figures.iter().chain(&check.blame)) {
                if !figures.contains(figure) {
                    figures.push(*figure);
                }
            }
            let mut targets: Vec<Target> = checks.iter().map(|check| decisions::check_target(check)).collect();
            targets.dedup();
            let page = match finding.subject.provenance.page {
                0 => checks.first().and_then(|check| check.pages.first().copied()).unwrap_or(0),
                page => page,
            };
            Item {
                key: format!("contradicted-{n}"),
                kind: "contradicted",
                page,
                targets,
                figures,
                told: Some([findings::told(finding, Lang::Zh), findings::told(finding, Lang::En)]),
                note: None,
            }
        });
        items.collect()
    }

    /// Amounts in no sum, by their column or form; those whose column is the likeliest of several apart.
    fn columns(&self) -> Vec<Item> {
        let mut columns: BTreeMap<(usize, usize, usize, bool), Vec<FigureRef>> = BTreeMap::new();
        let Reconciliation { disclosure, trust, fund_trust, .. } = &self.reconciliation;
        for (s, statement) in disclosure.statements.iter().enumerate() {
            for (r, record) in statement.records.iter().enumerate() {
                for (c, value) in record.values.iter().enumerate() {
                    let at = FigureRef::Cell { statement: s, record: r, column: c };
                    let trust = trust.get(s).and_then(|t| t.get(r)?.get(c).copied()).flatten();
                    let Some(value) = value.as_ref().filter(|value| is_open(value.amount, trust)) else { continue };
                    columns.entry((0, s, c, value.guessed)).or_default().push(at);
                }
            }
        }
        for (f, form) in disclosure.forms.iter().enumerate() {
            for (i, fund) in form.funds.iter().enumerate() {
                let trust = fund_trust.get(f).and_then(|t| t.get(i).copied()).flatten();
                if is_open(fund.amount_yuan, trust) {
                    columns.entry((1, f, 0, fund.guessed)).or_default().push(FigureRef::Fund { form: f, fund: i });
                }
            }
        }
        let items = columns.into_iter().enumerate().map(|(n, ((.., is_guessed), figures))| Item {
            key: format!("column-{n}"),
            kind: if is_guessed { "guessed" } else { "unchecked" },
            page: figures.first().map_or(0, |at| self.place(*at).page),
            targets: figures.iter().filter_map(|at| self.target(*at)).collect(),
            figures,
            told: None,
            note: None,
        });
        let (unchecked, guessed): (Vec<Item>, Vec<Item>) = items.partition(|item| item.kind == "unchecked");
        unchecked.into_iter().chain(guessed).collect()
    }

    /// What the program says of pages; one item a code and page.
    fn notes(&self) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for note in &self.reconciliation.disclosure.notes {
            let code = note.kind.name();
            let Some(kind) = decisions::class(note.kind.severity().name(), code) else { continue };
            let page = note.provenance.map(|place| place.page).filter(|page| *page > 0);
            let target = Target::Note { code: code.to_owned(), page };
            if items.iter().any(|item| item.targets.contains(&target)) {
                continue;
            }
            items.push(Item {
                key: format!("note-{}", items.len()),
                kind,
                page: page.unwrap_or(0),
                targets: vec![target],
                figures: Vec::new(),
                told: None,
                note: Some((code, note.message.clone())),
            });
        }
        items
    }

    /// Page and rectangle of a figure.
    pub(super) fn place(&self, at: FigureRef) -> Provenance {
        let disclosure = &self.reconciliation.disclosure;
        let place = match at {
            FigureRef::Cell { statement, record, column } => {
                let record = disclosure.statements.get(statement).and_then(|s| s.records.get(record));
                record.map(|record| {
                    let value = record.values.get(column).and_then(Option::as_ref).map(|value| value.provenance);
                    value.filter(|place| place.page > 0).unwrap_or(record.provenance)
                })
            }
            FigureRef::Fund { form, fund } => {
                let form = disclosure.forms.get(form);
                let line = form.and_then(|form| Some(form.funds.get(fund)?.provenance)).filter(|place| place.page > 0);
                line.or_else(|| Some(Provenance::page(*form?.pages.first()?)))
            }
            FigureRef::Text { form, .. } => {
                disclosure.forms.get(form).and_then(|form| Some(Provenance::page(*form.pages.first()?)))
            }
            FigureRef::Prose { section, .. } => disclosure.sections.get(section).map(|section| section.provenance),
        };
        place.unwrap_or(Provenance::page(0))
    }

    /// The target that a figure is; `None` for an amount of a text.
    pub(super) fn target(&self, at: FigureRef) -> Option<Target> {
        let disclosure = &self.reconciliation.disclosure;
        match at {
            FigureRef::Cell { statement, record, column } => {
                Some(Target::Cell { table: disclosure.statements.get(statement)?.id.clone(), row: record, column })
            }
            FigureRef::Fund { form, fund } => {
                let form = disclosure.forms.get(form)?;
                let line = form.funds.get(fund)?;
                let line = format!("{}/{}", line.horizon.name(), line.source.name());
                Some(Target::Fund { form: form.id.clone(), line })
            }
            FigureRef::Text { .. } | FigureRef::Prose { .. } => None,
        }
    }

    /// The figure that a target names.
    pub(super) fn figure(&self, target: &Target) -> Option<FigureRef> {
        match target {
            Target::Cell { table, row, column } => {
                Some(FigureRef::Cell { statement: *self.statements.get(table)?, record: *row, column: *column })
            }
            Target::Fund { .. } => {
                let forms = self.reconciliation.disclosure.forms.iter().enumerate();
                let mut lines =
                    forms.flat_map(|(form, f)| (0..f.funds.len()).map(move |fund| FigureRef::Fund { form, fund }));
                lines.find(|at| self.target(*at).as_ref() == Some(target))
            }
            Target::Check { .. } | Target::Note { .. } => None,
        }
    }

    /// What a target prints now, and what stands beside it; `None` where there is no such thing.
    pub(super) fn printed(&self, target: &Target) -> Option<(String, String)> {
        match target {
            Target::Cell { row, column, .. } => {
                let Some(FigureRef::Cell { statement, .. }) = self.figure(target) else { return None };
                let statement = self.reconciliation.disclosure.statements.get(statement)?;
                let record = statement.records.get(*row)?;
                let value = record.values.get(*column)?.as_ref()?;
                Some((value.text.clone(), decisions::beside_cell(statement, record, *column)))
            }
            Target::Fund { .. } => {
                let amount = self.yuan(self.figure(target)?)?;
                Some((jsonl::yuan(amount), String::new()))
            }
            Target::Check { sides, .. } => {
                let mut checks = self.failing();
                checks.any(|check| decisions::check_target(check) == *target).then(|| (sides.clone(), String::new()))
            }
            Target::Note { code, .. } => {
                let mut targets = self.items.iter().flat_map(|item| &item.targets);
                targets.any(|other| other == target).then(|| (code.clone(), String::new()))
            }
        }
    }

    /// Whether a decision is about what is read here now.
    pub(super) fn is_fresh(&self, decision: &Decision) -> bool {
        self.printed(&decision.target)
            .is_some_and(|(printed, beside)| printed == decision.printed && beside == decision.beside)
    }

    /// The checks that fail.
    pub(super) fn failing(&self) -> impl Iterator<Item = &Check> {
        self.reconciliation.checks.iter().filter(|check| !check.holds)
    }

    /// A figure in yuan, and one of its unit in yuan.
    pub(super) fn yuan(&self, at: FigureRef) -> Option<Decimal> {
        let disclosure = &self.reconciliation.disclosure;
        match at {
            FigureRef::Cell { statement, record, column } => {
                let value = disclosure.statements.get(statement)?.records.get(record)?.values.get(column)?.as_ref()?;
                value.amount?.checked_mul(self.factor(at))
            }
            FigureRef::Fund { form, fund } => disclosure.forms.get(form)?.funds.get(fund)?.amount_yuan,
            FigureRef::Text { .. } | FigureRef::Prose { .. } => None,
        }
    }

    /// One of the unit that a figure is printed in, in yuan.
    pub(super) fn factor(&self, at: FigureRef) -> Decimal {
        let unit = match at {
            FigureRef::Cell { statement, .. } => {
                self.reconciliation.disclosure.statements.get(statement).and_then(|statement| statement.unit)
            }
            _ => None,
        };
        unit.map_or(Decimal::ONE, |unit| unit.in_yuan().into())
    }

    /// What the report's arithmetic says of a figure.
    pub(super) fn trust(&self, at: FigureRef) -> Option<Trust> {
        match at {
            FigureRef::Cell { statement, record, column } => {
                self.reconciliation.trust.get(statement)?.get(record)?.get(column).copied().flatten()
            }
            FigureRef::Fund { form, fund } => self.reconciliation.fund_trust.get(form)?.get(fund).copied().flatten(),
            FigureRef::Text { .. } | FigureRef::Prose { .. } => None,
        }
    }

    /// How far an item is, by what stands.
    pub(super) fn state(&self, item: &Item, standing: &Standing) -> State {
        let mut state = State::Accepted;
        for target in &item.targets {
            match standing.of(target).filter(|decision| self.is_fresh(decision)).map(|decision| decision.verdict) {
                None => return State::Open,
                Some(Verdict::Corrected) => state = State::Corrected,
                Some(_) => {}
            }
        }
        if item.targets.is_empty() { State::Open } else { state }
    }
}

fn is_open(amount: Option<Decimal>, trust: Option<Trust>) -> bool {
    amount.is_some_and(|amount| !amount.is_zero()) && trust == Some(Trust::Unchecked)
}
