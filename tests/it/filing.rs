//! Who files what for which year, told from cover, running heads, tables, forms and headings.

use mingzhang::interpret::filing::filing;
use mingzhang::interpret::{Column, ColumnRole, Form, Record, Section, Statement, Value};
use mingzhang::provenance::Provenance;
use mingzhang::segment::TextLine;
use mingzhang::terms::{ReportKind, StatementKind};

fn cover(lines: &[(&str, f32)]) -> Vec<TextLine> {
    lines
        .iter()
        .map(|(text, size)| TextLine {
            text: (*text).to_owned(),
            provenance: Provenance::page(1),
            size: *size,
            centered: true,
            bold: false,
        })
        .collect()
}

fn statement(title: &str, department: Option<&str>, rows: &[&[&str]]) -> Statement {
    let value = |text: &&str| {
        Some(Value {
            text: (*text).to_owned(),
            amount: None,
            guessed: false,
            inset: None,
            provenance: Provenance::page(2),
        })
    };
    Statement {
        id: "table-01".to_owned(),
        number: None,
        kind: StatementKind::Other,
        title: Some(title.to_owned()),
        department: department.map(str::to_owned),
        department_code: None,
        fiscal_year: None,
        unit_printed: None,
        unit: None,
        pages: vec![2],
        columns: vec![Column { path: vec!["预算数".to_owned()], role: ColumnRole::Text }],
        records: rows
            .iter()
            .map(|row| Record { values: row.iter().map(value).collect(), level: None, provenance: Provenance::page(2) })
            .collect(),
        notes: Vec::new(),
    }
}

#[test]
fn a_title_over_several_lines_of_the_cover_is_one_string() {
    let cover = cover(&[("2031年度", 36.0), ("某市林业局", 36.0), ("部门预算公开", 36.0), ("2031年2月", 16.0)]);
    let filing = filing(&cover, &[], &[], &[], &[]);
    assert_eq!(filing.title.as_deref(), Some("2031年度某市林业局部门预算公开"));
    assert_eq!(filing.department.as_deref(), Some("某市林业局"));
    assert_eq!(filing.fiscal_year, Some(2031));
    assert_eq!(filing.kind, ReportKind::Budget);
}

#[test]
fn a_word_broken_by_the_cover_s_line_is_whole_in_the_title() {
    let cover = cover(&[("2031 年某市林业局（本级）部门预", 26.0), ("算", 26.0)]);
    let filing = filing(&cover, &[], &[], &[], &[]);
    assert_eq!(filing.title.as_deref(), Some("2031年某市林业局（本级）部门预算"));
    assert_eq!(filing.department.as_deref(), Some("某市林业局（本级）"));
}

#[test]
fn a_label_on_the_cover_names_the_department_and_a_region_does_not() {
    let cover =
        cover(&[("某市2031年区级部门决算", 36.0), ("预算主管部门：某市林业局", 18.0), ("某市财政局印制", 18.0)]);
    let filing = filing(&cover, &[], &[], &[], &[]);
    assert_eq!(filing.title.as_deref(), Some("某市2031年区级部门决算"));
    assert_eq!(filing.department.as_deref(), Some("某市林业局"));
    assert_eq!(filing.kind, ReportKind::FinalAccounts);
}

#[test]
fn without_a_cover_the_tables_tell() {
    let tables =
        [statement("2031年收支预算总表", Some("某市林业局"), &[]), statement("支出预算总表", Some("某市林业局"), &[])];
    let filing = filing(&[], &[], &tables, &[], &[]);
    assert_eq!(filing.title, None);
    assert_eq!(filing.department.as_deref(), Some("某市林业局"));
    assert_eq!(filing.fiscal_year, Some(2031));
    assert_eq!(filing.kind, ReportKind::Budget);
}

#[test]
fn a_running_head_stands_in_for_the_cover() {
    let heads = ["-1-".to_owned(), "某市林业局2031年部门预算公开报告".to_owned()];
    let filing = filing(&[], &heads, &[], &[], &[]);
    assert_eq!(filing.title.as_deref(), Some("某市林业局2031年部门预算公开报告"));
    assert_eq!(filing.department.as_deref(), Some("某市林业局"));
}

#[test]
fn of_several_codes_the_one_that_the_others_extend_is_the_department_s() {
    let rows: &[&[&str]] = &[&["121", "某市林业局"], &["121001", "某市林业局（本级）"], &["2010301", "行政运行"]];
    let tables = [statement("收入预算表", Some("某市林业局"), rows)];
    assert_eq!(filing(&[], &[], &tables, &[], &[]).department_code.as_deref(), Some("121"));
}

#[test]
fn unrelated_codes_give_none() {
    let rows: &[&[&str]] = &[&["121", "某市林业局"], &["305", "某市林业局"]];
    let tables = [statement("收入预算表", Some("某市林业局"), rows)];
    assert_eq!(filing(&[], &[], &tables, &[], &[]).department_code, None);
}

#[test]
fn the_code_in_a_form_is_the_department_s() {
    let form = Form {
        department: Some("某市林业局".to_owned()),
        department_code: Some("077".to_owned()),
        fiscal_year: Some(2031),
        ..Form::default()
    };
    let filing = filing(&[], &[], &[], &[form], &[]);
    assert_eq!(filing.department.as_deref(), Some("某市林业局"));
    assert_eq!(filing.department_code.as_deref(), Some("077"));
    assert_eq!(filing.fiscal_year, Some(2031));
}

#[test]
fn headings_tell_the_kind_where_nothing_else_does() {
    let section = Section {
        level: 2,
        heading: "一、收入支出决算总体情况说明".to_owned(),
        text: String::new(),
        provenance: Provenance::page(1),
    };
    assert_eq!(filing(&[], &[], &[], &[], &[section]).kind, ReportKind::FinalAccounts);
}

#[test]
fn words_of_what_is_disclosed_are_no_part_of_the_department() {
    for title in ["某市林业局部门2031年部门预算", "某市林业局2031部门预算", "某市林业局汇总2031年部门预算公开"]
    {
        let filing = filing(&cover(&[(title, 36.0)]), &[], &[], &[], &[]);
        assert_eq!(filing.department.as_deref(), Some("某市林业局"), "{title}");
        assert_eq!(filing.fiscal_year, Some(2031), "{title}");
    }
}

#[test]
fn a_whole_amount_beside_the_department_is_no_code() {
    let mut table = statement("支出预算表", Some("某市林业局"), &[&["某市林业局", "54336203"]]);
    let column = |role| Column { path: vec!["合计".to_owned()], role };
    table.columns = vec![column(ColumnRole::Label), column(ColumnRole::Amount)];
    assert_eq!(filing(&[], &[], &[table], &[], &[]).department_code, None);
}

#[test]
fn the_code_and_the_year_above_a_table_are_the_report_s() {
    let mut table = statement("支出决算表", Some("某市林业局"), &[]);
    table.department_code = Some("606".to_owned());
    table.fiscal_year = Some(2031);
    let filing = filing(&[], &[], &[table], &[], &[]);
    assert_eq!(filing.department_code.as_deref(), Some("606"));
    assert_eq!(filing.fiscal_year, Some(2031));
}

#[test]
fn the_title_of_a_form_is_no_cover() {
    let cover = cover(&[("预算13表部门整体支出绩效目标表", 20.0)]);
    assert_eq!(filing(&cover, &[], &[], &[], &[]).title, None);
}

#[test]
fn a_department_s_name_is_a_line_of_its_own_on_the_cover() {
    let cover = cover(&[("某市2031年市级部门预算公开", 36.0), ("（某市林业局）", 26.0)]);
    assert_eq!(filing(&cover, &[], &[], &[], &[]).department.as_deref(), Some("某市林业局"));
}

#[test]
fn what_follows_the_budget_in_a_title_is_no_part_of_the_department() {
    for title in [
        "某市林业局2031年部门预算（草案）",
        "某市林业局二O三一年预决算信息公开",
        "2031年度某市林业局部门决算公开说明书",
    ] {
        let filing = filing(&cover(&[(title, 36.0)]), &[], &[], &[], &[]);
        assert_eq!(filing.department.as_deref(), Some("某市林业局"), "{title}");
    }
}

#[test]
fn a_quantity_right_of_the_department_is_no_code() {
    let rows: &[&[&str]] = &[&["121", "某市林业局", "33816"], &["121001", "某市林业局", "80"]];
    let mut table = statement("政府采购预算表", Some("某市林业局"), rows);
    let column = |role| Column { path: vec!["数量".to_owned()], role };
    table.columns = vec![column(ColumnRole::Code), column(ColumnRole::Label), column(ColumnRole::Text)];
    assert_eq!(filing(&[], &[], &[table], &[], &[]).department_code.as_deref(), Some("121"));
}
