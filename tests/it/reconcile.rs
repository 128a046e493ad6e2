//! What the arithmetic of small invented statements says of their amounts.

use mingzhang::geom::Inset;
use mingzhang::interpret::{
    Column, ColumnRole, Disclosure, Filing, Form, Fund, FundSource, Horizon, Record, Section, Statement, Value,
};
use mingzhang::note::{Note, NoteKind};
use mingzhang::provenance::Provenance;
use mingzhang::read::{MediaType, Source};
use mingzhang::reconcile::{Reconciliation, Rule, Trust, reconcile};
use mingzhang::terms::{StatementKind, Unit};

/// A statement drawn in text: the first line holds the headers, each with its role before it (`#` code, `@` label,
/// `$` amount) and its path joined by `/`; every other line is a row. Cells are parted by `|`,
/// and each `>` before a label sets it in by an em.
pub fn statement(id: &str, kind: StatementKind, unit: Unit, drawn: &str) -> Statement {
    let mut lines = drawn.lines().map(str::trim).filter(|line| !line.is_empty());
    let head = lines.next().unwrap();
    let columns: Vec<Column> = head
        .split('|')
        .map(|cell| {
            let cell = cell.trim();
            let role = match cell.chars().next().unwrap() {
                '#' => ColumnRole::Code,
                '$' => ColumnRole::Amount,
                _ => ColumnRole::Label,
            };
            Column { path: cell.chars().skip(1).collect::<String>().split('/').map(str::to_owned).collect(), role }
        })
        .collect();
    let records = lines
        .map(|line| {
            let values = line.split('|').map(str::trim).zip(&columns).map(|(text, column)| {
                let n_steps = text.len() - text.trim_start_matches('>').len();
                let text = text.trim_start_matches('>');
                let inset = Some(Inset { left: n_steps as f32, centered: false });
                let amount = (column.role == ColumnRole::Amount).then(|| text.parse().ok()).flatten();
                (!text.is_empty()).then(|| Value {
                    text: text.to_owned(),
                    amount,
                    guessed: false,
                    inset,
                    provenance: Provenance::page(1),
                })
            });
            Record { values: values.collect(), level: None, provenance: Provenance::page(1) }
        })
        .collect();
    Statement {
        id: id.to_owned(),
        number: None,
        kind,
        title: None,
        department: None,
        department_code: None,
        fiscal_year: None,
        unit_printed: None,
        unit: Some(unit),
        pages: vec![1],
        columns,
        records,
        notes: Vec::new(),
    }
}

pub fn disclosure(statements: Vec<Statement>) -> Disclosure {
    Disclosure {
        source: Source { media_type: MediaType::Pdf, n_pages: 1, producer: None },
        filing: Filing { fiscal_year: Some(2031), ..Filing::default() },
        statements,
        forms: Vec::new(),
        sections: Vec::new(),
        rivals: Vec::new(),
        notes: Vec::new(),
    }
}

pub fn section(text: &str) -> Section {
    Section {
        level: 2, heading: "一、支出说明".to_owned(), text: text.to_owned(), provenance: Provenance::page(9)
    }
}

pub const EXPENDITURE: &str = "
    #科目编码 | @科目名称 | $合计 | $基本支出 | $项目支出
     | 合计 | 171.50 | 120.00 | 51.50
    205 | 教育支出 | 91.50 | 60.00 | 31.50
    20501 | 教育管理事务 | 51.50 | 40.00 | 11.50
    2050101 | 行政运行 | 40.00 | 40.00 |
    2050102 | 一般行政管理事务 | 11.50 | | 11.50
    20502 | 普通教育 | 40.00 | 20.00 | 20.00
    2050202 | 小学教育 | 40.00 | 20.00 | 20.00
    208 | 社会保障和就业支出 | 80.00 | 60.00 | 20.00
    20805 | 行政事业单位养老支出 | 80.00 | 60.00 | 20.00
    2080505 | 机关事业单位基本养老保险缴费支出 | 60.00 | 60.00 |
    2080599 | 其他行政事业单位养老支出 | 20.00 | | 20.00";

pub fn expenditure(drawn: &str) -> Reconciliation {
    let statement = statement("table-01", StatementKind::ExpenditureSummary, Unit::TenThousandYuan, drawn);
    reconcile(disclosure(vec![statement]))
}

pub fn failed(result: &Reconciliation) -> Vec<String> {
    result.checks.iter().filter(|c| !c.holds).map(|c| format!("{}: {}", c.rule, c.place)).collect()
}

#[test]
fn amounts_in_sums_of_rows_and_of_columns_are_corroborated() {
    let result = expenditure(EXPENDITURE);
    assert_eq!(failed(&result), Vec::<String>::new());
    assert_eq!(result.trust[0][0][2], Some(Trust::Corroborated));
    assert_eq!(result.trust[0][2][3], Some(Trust::Corroborated));
    assert_eq!(result.trust[0][3][4], None, "a blank cell has no trust");
    assert!(result.families.iter().any(|f| f.rule == Rule::RowSum && f.applies && f.n_exact >= 6));
}

#[test]
fn an_amount_whose_row_or_column_cannot_be_read_is_unchecked() {
    let unread = |text: &str| "\u{fffd}".repeat(text.chars().count());
    let nameless = expenditure(&EXPENDITURE.replace("教育管理事务", &unread("教育管理事务")));
    assert_eq!((nameless.trust[0][2][3], nameless.trust[0][3][2]), (Some(Trust::Unchecked), Some(Trust::Corroborated)));
    let headless = expenditure(&EXPENDITURE.replace("基本支出", &unread("基本支出")));
    assert_eq!((headless.trust[0][2][3], headless.trust[0][2][2]), (Some(Trust::Unchecked), Some(Trust::Corroborated)));
    let one_character = expenditure(&EXPENDITURE.replace("教育管理事务", "教\u{fffd}管理事务"));
    assert_eq!(one_character.trust[0][2][3], Some(Trust::Corroborated));
}

#[test]
fn a_wrong_digit_is_blamed_itself_and_its_parts_are_not() {
    let result = expenditure(&EXPENDITURE.replace("205 | 教育支出 | 91.50 | 60.00", "205 | 教育支出 | 91.50 | 90.00"));
    assert_eq!(result.trust[0][1][3], Some(Trust::Contradicted));
    assert!(failed(&result).iter().all(|place| place.contains("205 教育支出 [基本支出]")), "{:?}", failed(&result));
    assert_eq!(result.trust[0][2][3], Some(Trust::Corroborated), "the 款 below is right");
    assert_eq!(result.trust[0][0][3], Some(Trust::Confirmed), "so is the sum above");
}

#[test]
fn a_lost_row_is_a_finding_in_every_column_that_it_filled() {
    let lost: String = EXPENDITURE.lines().filter(|line| !line.contains("2080599")).collect::<Vec<_>>().join("\n");
    let result = expenditure(&lost);
    assert_eq!(
        result.checks.iter().filter(|c| !c.holds && c.place.contains("20805")).count(),
        2,
        "{:?}",
        failed(&result)
    );
}

#[test]
fn a_lost_class_whose_items_still_add_up_is_a_gap() {
    let lost: String = EXPENDITURE.lines().filter(|line| !line.contains("20502 ")).collect::<Vec<_>>().join("\n");
    let statement = |id, drawn| statement(id, StatementKind::Other, Unit::TenThousandYuan, drawn);
    let mut read = disclosure(vec![statement("table-01", EXPENDITURE), statement("table-02", &lost)]);
    let result = reconcile(read.clone());
    assert!(result.checks.iter().any(|c| !c.holds && c.rule == Rule::MissingRow), "{:?}", failed(&result));
    // Models lose rows sooner than bureaus do.
    read.notes.push(Note::new(NoteKind::ReadByOcr, "read by models", Provenance::page(1)));
    assert_eq!(failed(&reconcile(read)), [""; 0]);
}

#[test]
fn rounding_is_told_from_a_contradiction() {
    let rounded = EXPENDITURE
        .replace("20501 | 教育管理事务 | 51.50 | 40.00 | 11.50", "20501 | 教育管理事务 | 51.51 | 40.00 | 11.50");
    let result = expenditure(&rounded);
    assert_eq!(failed(&result), Vec::<String>::new());
    assert_eq!(result.trust[0][2][2], Some(Trust::Rounded));
}

#[test]
fn a_family_that_fails_throughout_says_nothing() {
    // 其中 repeats a part of 合计: the columns are no parts of one sum.
    let result = expenditure(
        "#科目编码 | @科目名称 | $合计 | $基本支出 | $人员经费
          | 合计 | 90.00 | 60.00 | 55.00
         205 | 教育支出 | 50.00 | 40.00 | 35.00
         206 | 科学技术支出 | 25.00 | 15.00 | 15.00
         208 | 社会保障和就业支出 | 15.00 | 5.00 | 5.00",
    );
    assert_eq!(failed(&result), Vec::<String>::new());
    assert!(result.families.iter().any(|f| f.rule == Rule::ColumnSum && !f.applies));
}

#[test]
fn zeros_confirm_nothing() {
    let result = expenditure(
        "#科目编码 | @科目名称 | $合计 | $基本支出 | $项目支出
          | 合计 | 0.00 | 0.00 | 0.00
         205 | 教育支出 | 0.00 | 0.00 | 0.00",
    );
    assert!(result.trust[0].iter().flatten().flatten().all(|trust| *trust == Trust::Unchecked));
}

#[test]
fn codes_split_over_columns_nest_with_blank_parents() {
    let result = expenditure(
        "#类 | #款 | #项 | @科目名称 | $金额
          | | | 合计 | 37.50
         205 | | | 教育支出 | 37.50
          | 01 | | 教育管理事务 | 30.00
          | | 01 | 行政运行 | 20.00
          | | 02 | 一般行政管理事务 | 10.00
          | 08 | | 进修及培训 | 7.50
          | | 03 | 培训支出 | 7.50",
    );
    assert_eq!(failed(&result), Vec::<String>::new());
    assert!(result.trust[0].iter().all(|row| row[4] == Some(Trust::Confirmed)), "{:?}", result.trust);
}

#[test]
fn a_summary_closes_over_both_sides() {
    let drawn = "
        @收入/项目 | $收入/预算数 | @支出/项目 | $支出/预算数
        一、财政拨款收入 | 100.00 | 一、教育支出 | 80.00
        二、事业收入 | 15.50 | 二、卫生健康支出 | 40.00
        三、其他收入 | | 三、住房保障支出 | 4.50
        本年收入合计 | 115.50 | 本年支出合计 | 124.50
        上年结转 | 9.00 | 结转下年 |
        收入总计 | 124.50 | 支出总计 | 124.50";
    let summary = |drawn: &str| {
        let kind = StatementKind::RevenueExpenditureSummary;
        reconcile(disclosure(vec![statement("table-01", kind, Unit::TenThousandYuan, drawn)]))
    };
    let result = summary(drawn);
    assert_eq!(failed(&result), Vec::<String>::new());
    assert!(result.trust[0][0][1] >= Some(Trust::Confirmed));
    let wrong = summary(&drawn.replace("收入总计 | 124.50", "收入总计 | 134.50"));
    assert!(wrong.checks.iter().any(|c| c.rule == Rule::TwoSides && !c.holds));
}

#[test]
fn yuan_under_the_label_of_ten_thousand_is_found_by_what_others_print() {
    let drawn = "
        #科目编码 | @科目名称 | $金额
         | 合计 | 60.55
        302 | 商品和服务支出 | 60.55
        30217 | 公务接待费 | 14.32
        30231 | 公务用车运行维护费 | 46.23";
    let three = "
        $合计 | $公务接待费 | $公务用车运行维护费
        605500.00 | 143200.00 | 462300.00";
    let unit = Unit::TenThousandYuan;
    let basic = statement("table-01", StatementKind::GeneralPublicBudgetBasicExpenditure, unit, drawn);
    let three = statement("table-02", StatementKind::ThreePublicExpenses, unit, three);
    let result = reconcile(disclosure(vec![basic, three]));
    let failing: Vec<_> = result.checks.iter().filter(|c| !c.holds).collect();
    assert!(failing.len() == 1 && failing[0].rule == Rule::UnitFactor && failing[0].participants[0] == "table-02");
    // The label is wrong and no amount below it, though none is what it says.
    assert!(result.trust[1][0].iter().all(|trust| *trust == Some(Trust::Unchecked)));
}

#[test]
fn the_narrative_is_held_against_the_statement_where_addition_closes_it() {
    let text =
        |operating: &str| format!("2031年基本支出120.00万元，其中：人员经费90.00万元，公用经费{operating}万元。");
    let drawn = "
        #科目编码 | @科目名称 | $合计 | $人员经费 | $公用经费
         | 合计 | 120.00 | 90.00 | 30.00
        301 | 工资福利支出 | 90.00 | 90.00 |
        302 | 商品和服务支出 | 30.00 | | 30.00";
    let result = |operating: &str| {
        let kind = StatementKind::GeneralPublicBudgetBasicExpenditure;
        let statement = statement("table-01", kind, Unit::TenThousandYuan, drawn);
        let sections = vec![section(&text(operating))];
        reconcile(Disclosure { sections, ..disclosure(vec![statement]) })
    };
    assert_eq!(failed(&result("30.00")), Vec::<String>::new());
    let stale = result("27.35");
    let check = stale.checks.iter().find(|c| !c.holds).unwrap();
    assert_eq!((check.rule, check.left.to_string().as_str()), (Rule::NarrativeItem, "273500.00"));
    assert_eq!(check.pages, [1, 9]);
}

#[test]
fn a_form_is_held_against_its_sources_and_its_project_row() {
    let drawn = "
        @项目名称 | $合计
        合计 | 260000.00
        公园路面维修 | 120000.00
        湿地监测设备购置 | 140000.00";
    let form = |name: &str, total: i64| Form {
        id: format!("form-{name}"),
        project_name: Some(name.to_owned()),
        pages: vec![5],
        funds: vec![Fund {
            source: FundSource::Total,
            horizon: Horizon::Annual,
            amount_yuan: Some(total.into()),
            provenance: Provenance::page(5),
            guessed: false,
            extra: Vec::new(),
        }],
        texts: vec![("fiscal_appropriation_annual".to_owned(), Some(total.to_string()))],
        ..Form::default()
    };
    let forms = |first: i64| {
        let statement = statement("table-01", StatementKind::ProjectExpenditure, Unit::Yuan, drawn);
        let forms = vec![form("公园路面维修", first), form("湿地监测设备购置", 140_000)];
        reconcile(Disclosure { forms, ..disclosure(vec![statement]) })
    };
    let right = forms(120_000);
    assert_eq!(failed(&right), Vec::<String>::new());
    assert!(right.fund_trust[0][0] >= Some(Trust::Confirmed));
    let wrong = forms(520_000);
    assert!(wrong.checks.iter().any(|c| c.rule == Rule::FormProject && !c.holds), "{:?}", failed(&wrong));
    assert_eq!(wrong.fund_trust[0][0], Some(Trust::Contradicted));
}

#[test]
fn nothing_panics_on_empty_and_absurd_statements() {
    let huge = "
        #科目编码 | @科目名称 | $合计 | $基本支出
         | 合计 | 79228162514264337593543950335 | -79228162514264337593543950335
        205 | | 0.0000000000000000000000000001 |
         | | |";
    let empty = statement("table-02", StatementKind::Other, Unit::HundredMillionYuan, "$合计");
    let huge = statement("table-01", StatementKind::Other, Unit::HundredMillionYuan, huge);
    let result = reconcile(Disclosure {
        sections: vec![section("，。9%元万元0.0.0亿元")],
        ..disclosure(vec![huge, empty])
    });
    assert_eq!(failed(&result), Vec::<String>::new());
    assert_eq!(result.trust[0][0][2], Some(Trust::Unchecked));
}

#[test]
fn a_statement_with_an_unread_page_is_not_accused_of_the_rows_that_it_lacks() {
    let lacking: String = EXPENDITURE.lines().filter(|line| !line.contains("2050102")).collect::<Vec<_>>().join("\n");
    let statement = || statement("table-01", StatementKind::ExpenditureSummary, Unit::TenThousandYuan, &lacking);
    let accused = reconcile(disclosure(vec![statement()]));
    assert!(accused.checks.iter().any(|check| !check.holds));
    for kind in [NoteKind::NoTextLayer, NoteKind::TableUnread] {
        let mut unread = disclosure(vec![statement()]);
        unread.notes.push(Note::new(kind, "rows are not read", Provenance::page(2)));
        let excused = reconcile(unread);
        assert!(excused.checks.iter().all(|check| check.holds));
        assert!(excused.trust.iter().flatten().flatten().all(|trust| *trust != Some(Trust::Contradicted)));
    }
}

/// How many amounts of a statement that lacks a row are blamed, after a change to it and with one on the next page.
fn n_blamed(media_type: MediaType, change: impl Fn(&mut Statement), title: Option<&str>) -> usize {
    let lacking: String = EXPENDITURE.lines().filter(|line| !line.contains("2050102")).collect::<Vec<_>>().join("\n");
    let mut own = statement("table-01", StatementKind::ExpenditureSummary, Unit::TenThousandYuan, &lacking);
    own.title = Some("支出决算表".to_owned());
    change(&mut own);
    let drawn = "@科目 | $合计\n某某费 | 9.00";
    let mut next = statement("table-02", StatementKind::ExpenditureSummary, Unit::TenThousandYuan, drawn);
    (next.title, next.pages) = (title.map(str::to_owned), vec![2]);
    let mut disclosure = disclosure(vec![own, next]);
    disclosure.source.media_type = media_type;
    let result = reconcile(disclosure);
    let blamed = result.trust.iter().flatten().flatten().filter(|trust| **trust == Some(Trust::Contradicted)).count();
    assert_eq!(blamed > 0, !failed(&result).is_empty());
    blamed
}

#[test]
fn a_statement_whose_rest_may_stand_in_the_next_one_lacks_no_row() {
    let of = |media_type, title| n_blamed(media_type, |_| (), title);
    assert!(of(MediaType::Text, Some("收入决算表")) > 0);
    assert_eq!(of(MediaType::Text, Some("支出决算表")), 0);
    assert_eq!(of(MediaType::Text, None), 0);
    assert!(of(MediaType::Pdf, Some("支出决算表")) > 0, "a page shows where a table ends");
    assert!(of(MediaType::Pdf, None) > 0, "in a report without titles nothing tells what goes on");
}

#[test]
fn a_statement_of_a_dump_with_a_text_that_may_belong_elsewhere_accuses_nobody() {
    let doubt = |own: &mut Statement| {
        let texts = own.records.iter_mut().flat_map(|record| record.values.iter_mut().flatten());
        texts.filter(|value| value.amount.is_none()).take(1).for_each(|value| value.guessed = true);
    };
    assert_eq!(n_blamed(MediaType::Text, doubt, Some("收入决算表")), 0);
    assert!(n_blamed(MediaType::Pdf, doubt, Some("收入决算表")) > 0);
}

#[test]
fn units_with_hundreds_of_projects_each_add_up() {
    let projects = |seed: u32| -> Vec<u32> { (0..450u32).map(|i| (i * i * 31 + i * 17 + seed) % 9973 + 1).collect() };
    let (one, two) = (projects(3), projects(40));
    let sum = |list: &[u32]| list.iter().sum::<u32>();
    let mut drawn = format!("@项目名称 | $合计\n合计 | {}.00\n", sum(&one) + sum(&two));
    for (unit, list) in [("市气象局", &one), ("市气象台", &two)] {
        drawn.push_str(&format!("{unit} | {}.00\n", sum(list)));
        list.iter().for_each(|amount| drawn.push_str(&format!("观测项目 | {amount}.00\n")));
    }
    let result =
        reconcile(disclosure(vec![statement("table-01", StatementKind::ProjectExpenditure, Unit::Yuan, &drawn)]));
    assert!(result.checks.iter().all(|check| check.holds));
    assert!(result.trust[0].iter().all(|row| row[1] >= Some(Trust::Confirmed)), "{:?}", result.trust[0]);
}
