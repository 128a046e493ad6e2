//! What the text plans: the money of N projects against N forms, and an item's money told twice in one paragraph.

use super::Context;
use super::identity::{Hypothesis, Identity, Outcome, Stance};
use super::ledger::FigureId;
use super::prose::{Mention, Role};
use crate::interpret::{FormKind, FundSource, Horizon};

/// N projects with so much money, where the document holds N forms.
pub(super) fn projects(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    let forms = &ledger.disclosure.forms;
    let total = |index: usize, horizons: [Horizon; 2]| {
        let form = forms.get(index)?;
        horizons.into_iter().find_map(|horizon| {
            let line = form.funds.iter().position(|f| f.source == FundSource::Total && f.horizon == horizon)?;
            ledger.fund(index, line)
        })
    };
    let text = |index: usize, name: &str| {
        ledger.form_texts.get(index)?.iter().find(|(key, _)| key == name).map(|(_, figure)| *figure)
    };
    let projects: Vec<usize> =
        (0..forms.len()).filter(|i| forms[*i].kind == FormKind::Project && forms[*i].project_name.is_some()).collect();
    // The money of this year, of the whole period, and what of it is fiscal: the text may mean any.
    let readings: Vec<Vec<FigureId>> = [
        projects.iter().filter_map(|i| total(*i, [Horizon::Annual, Horizon::Period])).collect(),
        projects.iter().filter_map(|i| total(*i, [Horizon::Period, Horizon::Annual])).collect(),
        projects.iter().filter_map(|i| text(*i, "fiscal_appropriation_annual")).collect(),
        projects.iter().filter_map(|i| text(*i, "fiscal_funds_period")).collect(),
    ]
    .into_iter()
    .filter(|figures: &Vec<FigureId>| figures.len() == projects.len())
    .collect();
    let mut identities = Vec::new();
    if projects.len() >= 2 && !readings.is_empty() {
        for mentions in context.mentions {
            for mention in mentions.iter().filter(|m| m.role == Role::Current) {
                let counted = format!("{}个", projects.len());
                let Some((before, after)) = mention.lead.rsplit_once(&counted) else { continue };
                let counts_projects = before.ends_with("项目") || after.starts_with("项目");
                let no_digit_before = !before.ends_with(|c: char| c.is_ascii_digit());
                let money = mention.phrase.contains("资金") || mention.phrase.contains("金额");
                if counts_projects && no_digit_before && money && after.chars().count() < 20 {
                    let Some(text) = mention.figure else { continue };
                    let sum =
                        |parts: &Vec<FigureId>| Identity::sum(ledger, text, parts.iter().map(|id| (*id, 1)).collect());
                    let sums: Vec<Identity> = readings.iter().filter_map(sum).collect();
                    let held = sums.iter().position(|sum| sum.outcome() != Outcome::Failed);
                    let told = held.or((!mention.aside).then_some(0));
                    identities.extend(told.and_then(|position| sums.into_iter().nth(position)));
                }
            }
        }
    }
    vec![Hypothesis { place: "narrative = forms together".to_owned(), identities, stance: Stance::Closed }]
}

/// Two amounts for one item in one paragraph: the item's own, and what is planned for it this year.
pub(super) fn repeats(context: &Context<'_, '_>) -> Vec<Hypothesis> {
    let ledger = context.ledger;
    let mut identities = Vec::new();
    for mentions in context.mentions {
        let mut before: Option<&Mention> = None;
        for mention in mentions.iter().filter(|m| m.role == Role::Current) {
            let item = before.filter(|m| m.paragraph == mention.paragraph);
            if mention.phrase.ends_with("年预算安排") {
                let amounts = item.filter(|m| names_item(&m.phrase)).and_then(|m| m.figure.zip(mention.figure));
                identities.extend(amounts.and_then(|(a, b)| Identity::equal(ledger, a, b)));
                before = None;
            } else if item.is_none() {
                before = Some(mention);
            }
        }
    }
    vec![Hypothesis { place: "narrative repeats".to_owned(), identities, stance: Stance::Open }]
}

/// The paragraph opens with an item of the classification (…（项）).
fn names_item(phrase: &str) -> bool {
    phrase.trim_end_matches(['”', '"', '的']).ends_with("(项)")
}
