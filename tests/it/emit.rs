//! The published shape of a report, from disclosures made by hand.

use mingzhang::emit::{Encoding, Publication, json};
use mingzhang::geom::Rect;
use mingzhang::interpret::reading;
use mingzhang::interpret::{
    Column, ColumnRole, Disclosure, Filing, Form, Fund, FundSource, Horizon, Indicator, Record, Section, Statement,
    Value,
};
use mingzhang::note::{Note, NoteKind};
use mingzhang::provenance::Provenance;
use mingzhang::read::{MediaType, Source};
use mingzhang::reconcile::{Check, Reconciliation, Rule, Trust};
use mingzhang::terms::{ReportKind, StatementKind, Unit};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn place() -> Provenance {
    Provenance::at(2, Rect { x0: 10.004, y0: 20.125, x1: 30.0, y1: 41.239 })
}

fn words(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value {
        text: text.to_owned(),
        amount: None,
        guessed: false,
        inset: None,
        provenance: place(),
    })
}

fn amount(text: &str) -> Option<Value> {
    let amount = text.replace(',', "").parse().ok();
    (!text.is_empty()).then(|| Value {
        text: text.to_owned(),
        amount,
        guessed: false,
        inset: None,
        provenance: place(),
    })
}

fn column(path: &str, role: ColumnRole) -> Column {
    Column { path: path.split('/').map(str::to_owned).collect(), role }
}

fn record(values: Vec<Option<Value>>, level: Option<u8>) -> Record {
    Record { values, level, provenance: place() }
}

fn statement(columns: Vec<Column>, records: Vec<Record>) -> Statement {
    Statement {
        id: "table-01".into(),
        number: Some("表1".into()),
        kind: StatementKind::RevenueSummary,
        title: Some("收入总表".into()),
        department: None,
        department_code: None,
        fiscal_year: None,
        unit_printed: Some("万元".into()),
        unit: Some(Unit::TenThousandYuan),
        pages: vec![2],
        columns,
        records,
        notes: Vec::new(),
    }
}

/// A statement with a code column, a label and one amount.
fn plain(rows: &[[&str; 3]]) -> Statement {
    let columns = vec![
        column("科目编码", ColumnRole::Code),
        column("科目名称", ColumnRole::Label),
        column("合计", ColumnRole::Amount),
    ];
    let records = rows
        .iter()
        .map(|[code, label, money]| {
            let level = (code.len() >= 3).then(|| u8::try_from((code.len() - 3) / 2).unwrap());
            record(vec![words(code), words(label), amount(money)], level)
        })
        .collect();
    statement(columns, records)
}

fn reconciliation(statements: Vec<Statement>, forms: Vec<Form>) -> Reconciliation {
    let trust = |statement: &Statement| {
        let row =
            |r: &Record| r.values.iter().map(|v| v.as_ref().and_then(|v| v.amount).map(|_| Trust::Confirmed)).collect();
        statement.records.iter().map(row).collect()
    };
    let trust = statements.iter().map(trust).collect();
    let disclosure = Disclosure {
        source: Source { media_type: MediaType::Pdf, n_pages: 3, producer: None },
        filing: Filing { kind: ReportKind::Budget, fiscal_year: Some(2031), ..Filing::default() },
        statements,
        forms,
        sections: Vec::new(),
        rivals: Vec::new(),
        notes: Vec::new(),
    };
    Reconciliation {
        trust,
        fund_trust: disclosure.forms.iter().map(|f| vec![None; f.funds.len()]).collect(),
        checks: Vec::new(),
        names: Default::default(),
        families: Vec::new(),
        reading: reading::read(&disclosure),
        misread: std::collections::BTreeSet::new(),
        disclosure,
    }
}

fn publication(reconciliation: &Reconciliation) -> Publication {
    Publication::new("a.pdf", b"bytes", reconciliation.clone())
}

fn published(reconciliation: &Reconciliation) -> Json {
    serde_json::to_value(publication(reconciliation).report()).unwrap()
}

/// The flat records of one resource.
fn records(reconciliation: &Reconciliation, resource: &str) -> Vec<Json> {
    let lines = String::from_utf8(publication(reconciliation).encode(Encoding::JsonLines).unwrap()).unwrap();
    lines
        .lines()
        .map(|line| serde_json::from_str::<Json>(line).unwrap())
        .filter(|record| record["record"] == resource)
        .collect()
}

#[test]
fn an_amount_is_published_with_its_printed_decimals_and_no_separators() {
    let out = published(&reconciliation(vec![plain(&[["213", "农林水支出", "1,234.50"]])], vec![]));
    assert_eq!(out["tables"][0]["rows"][0]["cells"], json!(["213", "农林水支出", "1234.50"]));
}

#[test]
fn a_blank_amount_is_null_and_a_printed_zero_is_not() {
    let out =
        published(&reconciliation(vec![plain(&[["213", "农林水支出", ""], ["214", "交通支出", "0.00"]])], vec![]));
    assert_eq!(out["tables"][0]["rows"][0]["cells"][2], Json::Null);
    assert_eq!(out["tables"][0]["rows"][1]["cells"][2], "0.00");
    assert_eq!(out["tables"][0]["no_data"], false);
}

#[test]
fn a_table_without_any_amount_has_no_data() {
    let out = published(&reconciliation(vec![plain(&[["", "合计", ""]])], vec![]));
    assert_eq!(out["tables"][0]["no_data"], true);
}

#[test]
fn what_is_no_amount_stays_text_and_has_no_trust() {
    let out = published(&reconciliation(vec![plain(&[["213", "农林水支出", "见附表"]])], vec![]));
    let row = &out["tables"][0]["rows"][0];
    assert_eq!(row["cells"][2], "见附表");
    assert_eq!(row["trust"], json!([null, null, null]));
}

#[test]
fn trust_stands_beside_amounts_alone() {
    let out = published(&reconciliation(vec![plain(&[["213", "农林水支出", "5.00"]])], vec![]));
    assert_eq!(out["tables"][0]["rows"][0]["trust"], json!([null, null, "confirmed"]));
}

#[test]
fn a_rectangle_has_two_decimals() {
    let out = published(&reconciliation(vec![plain(&[["213", "农林水支出", "5.00"]])], vec![]));
    assert_eq!(out["tables"][0]["rows"][0]["bbox"], json!([10.0, 20.13, 30.0, 41.24]));
}

#[test]
fn a_source_without_geometry_has_no_rectangle() {
    let mut statement = plain(&[["213", "农林水支出", "5.00"]]);
    statement.records[0].provenance = Provenance::page(4);
    let row = &published(&reconciliation(vec![statement], vec![]))["tables"][0]["rows"][0];
    assert_eq!((&row["page"], &row["bbox"]), (&json!(4), &Json::Null));
}

#[test]
fn a_form_keeps_its_texts_in_order_and_its_further_columns() {
    let form = Form {
        id: "form-01".into(),
        funds: vec![Fund {
            source: FundSource::Total,
            horizon: Horizon::Annual,
            amount_yuan: Some(decimal("350000.00")),
            provenance: place(),
            guessed: false,
            extra: Vec::new(),
        }],
        texts: vec![("plan".into(), None), ("basis".into(), Some("有据".into())), ("plan".into(), Some("按月".into()))],
        indicators: vec![Indicator {
            level3: Some("完成率".into()),
            value: Some("≥95%".into()),
            extra: vec![("weight".into(), Some("10".into())), ("value".into(), Some("0".into()))],
            ..Indicator::default()
        }],
        ..Form::default()
    };
    let out = published(&reconciliation(vec![], vec![form]));
    let form = &out["forms"][0];
    assert_eq!(form["texts"].to_string(), r#"{"plan":"按月","basis":"有据"}"#);
    assert_eq!(form["indicators"][0]["weight"], "10");
    assert_eq!(form["indicators"][0]["value"], "≥95%");
    assert_eq!(form["funds"][0]["amount_yuan"], "350000");
    assert_eq!(form["funds"][0]["trust"], "unchecked");
}

#[test]
fn a_check_names_both_sides_in_yuan() {
    let mut whole = reconciliation(vec![], vec![]);
    whole.checks.push(Check {
        rule: Rule::ColumnSum,
        holds: false,
        left: decimal("12.50") * decimal("10000"),
        right: decimal("0.50"),
        allowance: decimal("0"),
        place: "table-01 row 1".into(),
        participants: vec!["table-01".into()],
        pages: vec![2],
        blame: Vec::new(),
        figures: Vec::new(),
        gap: None,
    });
    let check = &published(&whole)["checks"][0];
    assert_eq!((&check["left"], &check["right"]), (&json!("125000"), &json!("0.50")));
    assert_eq!(check["where"], "table-01 row 1");
    assert_eq!(check["tables"], json!(["table-01"]));
    assert_eq!(publication(&whole).report().n_contradictions(), 1);
}

#[test]
fn a_note_is_a_diagnostic_with_code_severity_and_place() {
    let mut whole = reconciliation(vec![], vec![]);
    whole.disclosure.notes.push(Note::new(NoteKind::NoTextLayer, "page 2 is a picture", Provenance::page(2)));
    let diagnostic = &published(&whole)["diagnostics"][0];
    assert_eq!(diagnostic["severity"], "error");
    assert_eq!(diagnostic["code"], "no-text-layer");
    assert_eq!(diagnostic["page"], 2);
}

#[test]
fn compact_json_is_one_line_and_says_the_same_as_indented() {
    let whole = reconciliation(vec![plain(&[["213", "农林水支出", "5.00"]])], vec![]);
    let report = publication(&whole).into_report();
    let compact = json::to_string(&report, json::Layout::Compact).unwrap();
    let pretty = json::to_string(&report, json::Layout::Pretty).unwrap();
    assert!(!compact.contains('\n') && pretty.contains("\n  "));
    assert_eq!(serde_json::from_str::<Json>(&compact).unwrap(), serde_json::from_str::<Json>(&pretty).unwrap());
}

#[test]
fn indented_json_keeps_on_one_line_what_fits_there() {
    let long = "很长的名称".repeat(30);
    let whole = reconciliation(vec![plain(&[["213", "农林水支出", "5.00"], ["214", &long, "6.00"]])], vec![]);
    let pretty = json::to_string(publication(&whole).report(), json::Layout::Pretty).unwrap();
    assert!(pretty.contains("\n        {\"path\": [\"科目编码\"], \"role\": \"code\"},\n"), "{pretty}");
    assert!(pretty.contains("\n          \"cells\": [\"213\", \"农林水支出\", \"5.00\"],\n"), "{pretty}");
    assert!(pretty.contains("\n          \"cells\": [\n            \"214\",\n"), "{pretty}");
    assert!(pretty.contains("\n  \"forms\": [],\n"), "{pretty}");
}

#[test]
fn a_flat_amount_is_in_yuan_and_knows_its_row_and_column() {
    let rows =
        [["213", "农林水支出", "1,234.50"], ["21302", "林业和草原", "1,234.50"], ["2130201", "行政运行", "0.00"]];
    let amounts = records(&reconciliation(vec![plain(&rows)], vec![]), "amounts");
    let last = &amounts[2];
    assert_eq!(amounts.len(), 3);
    assert_eq!((&last["row_index"], &last["column_index"]), (&json!(2), &json!(2)));
    assert_eq!(amounts[0]["amount"], "12345000.00");
    assert_eq!(amounts[0]["printed"], "1,234.50");
    assert_eq!(last["amount"], "0.00");
    assert_eq!((&last["label"], &last["parent"]), (&json!("行政运行"), &json!("林业和草原")));
    assert_eq!((&last["functional_code"], &last["level"]), (&json!("2130201"), &json!(2)));
    assert_eq!((&last["measure"], &last["trust"]), (&json!("total"), &json!("confirmed")));
    assert_eq!((&last["fiscal_year"], &last["page"], &last["x1"]), (&json!(2031), &json!(2), &json!(30.0)));
}

#[test]
fn each_side_of_a_two_sided_statement_has_its_own_labels() {
    let columns = vec![
        column("收入/项目", ColumnRole::Label),
        column("收入/预算数", ColumnRole::Amount),
        column("支出/项目", ColumnRole::Label),
        column("支出/预算数", ColumnRole::Amount),
    ];
    let row = record(vec![words("一、财政拨款"), amount("7"), words("一、教育支出"), amount("5")], None);
    let amounts = records(&reconciliation(vec![statement(columns, vec![row])], vec![]), "amounts");
    assert_eq!((&amounts[0]["side"], &amounts[0]["label"]), (&json!("revenue"), &json!("一、财政拨款")));
    assert_eq!((&amounts[1]["side"], &amounts[1]["label"]), (&json!("expenditure"), &json!("一、教育支出")));
    assert_eq!(amounts[1]["measure"], "budget");
}

#[test]
fn a_share_in_percent_is_no_money() {
    let columns = vec![column("项目", ColumnRole::Label), column("增减%", ColumnRole::Amount)];
    let row = record(vec![words("办公费"), amount("-3.25")], None);
    let amounts = records(&reconciliation(vec![statement(columns, vec![row])], vec![]), "amounts");
    assert_eq!((&amounts[0]["amount"], &amounts[0]["printed"]), (&Json::Null, &json!("-3.25")));
    assert_eq!(amounts[0]["measure"], "change_percent");
}

#[test]
fn a_total_over_code_columns_is_the_label_of_its_row() {
    let amounts = records(&reconciliation(vec![plain(&[["合计", "", "9"]])], vec![]), "amounts");
    assert_eq!((&amounts[0]["label"], &amounts[0]["functional_code"]), (&json!("合计"), &Json::Null));
}

#[test]
fn every_flat_record_begins_with_its_resource_and_the_source_s_hash() {
    let mut whole = reconciliation(vec![plain(&[["213", "农林水支出", "5.00"]])], vec![Form::default()]);
    whole.disclosure.sections.push(Section {
        level: 1,
        heading: "第一部分".into(),
        text: String::new(),
        provenance: place(),
    });
    for resource in ["reports", "statements", "amounts", "forms", "sections"] {
        let found = records(&whole, resource);
        assert_eq!(found.len(), 1, "{resource}");
        let keys: Vec<_> = found[0].as_object().unwrap().keys().take(2).cloned().collect();
        assert_eq!(keys, ["record", "report_id"]);
        assert_eq!(found[0]["report_id"].as_str().unwrap().len(), 64);
    }
}
