//! Figures become facts: statements drawn in text, and what each of their amounts is the figure of.

use mingzhang::facts::{Fact, Facts, Reason, facts};
use mingzhang::interpret::{Column, ColumnRole, Disclosure, Filing, Record, Section, Statement, Value};
use mingzhang::provenance::Provenance;
use mingzhang::read::{MediaType, Source};
use mingzhang::reconcile::reconcile;
use mingzhang::terms::{ReportKind, Unit, statement};

/// A statement of 万元: header paths with `=` before those of money, then rows, cells parted by `|`.
pub fn drawn(title: &str, header: &str, rows: &[&str]) -> Statement {
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let columns: Vec<Column> = cells(header)
        .iter()
        .map(|cell| {
            let (role, path) = match (cell.strip_prefix('='), cell.contains("编码")) {
                (Some(path), _) => (ColumnRole::Amount, path),
                (None, true) => (ColumnRole::Code, cell.as_str()),
                (None, false) => (ColumnRole::Label, cell.as_str()),
            };
            Column { path: path.split('/').map(str::to_owned).collect(), role }
        })
        .collect();
    let provenance = Provenance::page(3);
    let record = |row: &&str| Record {
        values: cells(row)
            .into_iter()
            .zip(&columns)
            .map(|(text, column)| {
                let amount = (column.role == ColumnRole::Amount).then(|| text.parse().ok()).flatten();
                (!text.is_empty()).then_some(Value { text, amount, guessed: false, inset: None, provenance })
            })
            .collect(),
        level: None,
        provenance,
    };
    Statement {
        id: "table-01".into(),
        number: None,
        kind: statement::kind(title),
        title: Some(title.into()),
        department: None,
        department_code: None,
        fiscal_year: None,
        unit_printed: Some("万元".into()),
        unit: Some(Unit::TenThousandYuan),
        pages: vec![3],
        records: rows.iter().map(record).collect(),
        columns,
        notes: Vec::new(),
    }
}

pub fn report(kind: ReportKind, statements: Vec<Statement>, prose: &str) -> Facts {
    let section =
        Section { level: 2, heading: "四、其他".into(), text: prose.into(), provenance: Provenance::page(9) };
    facts(&reconcile(Disclosure {
        source: Source { media_type: MediaType::Pdf, n_pages: 9, producer: None },
        filing: Filing {
            department: Some("榆照市档案局".into()), fiscal_year: Some(2031), kind, ..Filing::default()
        },
        statements,
        forms: Vec::new(),
        sections: vec![section],
        rivals: Vec::new(),
        notes: Vec::new(),
    }))
}

pub fn budget(statements: Vec<Statement>) -> Facts {
    report(ReportKind::Budget, statements, "")
}

/// A fact in one line: what it is the figure of, and its yuan.
pub fn line(fact: &Fact) -> String {
    let key = &fact.key;
    let mut words = vec![
        key.year.map_or("?".into(), |year| year.to_string()),
        key.stage.name().into(),
        key.flow.name().into(),
        key.subject.name().into(),
    ];
    words.extend(key.functional_code.clone());
    words.extend(key.functional_name.clone());
    words.extend(key.economic_code.clone());
    words.extend(key.economic_name.clone());
    words.extend(key.paired_code.clone());
    words.extend(key.project.clone());
    words.extend(key.unit.clone());
    words.extend(key.item.map(|item| item.name().to_owned()));
    words.extend([key.nature.name().into(), key.fund.name().into(), key.year_part.name().into()]);
    words.push(fact.amount.normalize().to_string());
    if fact.disputed {
        words.push("disputed".into());
    }
    words.join(" ")
}

pub fn lines(facts: &Facts) -> Vec<String> {
    facts.facts.iter().map(line).collect()
}

#[track_caller]
pub fn has(facts: &Facts, wanted: &[&str]) {
    let found = lines(facts);
    for line in wanted {
        assert!(found.iter().any(|fact| fact == line), "no {line} in {found:#?}");
    }
}

#[test]
fn column_and_row_together_name_nature_money_and_class() {
    let table = drawn(
        "一般公共预算支出表",
        "科目编码 | 科目名称 | =合计 | =基本支出/小计 | =基本支出/人员经费 | =项目支出",
        &["| 合计 | 9.00 | 6.00 | 6.00 | 3.00", "201 | 一般公共服务支出 | 9.00 | 6.00 | 6.00 | 3.00"],
    );
    has(
        &budget(vec![table]),
        &[
            "2031 budget expenditure total all general_public_budget all 90000",
            "2031 budget expenditure total basic general_public_budget all 60000",
            "2031 budget expenditure total personnel general_public_budget all 60000",
            "2031 budget expenditure function 201 project general_public_budget all 30000",
        ],
    );
}

#[test]
fn the_same_figure_in_two_tables_is_one_fact_with_two_places() {
    let header = "科目编码 | 科目名称 | =合计";
    let rows = ["| 合计 | 9.00", "201 | 一般公共服务支出 | 9.00"];
    let facts = budget(vec![drawn("支出总表", header, &rows), drawn("部门支出总表", header, &rows)]);
    let total = facts.facts.iter().find(|fact| line(fact).contains("total")).unwrap();
    assert_eq!((total.places.len(), total.disputed), (2, false));
}

#[test]
fn another_amount_for_the_same_thing_is_disputed() {
    let header = "科目编码 | 科目名称 | =合计";
    let one = drawn("支出总表", header, &["201 | 一般公共服务支出 | 9.00"]);
    let other = drawn("部门支出总表", header, &["201 | 一般公共服务支出 | 8.00"]);
    let facts = budget(vec![one, other]);
    assert_eq!(
        lines(&facts),
        [
            "2031 budget expenditure function 201 all all all 90000 disputed",
            "2031 budget expenditure function 201 all all all 80000 disputed",
        ]
    );
}

#[test]
fn a_table_that_repeats_a_class_lists_something_else() {
    let rows = ["2010101 | 行政运行 | 9.00", "2010101 | 行政运行 | 8.00"];
    let facts = budget(vec![drawn("支出总表", "科目编码 | 科目名称 | =合计", &rows)]);
    assert_eq!(facts.facts, []);
    assert_eq!(facts.ties[0][0][2], Some(Err(Reason::UnknownRow)));
}

#[test]
fn a_column_of_the_year_before_keeps_its_year_and_stage() {
    let table = drawn(
        "“三公”经费支出表",
        "=2030年执行数/合计 | =2030年执行数/公务接待费 | =2031年预算数/合计 | =2031年预算数/公务接待费",
        &["5.00 | 5.00 | 4.00 | 4.00"],
    );
    has(
        &budget(vec![table]),
        &[
            "2030 actual expenditure three_public total all all all 50000",
            "2030 actual expenditure three_public reception all all all 50000",
            "2031 budget expenditure three_public total all all all 40000",
        ],
    );
}

#[test]
fn a_total_over_meetings_is_no_total_of_three_public() {
    let table = drawn(
        "“三公”经费、会议费、培训费表",
        "=合计 | =“三公”经费/小计 | =“三公”经费/公务接待费 | =会议费",
        &["7.00 | 4.00 | 4.00 | 3.00"],
    );
    let facts = budget(vec![table]);
    assert_eq!(facts.ties[0][0][0], Some(Err(Reason::UnknownColumn)));
    has(&facts, &["2031 budget expenditure three_public total all all all 40000"]);
}

#[test]
fn both_sides_of_a_summary_have_their_flow_and_total() {
    let table = drawn(
        "收支总表",
        "收入/项目 | =收入/预算数 | 支出/项目 | =支出/预算数",
        &[
            "一、一般公共预算拨款收入 | 8.00 | 一、一般公共服务支出 | 9.00",
            "本年收入合计 | 8.00 | 本年支出合计 | 9.00",
            "上年结转 | 2.00 | 结转下年 | 1.00",
            "收入总计 | 10.00 | 支出总计 | 10.00",
        ],
    );
    let facts = budget(vec![table]);
    has(
        &facts,
        &[
            "2031 budget revenue source general_public_budget all general_public_budget all 80000",
            "2031 budget revenue total all all current 80000",
            "2031 budget revenue total all all all 100000",
            "2031 budget expenditure function 201 all all all 90000",
            "2031 budget expenditure total all all current 90000",
            "2031 budget expenditure total all all all 100000",
        ],
    );
    assert_eq!(facts.ties[0][2][3], Some(Err(Reason::Balance)));
}

#[test]
fn projects_stand_below_their_unit_and_headings_are_none() {
    let units = drawn("收入总表", "单位名称 | =合计", &["合计 | 9.00", "榆照市档案馆 | 9.00"]);
    let table = drawn(
        "项目支出表",
        "单位（项目）名称 | =金额",
        &["合计 | 9.00", "榆照市档案馆 | 9.00", "专用项目 | 9.00", "库房维修 | 5.00", "档案扫描 | 4.00"],
    );
    let facts = budget(vec![units, table]);
    has(
        &facts,
        &[
            "2031 budget expenditure project 库房维修 榆照市档案馆 project all all 50000",
            "2031 budget expenditure project 档案扫描 榆照市档案馆 project all all 40000",
        ],
    );
    assert_eq!(facts.ties[1][2][1], Some(Err(Reason::UnknownRow)));
}

#[test]
fn a_header_with_a_word_that_is_not_known_makes_no_fact() {
    let table = drawn("支出总表", "科目编码 | 科目名称 | =扣除基建后预算数", &["201 | 一般公共服务支出 | 9.00"]);
    assert_eq!(budget(vec![table]).ties[0][0][2], Some(Err(Reason::UnknownColumn)));
}

#[test]
fn personnel_and_operating_funds_are_of_the_basic_expenditure_stated_before_them() {
    let prose = "2031年一般公共预算财政拨款基本支出60.00万元，其中：\n（一）人员经费48.00万元。主要包括：基本工资。\n\
                 （二）公用经费12.00万元。主要包括：办公费。\n项目支出9.00万元，其中：人员经费1.00万元。";
    let facts = report(ReportKind::Budget, Vec::new(), prose);
    assert_eq!(
        lines(&facts),
        [
            "2031 budget expenditure total personnel general_public_budget all 480000",
            "2031 budget expenditure total operating general_public_budget all 120000",
        ]
    );
    let without_its_money = report(ReportKind::Budget, Vec::new(), "基本支出60.00万元，其中：人员经费48.00万元。");
    assert_eq!(lines(&without_its_money), [""; 0]);
    let compared = "一般公共预算基本支出60.00万元，其中：人员经费比上年增加48.00万元，在职人员经费7.00万元。";
    assert_eq!(lines(&report(ReportKind::Budget, Vec::new(), compared)), [""; 0]);
}

#[test]
fn a_sentence_that_states_an_amount_plainly_is_a_fact() {
    let prose = "2031年本部门政府采购预算总额30.00万元，其中：政府采购货物预算10.00万元。\n\
                 2031年本部门面向中小企业预留政府采购项目预算金额20.00万元。\n\
                 机关运行经费比上年减少5.00万元。";
    let facts = report(ReportKind::Budget, Vec::new(), prose);
    assert_eq!(
        lines(&facts),
        [
            "2031 budget expenditure procurement total all all all 300000",
            "2031 budget expenditure procurement goods all all all 100000",
        ]
    );
}
