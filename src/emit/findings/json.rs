//! Findings as JSON: one object a report, amounts as decimal strings in yuan.

use serde_json::{Value, json};

use super::{Failure, Finding, Findings, Hint, Lang, Open, Settled, Shares, Spot, Tally, words};

/// The findings of one report as JSON; explaining words are in `lang`.
pub fn json(findings: &Findings, lang: Lang) -> Value {
    let finding = |finding: &Finding| {
        json!({
            "subject": spot(&finding.subject),
            "checks": finding.failures.iter().map(|item| failure(item, lang)).collect::<Vec<Value>>(),
            "suggestions": finding.hints.iter().map(|hint| suggestion(hint, lang)).collect::<Vec<Value>>(),
        })
    };
    let mut report = json!({
        "source": findings.source,
        "holds": findings.tally.is_clean(),
        "lost": lost(&findings.tally),
        "contradictions": findings.tally.n_failed,
        "findings": findings.findings.iter().map(finding).collect::<Vec<Value>>(),
        "warnings": findings.warnings.iter().map(finding).collect::<Vec<Value>>(),
        "amounts": {"tables": shares(&findings.statements), "forms": shares(&findings.forms)},
        "unconfirmed": findings.open.iter().map(open).collect::<Vec<Value>>(),
    });
    let settled = findings.settled;
    if settled != Settled::default() {
        report["settled"] = json!({"checks": settled.n_checks, "amounts": settled.n_amounts});
    }
    report
}

/// What of a document is lost, as JSON.
pub fn lost(tally: &Tally) -> Value {
    tally.lost.iter().map(|lost| json!({"code": lost.code, "page": lost.page})).collect()
}

fn failure(failure: &Failure, lang: Lang) -> Value {
    let words = failure.rule.words(lang);
    json!({
        "rule": failure.rule.name(),
        "message": words.fails,
        "left": failure.left.to_string(),
        "right": failure.right.to_string(),
        "difference": (failure.left - failure.right).to_string(),
        "missing": failure.gap.as_ref().map(|gap| super::words::gap(gap, lang)),
        "figures": failure.figures.iter().map(spot).collect::<Vec<Value>>(),
        "also_in_columns": failure.columns,
        "look_at": words.look_at,
        "suspects": failure.suspects.iter().map(spot).collect::<Vec<Value>>(),
    })
}

fn spot(spot: &Spot) -> Value {
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let rect = spot.provenance.rect.map(|r| [r.x0, r.y0, r.x1, r.y1].map(f64::from));
    json!({
        "page": (spot.provenance.page > 0).then_some(spot.provenance.page),
        "bbox": rect,
        "table": filled(&spot.holder),
        "title": filled(&spot.title),
        "row": spot.row,
        "name": filled(&spot.name),
        "column": filled(&spot.column),
        "yuan": spot.yuan.map(|yuan| yuan.to_string()),
    })
}

fn suggestion(hint: &Hint, lang: Lang) -> Value {
    let (code, at) = match hint {
        Hint::Reading(_) => ("doubtful-reading", None),
        Hint::OneDigit => ("one-digit", None),
        Hint::Turned => ("turned-digits", None),
        Hint::PointMoved(_) => ("point-moved", None),
        Hint::Equals(at) => ("difference-is-a-figure", Some(spot(at))),
        Hint::PartsLess => ("parts-less", None),
        Hint::PartsMore => ("parts-more", None),
        Hint::StaleText => ("stale-text", None),
        Hint::OthersConfirmed => ("others-confirmed", None),
    };
    let place = match hint {
        Hint::Equals(at) => at.name.as_str(),
        _ => "",
    };
    json!({"code": code, "message": words::hint(hint, place, lang), "figure": at})
}

fn shares(shares: &Shares) -> Value {
    let mut object = serde_json::Map::new();
    object.insert("nonzero".to_owned(), shares.n_amounts().into());
    for (level, count) in Shares::LEVELS.iter().zip(shares.counts) {
        object.insert(level.name().to_owned(), count.into());
    }
    object.insert("zero".to_owned(), shares.n_zeros.into());
    Value::Object(object)
}

fn open(open: &Open) -> Value {
    json!({
        "table": open.holder,
        "title": open.title,
        "column": (!open.column.is_empty()).then_some(&open.column),
        "pages": open.pages,
        "amounts": open.n_amounts,
        "unchecked": open.n_unchecked,
        "rounded": open.n_rounded,
    })
}
