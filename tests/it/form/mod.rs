//! Forms and what they come out as: fields, funds, goals, tasks, signatures.

mod drawn;
mod indicators;
mod pages;
mod unruled;

use mingzhang::interpret::form::interpret;
use mingzhang::interpret::{FormKind, FundSource, Horizon};
use mingzhang::note::NoteKind;

use drawn::{Drawn, funds, indicators, read, region, text};

#[test]
fn fields_stand_right_of_their_labels_and_the_code_leaves_the_department() {
    let (form, _) = read(
        &["项目支出绩效目标表", "（2031年度）"],
        &[
            &[("项目名称", 1, 1), ("林木养护", 1, 3)],
            &[("主管部门及代码", 1, 1), ("077-某市园林局", 1, 1), ("实施单位", 1, 1), ("某市苗圃", 1, 1)],
            &[("项目属性", 1, 1), ("延续项目", 1, 1), ("项目期", 1, 1), ("3年", 1, 1)],
        ],
    );
    assert_eq!(form.kind, FormKind::Project);
    assert_eq!(form.title.as_deref(), Some("项目支出绩效目标表"));
    assert_eq!(form.fiscal_year, Some(2031));
    assert_eq!(form.project_name.as_deref(), Some("林木养护"));
    assert_eq!(form.department.as_deref(), Some("某市园林局"));
    assert_eq!(form.department_code.as_deref(), Some("077"));
    assert_eq!(form.implementing_unit.as_deref(), Some("某市苗圃"));
    assert_eq!(form.attribute.as_deref(), Some("延续项目"));
    assert_eq!(form.period.as_deref(), Some("3年"));
}

#[test]
fn funds_side_by_side_are_for_the_period_and_for_the_year() {
    let (form, _) = read(
        &["项目支出绩效目标申报表"],
        &[
            &[
                ("项目资金（元）", 3, 1),
                ("实施期资金总额：", 1, 1),
                ("9,000", 1, 1),
                ("年度资金总额：", 1, 1),
                ("3,000", 1, 1),
            ],
            &[("其中：省级财政资金", 1, 1), ("", 1, 1), ("其中：省级财政资金", 1, 1), ("", 1, 1)],
            &[("市县（区）财政资金", 1, 1), ("9,000", 1, 1), ("市县（区）财政资金", 1, 1), ("3,000", 1, 1)],
        ],
    );
    assert_eq!(
        funds(&form),
        [
            "Total Period 9000",
            "Total Annual 3000",
            "Provincial Period -",
            "Provincial Annual -",
            "Local Period 9000",
            "Local Annual 3000"
        ]
    );
}

#[test]
fn ten_thousands_become_yuan_and_fiscal_funds_become_a_text() {
    let (form, notes) = read(
        &["绩效目标表"],
        &[
            &[("资金金额\n（万元）", 3, 1), ("年度资金总额", 1, 1), ("12.5", 1, 1)],
            &[("其中：财政拨款", 1, 1), ("10", 1, 1)],
            &[("其他资金", 1, 1), ("2.5", 1, 1)],
        ],
    );
    assert_eq!(funds(&form), ["Total Annual 125000.00", "Other Annual 25000.00"]);
    assert_eq!(text(&form, "fiscal_appropriation_annual"), Some("100000.00"));
    assert!(notes.iter().all(|note| note.kind != NoteKind::UnitUnknown));
}

#[test]
fn amounts_below_their_labels_are_read_with_the_unit_of_the_caption() {
    let (form, _) = read(
        &["绩效目标表", "单位：万元"],
        &[
            &[("项目资金", 2, 1), ("年度资金总额", 1, 1), ("财政拨款", 1, 1), ("其他资金", 1, 1)],
            &[("7.00", 1, 1), ("7.00", 1, 1), ("", 1, 1)],
        ],
    );
    assert_eq!(funds(&form), ["Total Annual 70000.00", "Other Annual -"]);
    assert_eq!(text(&form, "fiscal_appropriation_annual"), Some("70000.00"));
}

#[test]
fn grouped_heads_split_fiscal_and_other_funds() {
    let (form, _) = read(
        &["部门整体支出绩效目标表"],
        &[
            &[("部门名称", 1, 1), ("某市档案局", 1, 7)],
            &[("总体资金情况（万元）", 3, 1), ("预算支出总额", 2, 1), ("财政拨款", 1, 3), ("其他资金", 1, 3)],
            &[
                ("合计", 1, 1),
                ("基本支出", 1, 1),
                ("项目支出", 1, 1),
                ("合计", 1, 1),
                ("基本支出", 1, 1),
                ("项目支出", 1, 1),
            ],
            &[("9", 1, 1), ("8", 1, 1), ("5", 1, 1), ("3", 1, 1), ("1", 1, 1), ("", 1, 1), ("1", 1, 1)],
        ],
    );
    assert_eq!(form.kind, FormKind::Department);
    assert_eq!(funds(&form), ["Total Annual 90000.00", "Other Annual 10000.00"]);
    assert_eq!(text(&form, "fiscal_appropriation_annual"), Some("80000.00"));
    assert_eq!(text(&form, "fiscal_basic_annual"), Some("50000.00"));
    assert_eq!(text(&form, "fiscal_project_annual"), Some("30000.00"));
    assert_eq!(text(&form, "other_basic_annual"), None);
    assert_eq!(text(&form, "other_project_annual"), Some("10000.00"));
}

#[test]
fn a_self_evaluation_publishes_the_budget_of_the_year_and_what_became_of_it() {
    let (form, _) = read(
        &["项目支出绩效自评表"],
        &[
            &[("项目名称", 1, 2), ("林木养护", 1, 6)],
            &[
                ("项目资金（万元）", 3, 1),
                ("", 1, 1),
                ("年初预算数", 1, 1),
                ("全年预算数", 1, 1),
                ("全年执行数", 1, 1),
                ("分值", 1, 1),
                ("执行率", 1, 1),
                ("得分", 1, 1),
            ],
            &[("年度资金总额", 1, 1), ("4", 1, 1), ("5", 1, 1), ("3", 1, 1), ("10", 1, 1), ("60%", 1, 1), ("6", 1, 1)],
            &[("其中：财政拨款", 1, 1), ("4", 1, 1), ("5", 1, 1), ("3", 1, 1), ("—", 1, 1), ("—", 1, 1), ("—", 1, 1)],
            &[("年度总体目标", 2, 1), ("预期目标", 1, 3), ("实际完成情况", 1, 4)],
            &[("养护两次。", 1, 3), ("养护一次。", 1, 4)],
            &[
                ("绩效指标", 2, 1),
                ("一级指标", 1, 1),
                ("二级指标", 1, 1),
                ("三级指标", 1, 1),
                ("年度指标值", 1, 1),
                ("实际完成值", 1, 1),
                ("分值", 1, 1),
                ("得分", 1, 1),
            ],
            &[
                ("产出指标", 1, 1),
                ("数量指标", 1, 1),
                ("养护次数", 1, 1),
                ("≥2次", 1, 1),
                ("1次", 1, 1),
                ("90", 1, 1),
                ("45", 1, 1),
            ],
            &[("总分", 1, 6), ("100", 1, 1), ("51", 1, 1)],
        ],
    );
    assert_eq!(form.kind, FormKind::SelfEvaluation);
    assert_eq!(funds(&form), ["Total Annual 50000.00"]);
    let extra: Vec<_> = form.funds[0].extra.iter().map(|(k, v)| (k.as_str(), v.as_deref())).collect();
    assert_eq!(
        extra,
        [
            ("initial_yuan", Some("40000.00")),
            ("executed_yuan", Some("30000.00")),
            ("weight", Some("10")),
            ("rate", Some("60%")),
            ("score", Some("6"))
        ]
    );
    assert_eq!(text(&form, "goal_annual"), Some("养护两次。"));
    assert_eq!(text(&form, "actual_annual"), Some("养护一次。"));
    assert_eq!(text(&form, "total_score"), Some("51"));
    assert_eq!(indicators(&form), ["Annual 产出指标/数量指标/养护次数 ≥2次"]);
    assert!(form.indicators[0].extra.contains(&("actual".to_owned(), Some("1次".to_owned()))));
}

#[test]
fn goals_under_two_heads_are_for_the_period_and_for_the_year() {
    let (form, _) = read(
        &["绩效目标表"],
        &[
            &[("总体目标", 2, 1), ("实施期目标", 1, 1), ("年度目标", 1, 1)],
            &[("三年种\n树。", 1, 1), ("今年种树。", 1, 1)],
        ],
    );
    assert_eq!(text(&form, "goal_period"), Some("三年种树。"));
    assert_eq!(text(&form, "goal_annual"), Some("今年种树。"));
}

#[test]
fn a_goal_without_a_time_is_for_the_year() {
    let (form, _) = read(&["绩效目标表"], &[&[("总体目标", 1, 1), ("种树。", 1, 3)]]);
    assert_eq!(text(&form, "goal_annual"), Some("种树。"));
}

#[test]
fn a_goal_below_its_label_is_found() {
    let (form, _) = read(&["部门整体绩效目标表"], &[&[("当年整体绩效目标", 1, 4)], &[("种树。", 1, 4)]]);
    assert_eq!(text(&form, "goal_annual"), Some("种树。"));
}

#[test]
fn tasks_and_their_sum_make_the_funds_of_a_department() {
    let (form, _) = read(
        &["部门整体支出绩效目标表", "（2031年度）"],
        &[
            &[("部门（单位）名称", 1, 2), ("某市园林局", 1, 4)],
            &[("年度主要任务", 4, 1), ("任务名称", 2, 1), ("主要内容", 2, 1), ("预算金额（万元）", 1, 3)],
            &[("总额", 1, 1), ("财政拨款", 1, 1), ("其他资金", 1, 1)],
            &[("种树", 1, 1), ("道路绿化", 1, 1), ("5", 1, 1), ("4", 1, 1), ("1", 1, 1)],
            &[("金额合计", 1, 2), ("5", 1, 1), ("4", 1, 1), ("1", 1, 1)],
            &[("年度总体目标", 1, 1), ("绿化。", 1, 5)],
        ],
    );
    assert_eq!(form.tasks.len(), 1);
    assert_eq!(form.tasks[0].name.as_deref(), Some("种树"));
    assert_eq!(form.tasks[0].other_yuan.map(|a| a.to_string()).as_deref(), Some("10000.00"));
    assert_eq!(funds(&form), ["Total Annual 50000.00", "Other Annual 10000.00"]);
    assert_eq!(text(&form, "fiscal_appropriation_annual"), Some("40000.00"));
    assert_eq!(text(&form, "goal_annual"), Some("绿化。"));
}

#[test]
fn signatures_stand_below_the_grid() {
    let mut notes = Vec::new();
    let grid: &[&[Drawn]] = &[&[("项目名称", 1, 1), ("林木养护", 1, 1)]];
    let footer = ["负责人：\t经办人：甲某\t联系电话：000-1\t填报日期：20310102093000"];
    let form = interpret(region(&["绩效目标表"], &[grid], &footer), 0, &mut notes);
    assert_eq!(form.signatures.responsible, None);
    assert_eq!(form.signatures.handler.as_deref(), Some("甲某"));
    assert_eq!(form.signatures.phone.as_deref(), Some("000-1"));
    assert_eq!(form.signatures.filled_at.as_deref(), Some("2031-01-02T09:30:00"));
}

#[test]
fn a_title_ruled_into_the_grid_is_still_the_title() {
    let (form, _) = read(
        &[],
        &[&[("财政项目绩效目标表", 1, 4)], &[("（2031年度）", 1, 4)], &[("项目名称", 1, 1), ("林木养护", 1, 3)]],
    );
    assert_eq!(form.title.as_deref(), Some("财政项目绩效目标表"));
    assert_eq!(form.fiscal_year, Some(2031));
}

#[test]
fn an_empty_template_is_a_form_of_nulls() {
    let (form, _) = read(
        &["专项资金绩效目标表"],
        &[
            &[("项目名称", 1, 1), ("", 1, 3)],
            &[("资金金额（万元）", 1, 1), ("年度资金总额", 1, 1), ("", 1, 2)],
            &[("年度目标", 1, 1), ("", 1, 3)],
            &[("一级指标", 1, 1), ("二级指标", 1, 1), ("三级指标", 1, 1), ("指标值", 1, 1)],
            &[("产出指标", 1, 1), ("数量指标", 1, 1), ("", 1, 1), ("", 1, 1)],
        ],
    );
    assert_eq!(form.project_name, None);
    assert_eq!(funds(&form), ["Total Annual -"]);
    assert_eq!(form.texts, [("goal_annual".to_owned(), None)]);
    assert!(form.indicators.is_empty());
}

#[test]
fn an_amount_without_a_unit_is_noted() {
    let (form, notes) = read(&["绩效目标表"], &[&[("年度资金总额", 1, 1), ("7", 1, 1)]]);
    assert_eq!((form.funds[0].source, form.funds[0].horizon), (FundSource::Total, Horizon::Annual));
    assert!(notes.iter().any(|note| note.kind == NoteKind::UnitUnknown));
}

#[test]
fn cells_that_claim_more_than_the_grid_do_no_harm() {
    let mut broken = region(&["绩效目标表"], &[&[&[("项目名称", 1, 1), ("林木养护", 1, 1)]]], &[]);
    for cell in &mut broken.cells {
        cell.n_rows = u16::MAX;
        cell.n_columns = u16::MAX;
    }
    let mut notes = Vec::new();
    assert_eq!(interpret(broken, 0, &mut notes).id, "form-01");
}

#[test]
fn a_label_that_is_not_known_keeps_its_text_and_is_noted() {
    let (form, notes) = read(
        &["专项资金绩效目标表"],
        &[
            &[("专项资金名称", 1, 1), ("林木养护", 1, 3)],
            &[("花木品名", 1, 1), ("月季", 1, 1), ("主管部门", 1, 1), ("某市园林局", 1, 1)],
            &[("养护要领：春季修枝，夏季浇水", 1, 4)],
        ],
    );
    assert_eq!(form.department.as_deref(), Some("某市园林局"));
    assert_eq!(text(&form, "花木品名"), Some("月季"));
    assert_eq!(text(&form, "养护要领"), Some("春季修枝，夏季浇水"));
    assert_eq!(notes.iter().filter(|note| note.kind == NoteKind::LabelUnknown).count(), 2);
}

#[test]
fn a_label_that_runs_into_a_long_text_is_read_with_the_whole_of_it() {
    let (form, notes) = read(
        &["专项资金绩效目标表"],
        &[
            &[("专项资金名称", 1, 1), ("林木养护", 1, 1)],
            &[("主要政策任务：养护林木，公布联系电话：见网站", 1, 2)],
            &[("年度目标：绿树成荫", 1, 2)],
        ],
    );
    assert_eq!(text(&form, "policy_tasks"), Some("养护林木，公布联系电话：见网站"));
    assert_eq!(text(&form, "goal_annual"), Some("绿树成荫"));
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn what_a_city_spends_itself_and_hands_on_to_its_districts_is_kept_in_yuan() {
    let (form, _) = read(
        &["绩效目标表", "单位：万元"],
        &[
            &[("项目名称", 1, 1), ("林木养护", 1, 3)],
            &[("当年预算", 2, 1), ("9.00", 2, 1), ("市级支出", 1, 1), ("6.00", 1, 1)],
            &[("补助区县", 1, 1), ("3.00", 1, 1)],
        ],
    );
    assert_eq!(funds(&form), ["Total Annual 90000.00"]);
    assert_eq!(text(&form, "municipal_expenditure_annual"), Some("60000.00"));
    assert_eq!(text(&form, "district_subsidy_annual"), Some("30000.00"));
}

#[test]
fn a_text_that_reaches_no_field_is_noted() {
    let (form, notes) = read(
        &["项目支出绩效目标表"],
        &[
            &[("项目名称", 1, 1), ("林木养护", 1, 1), ("春季修枝，夏季浇水，秋季施肥", 1, 1)],
            &[("项目概况", 1, 1), ("养护全市道路两侧的林木", 1, 2)],
        ],
    );
    assert_eq!(form.project_name.as_deref(), Some("林木养护"));
    let messages: Vec<&str> = notes.iter().map(|note| note.message.as_str()).collect();
    assert_eq!(messages, ["text of a form is not published: 春季修枝，夏季浇水，秋季施肥"]);
}

#[test]
fn a_form_that_names_the_whole_period_only_is_for_it_everywhere() {
    let rows: &[&[Drawn]] = &[
        &[("资金情况（万元）", 3, 1), ("资金总额：", 1, 1), ("9.00", 1, 3)],
        &[("财政拨款：", 1, 1), ("8.00", 1, 3)],
        &[("其他资金：", 1, 1), ("1.00", 1, 3)],
        &[("项目实施期目标", 1, 1), ("种树", 1, 4)],
        &[("绩效指标", 2, 1), ("一级指标", 1, 1), ("二级指标", 1, 1), ("三级指标", 1, 1), ("目标值", 1, 1)],
        &[("产出指标", 1, 1), ("数量指标", 1, 1), ("棵数", 1, 1), ("9棵", 1, 1)],
    ];
    let (form, _) = read(&["林木养护资金项目绩效目标表"], rows);
    assert_eq!(form.project_name.as_deref(), Some("林木养护资金"));
    assert_eq!(funds(&form), ["Total Period 90000.00", "Other Period 10000.00"]);
    assert_eq!(text(&form, "fiscal_funds_period"), Some("80000.00"));
    assert_eq!(text(&form, "goal_period"), Some("种树"));
    assert_eq!(indicators(&form), ["Period 产出指标/数量指标/棵数 9棵"]);

    // The year below the title is a time of its own.
    let (form, _) = read(&["林木养护资金项目绩效目标表", "（2031年度）"], rows);
    assert_eq!(funds(&form), ["Total Annual 90000.00", "Other Annual 10000.00"]);
}
