//! Decisions are put beside what the flat records print, which never changes; facts take corrected amounts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{Decision, Standing, Target, Verdict, beside, text};
use crate::emit::flat::Resource;
use crate::emit::jsonl;
use crate::emit::sink::{self, Content};
use crate::error::Error;
use crate::hex;
use crate::terms::Unit;

/// Flat records with decisions.
#[derive(Debug)]
pub struct Applied<'r> {
    /// The records, one a line.
    pub records: Cow<'r, str>,
    /// How many decisions stand beside a figure.
    pub n_applied: usize,
    /// How many do not, because what they were made for is no longer printed there.
    pub n_stale: usize,
}

type Fields = Map<String, Value>;

/// Puts the decisions of a report into its flat records, as [`jsonl::write`] wrote them.
///
/// # Errors
/// Where the records are none.
pub fn apply<'r>(records: &'r str, standing: Option<&Standing>) -> Result<Applied<'r>, Error> {
    let Some(standing) = standing.filter(|standing| standing.each().next().is_some()) else {
        return Ok(Applied { records: Cow::Borrowed(records), n_applied: 0, n_stale: 0 });
    };
    let mut rows = Vec::new();
    for line in records.lines() {
        rows.push(sink::record(line, Content::Reports)?);
    }
    let mut fresh: Vec<&Decision> = Vec::new();
    let mut corrected = Vec::new();
    for (resource, fields) in &mut rows {
        let Some((target, printed, beside)) = target_of(*resource, fields) else { continue };
        let Some(decision) = standing.of(&target).or_else(|| standing.last(&target)) else { continue };
        if decision.printed != printed || decision.beside != beside {
            continue;
        }
        fresh.push(decision);
        if decision.verdict == Verdict::Noted {
            continue;
        }
        let yuan = in_yuan(*resource, fields, decision);
        fields.insert("review".into(), decision.verdict.name().into());
        if let Some(amount) = fields.get_mut("reviewed_amount") {
            *amount = yuan.map_or(Value::Null, |yuan| jsonl::yuan(yuan).into());
        }
        fields.insert("reviewer".into(), decision.reviewer.clone().into());
        fields.insert("reviewed_at".into(), decision.at.clone().into());
        if let Some(yuan) = yuan {
            corrected.push((place_of(&target), yuan));
        }
    }
    correct_facts(&mut rows, &corrected);
    let decisions: Vec<&Decision> = standing.each().collect();
    let n_stale = decisions.iter().filter(|decision| !fresh.contains(decision)).count();
    for (seq, decision) in decisions.iter().enumerate() {
        rows.push((Resource::Decisions, record(seq, decision, !fresh.contains(decision))));
    }
    let mut out = String::with_capacity(records.len() + 256);
    for (_, fields) in &rows {
        out.push_str(&serde_json::to_string(fields).map_err(std::io::Error::from)?);
        out.push('\n');
    }
    Ok(Applied { records: Cow::Owned(out), n_applied: decisions.len() - n_stale, n_stale })
}

/// What a decision about a record would be about, with what it must have been made for.
fn target_of(resource: Resource, fields: &Fields) -> Option<(Target, String, String)> {
    let index = |name: &str| fields.get(name).and_then(Value::as_u64).and_then(|index| usize::try_from(index).ok());
    let owned = |name: &str| text(fields, name).map(str::to_owned);
    Some(match resource {
        Resource::Amounts => {
            let texts: Vec<Value> = fields
                .get("texts")?
                .as_array()?
                .iter()
                .filter_map(|text| serde_json::from_str(text.as_str()?).ok())
                .collect();
            let beside =
                beside(text(fields, "column_path")?, texts.iter().filter_map(|cell| cell.get("text")?.as_str()));
            let target =
                Target::Cell { table: owned("table_id")?, row: index("row_index")?, column: index("column_index")? };
            (target, owned("printed")?, beside)
        }
        Resource::FormFunds => {
            let line = format!("{}/{}", text(fields, "horizon")?, text(fields, "source")?);
            (Target::Fund { form: owned("form_id")?, line }, owned("amount_yuan")?, String::new())
        }
        Resource::Checks => {
            let sides = format!("{}|{}", text(fields, "left")?, text(fields, "right")?);
            let target = Target::Check { rule: owned("rule")?, place: owned("place")?, sides: sides.clone() };
            (target, sides, String::new())
        }
        Resource::Diagnostics => {
            let page = fields.get("page").and_then(Value::as_u64).and_then(|page| u32::try_from(page).ok());
            (Target::Note { code: owned("code")?, page }, owned("code")?, String::new())
        }
        _ => return None,
    })
}

/// A corrected value in yuan; `None` where nothing is corrected, or the figure is no money.
fn in_yuan(resource: Resource, fields: &Fields, decision: &Decision) -> Option<Decimal> {
    let value = decision.value.filter(|_| decision.verdict == Verdict::Corrected)?;
    match resource {
        Resource::FormFunds => Some(value),
        Resource::Amounts if text(fields, "measure") != Some("change_percent") => {
            value.checked_mul(Unit::from_word(text(fields, "unit")?)?.in_yuan().into())
        }
        _ => None,
    }
}

/// A place as facts name it.
fn place_of(target: &Target) -> Value {
    match target {
        Target::Cell { table, row, column } => json!({"table_id": table, "row_index": row, "column_index": column}),
        Target::Fund { form, .. } => json!({"form_id": form}),
        _ => Value::Null,
    }
}

/// The fields that say what a fact is of: all but its amount and where it is printed.
fn key(fields: &Fields) -> String {
    let apart = ["fact_id", "amount", "trust", "n_places", "places", "disputed"];
    let key: Vec<_> = fields.iter().filter(|(name, _)| !apart.contains(&name.as_str())).collect();
    format!("{key:?}")
}

/// Cells that were corrected print another amount of their fact: they leave it, and join the fact of that amount, or are one
/// of their own. A fact all of whose places are corrected alike keeps its id.
fn correct_facts(rows: &mut Vec<(Resource, Fields)>, corrected: &[(Value, Decimal)]) {
    let yuan_at = |place: &Value| {
        // The line of a form is not named in a fact's place.
        let is_it = |at: &Value| {
            at["table_id"].is_string() && ["table_id", "row_index", "column_index"].iter().all(|n| at[n] == place[n])
        };
        corrected.iter().find(|(at, _)| is_it(at)).map(|(_, yuan)| *yuan)
    };
    let mut moved: BTreeMap<String, String> = BTreeMap::new();
    let mut more: Vec<Fields> = Vec::new();
    for (_, fields) in rows.iter_mut().filter(|(resource, _)| *resource == Resource::Facts) {
        let places: Vec<String> = texts(fields, "places");
        let parsed: Vec<Value> = places.iter().filter_map(|place| serde_json::from_str(place).ok()).collect();
        let marked: Vec<Option<Decimal>> = parsed.iter().map(yuan_at).collect();
        let Some(first) = marked.iter().flatten().next().copied() else { continue };
        if marked.iter().all(|yuan| *yuan == Some(first)) {
            fields.insert("amount".into(), jsonl::yuan(first).into());
            fields.insert("trust".into(), "reviewed".into());
            continue;
        }
        let mut apart: BTreeMap<Decimal, Vec<String>> = BTreeMap::new();
        let mut stay = Vec::new();
        for (place, yuan) in places.into_iter().zip(marked) {
            match yuan {
                Some(yuan) => apart.entry(yuan).or_default().push(place),
                None => stay.push(place),
            }
        }
        for (yuan, places) in apart {
            let id = text(fields, "fact_id").unwrap_or_default();
            let id = hex::short(&Sha256::digest(format!("{id} {yuan}")));
            let mut own = fields.clone();
            moved.extend(places.iter().map(|place| (place.clone(), id.clone())));
            own.insert("fact_id".into(), id.into());
            own.insert("amount".into(), jsonl::yuan(yuan).into());
            own.insert("trust".into(), "reviewed".into());
            own.insert("disputed".into(), (!stay.is_empty()).into());
            set_places(&mut own, places);
            more.push(own);
        }
        if stay.is_empty() {
            fields.clear();
        } else {
            fields.insert("disputed".into(), true.into());
            set_places(fields, stay);
        }
    }
    rows.retain(|(_, fields)| !fields.is_empty());
    rows.extend(more.into_iter().map(|fields| (Resource::Facts, fields)));
    join_equal(rows, &mut moved);
    for (_, fields) in rows.iter_mut().filter(|(resource, _)| *resource == Resource::Amounts) {
        let to = moved.iter().find(|(place, _)| {
            let place: Value = serde_json::from_str(place).unwrap_or_default();
            ["table_id", "row_index", "column_index"].iter().all(|name| fields.get(*name) == place.get(name))
        });
        if let Some((_, id)) = to {
            fields.insert("fact_id".into(), id.clone().into());
        }
    }
    rows.sort_by_key(|(resource, fields)| {
        let id = (*resource == Resource::Facts).then(|| text(fields, "fact_id").unwrap_or_default().to_owned());
        (*resource, id)
    });
}

/// Facts of one key and amount become one, where a correction made them equal.
fn join_equal(rows: &mut Vec<(Resource, Fields)>, moved: &mut BTreeMap<String, String>) {
    let reviewed: Vec<usize> = (0..rows.len())
        .filter(|i| rows.get(*i).is_some_and(|(r, f)| *r == Resource::Facts && text(f, "trust") == Some("reviewed")))
        .collect();
    let mut gone = Vec::new();
    for i in reviewed {
        let Some((_, own)) = rows.get(i).cloned() else { continue };
        let is_twin = |(j, (resource, other)): (usize, &(Resource, Fields))| {
            let is = *resource == Resource::Facts && j != i && !gone.contains(&j);
            (is && other.get("amount") == own.get("amount") && key(other) == key(&own)).then_some(j)
        };
        let Some(twin) = rows.iter().enumerate().find_map(is_twin) else { continue };
        let mut places = rows.get(twin).map(|(_, other)| texts(other, "places")).unwrap_or_default();
        let joined = texts(&own, "places");
        if let Some((_, other)) = rows.get_mut(twin) {
            let id = text(other, "fact_id").unwrap_or_default().to_owned();
            moved.extend(joined.iter().map(|place| (place.clone(), id.clone())));
            places.extend(joined);
            set_places(other, places);
            other.insert("trust".into(), "reviewed".into());
        }
        gone.push(i);
    }
    let mut at = 0;
    rows.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
}

fn texts(fields: &Fields, name: &str) -> Vec<String> {
    let texts = fields.get(name).and_then(Value::as_array).into_iter().flatten();
    texts.filter_map(|text| Some(text.as_str()?.to_owned())).collect()
}

fn set_places(fields: &mut Fields, places: Vec<String>) {
    fields.insert("n_places".into(), places.len().into());
    fields.insert("places".into(), places.into());
}

/// A decision as a record of its own.
fn record(seq: usize, decision: &Decision, is_stale: bool) -> Fields {
    let line = decision.to_json();
    let get = |name: &str| line.get(name).cloned().unwrap_or_default();
    let (row, column, fund) = match &decision.target {
        Target::Fund { line, .. } => (Value::Null, Value::Null, json!(line)),
        _ => (get("row"), get("column"), Value::Null),
    };
    let fields = [
        ("record", json!(Resource::Decisions.name())),
        ("report_id", get("report_id")),
        ("seq", json!(seq)),
        ("holder", get("table")),
        ("row_index", row),
        ("column_index", column),
        ("fund", fund),
        ("rule", get("check")),
        ("place", get("place")),
        ("page", get("page")),
        ("decision", get("decision")),
        ("value", get("value")),
        ("reason", get("reason")),
        ("note", get("note")),
        ("reviewer", get("reviewer")),
        ("reviewed_at", get("at")),
        ("program_version", get("version")),
        ("printed", get("printed")),
        ("stale", json!(is_stale)),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
