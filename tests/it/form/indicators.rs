//! The indicator tables of forms.

use mingzhang::interpret::form::interpret;
use mingzhang::note::NoteKind;

use super::drawn::{Drawn, indicators, read, region, text};

#[test]
fn levels_go_down_every_row_that_their_cells_span() {
    let (form, _) = read(
        &["绩效目标表"],
        &[
            &[("绩效指标", 4, 1), ("一级指标", 1, 1), ("二级指标", 1, 1), ("三级指标", 1, 1), ("指标值", 1, 1)],
            &[("产出指标", 2, 1), ("数量指标", 2, 1), ("种树", 1, 1), ("≥9 棵", 1, 1)],
            &[("浇水", 1, 1), ("2次", 1, 1)],
            &[("", 1, 1), ("社会效益指标", 1, 1), ("绿化", 1, 1), ("提高", 1, 1)],
        ],
    );
    assert_eq!(
        indicators(&form),
        ["Annual 产出指标/数量指标/种树 ≥9棵", "Annual 产出指标/数量指标/浇水 2次", "Annual ./社会效益指标/绿化 提高"]
    );
}

#[test]
fn indicators_side_by_side_are_for_the_period_and_for_the_year() {
    let (form, _) = read(
        &["绩效目标表"],
        &[
            &[
                ("一级指标", 1, 1),
                ("二级指标", 1, 1),
                ("三级指标", 1, 1),
                ("指标值", 1, 1),
                ("二级指标", 1, 1),
                ("三级指标", 1, 1),
                ("指标值", 1, 1),
            ],
            &[
                ("产出指标", 2, 1),
                ("数量指标", 2, 1),
                ("种树", 1, 1),
                ("9棵", 1, 1),
                ("数量指标", 2, 1),
                ("种树", 2, 1),
                ("3棵", 2, 1),
            ],
            &[("浇水", 1, 1), ("6次", 1, 1)],
        ],
    );
    assert_eq!(
        indicators(&form),
        ["Period 产出指标/数量指标/种树 9棵", "Annual 产出指标/数量指标/种树 3棵", "Period 产出指标/数量指标/浇水 6次"]
    );
}

#[test]
fn one_name_with_a_value_for_each_time_gives_two_indicators() {
    let (form, _) = read(
        &["绩效目标表"],
        &[
            &[("一级指标", 1, 1), ("二级指标", 1, 1), ("三级指标", 1, 1), ("实施期指标值", 1, 1), ("年度指标值", 1, 1)],
            &[("产出指标", 1, 1), ("数量指标", 1, 1), ("种树", 1, 1), ("9棵", 1, 1), ("3棵", 1, 1)],
        ],
    );
    assert_eq!(indicators(&form), ["Period 产出指标/数量指标/种树 9棵", "Annual 产出指标/数量指标/种树 3棵"]);
}

#[test]
fn a_header_repeated_on_the_next_page_does_not_end_the_levels_above_it() {
    const HEAD: &[Drawn] = &[("一级指标", 1, 1), ("二级指标", 1, 1), ("三级指标", 1, 1), ("指标值", 1, 1)];
    let mut notes = Vec::new();
    let form = interpret(
        region(
            &["绩效目标表"],
            &[
                &[HEAD, &[("产出指标", 1, 1), ("数量指标", 1, 1), ("种树", 1, 1), ("9棵", 1, 1)]],
                &[HEAD, &[("", 1, 1), ("", 1, 1), ("浇水", 1, 1), ("6次", 1, 1)]],
            ],
            &[],
        ),
        0,
        &mut notes,
    );
    assert_eq!(form.pages, [1, 2]);
    assert_eq!(indicators(&form), ["Annual 产出指标/数量指标/种树 9棵", "Annual 产出指标/数量指标/浇水 6次"]);
}

#[test]
fn a_level_printed_below_the_page_break_names_the_rows_above_it_too() {
    let mut notes = Vec::new();
    let form = interpret(
        region(
            &["绩效目标表"],
            &[
                &[
                    &[("一级指标", 1, 1), ("二级指标", 1, 1), ("三级指标", 1, 1), ("指标值", 1, 1)],
                    &[("", 1, 1), ("数量指标", 1, 1), ("种树", 1, 1), ("9棵", 1, 1)],
                ],
                &[&[("产出指标", 1, 1), ("质量指标", 1, 1), ("成活率", 1, 1), ("90%", 1, 1)]],
            ],
            &[],
        ),
        0,
        &mut notes,
    );
    assert_eq!(indicators(&form), ["Annual 产出指标/数量指标/种树 9棵", "Annual 产出指标/质量指标/成活率 90%"]);
}

#[test]
fn a_name_cut_by_the_page_break_is_put_together() {
    let mut notes = Vec::new();
    let form = interpret(
        region(
            &["绩效目标表"],
            &[
                &[
                    &[("一级指标", 1, 1), ("二级指标", 1, 1), ("三级指标", 1, 1), ("指标值", 1, 1)],
                    &[("产出指标", 1, 1), ("数量指标", 1, 1), ("全市道路两侧", 1, 1), ("9棵", 1, 1)],
                ],
                &[&[("", 1, 1), ("", 1, 1), ("种树", 1, 1), ("", 1, 1)]],
            ],
            &[],
        ),
        0,
        &mut notes,
    );
    assert_eq!(indicators(&form), ["Annual 产出指标/数量指标/全市道路两侧种树 9棵"]);
}

#[test]
fn a_column_of_names_under_another_head_and_its_activity_are_read() {
    let (form, notes) = read(
        &["部门整体支出绩效目标表"],
        &[
            &[
                ("整体绩效目标", 3, 1),
                ("活动", 1, 1),
                ("绩效指标", 1, 1),
                ("指标性质", 1, 1),
                ("指标值", 1, 1),
                ("印象", 1, 1),
            ],
            &[("养护", 1, 1), ("种树", 1, 1), ("≥", 1, 1), ("9", 1, 1), ("好", 1, 1)],
        ],
    );
    assert_eq!(indicators(&form), ["Annual ././种树 9"]);
    assert_eq!(
        form.indicators[0].extra,
        [("activity".to_owned(), Some("养护".to_owned())), ("nature".to_owned(), Some("≥".to_owned()))]
    );
    assert!(notes.iter().any(|note| note.kind == NoteKind::LabelUnknown));
}

#[test]
fn a_goal_label_printed_again_beside_the_rows_of_the_next_page_does_not_end_the_indicators() {
    let mut notes = Vec::new();
    let form = interpret(
        region(
            &["部门整体支出绩效目标表"],
            &[
                &[
                    &[("整体绩效目标", 3, 1), ("整体绩效目标", 1, 1), ("全市道路两侧绿树成荫", 1, 3)],
                    &[("活动", 1, 1), ("绩效指标", 1, 1), ("指标性质", 1, 1), ("指标值", 1, 1)],
                    &[("养护", 1, 1), ("种树", 1, 1), ("≥", 1, 1), ("9", 1, 1)],
                ],
                &[
                    &[("整体绩效目标", 2, 1), ("养护", 1, 1), ("浇水", 1, 1), ("≥", 1, 1), ("6", 1, 1)],
                    &[("养护", 1, 1), ("除草", 1, 1), ("＝", 1, 1), ("2", 1, 1)],
                ],
            ],
            &[],
        ),
        0,
        &mut notes,
    );
    assert_eq!(indicators(&form), ["Annual ././种树 9", "Annual ././浇水 6", "Annual ././除草 2"]);
    assert_eq!(text(&form, "goal_annual"), Some("全市道路两侧绿树成荫"));
}

#[test]
fn a_level_goes_down_every_row_of_the_blank_cell_that_opens_the_next_page() {
    let mut notes = Vec::new();
    let form = interpret(
        region(
            &["绩效目标表"],
            &[
                &[
                    &[("一级指标", 1, 1), ("二级指标", 1, 1), ("三级指标", 1, 1), ("指标值", 1, 1)],
                    &[("产出指标", 1, 1), ("数量指标", 1, 1), ("种树", 1, 1), ("9棵", 1, 1)],
                ],
                &[
                    &[("", 3, 1), ("", 2, 1), ("浇水", 1, 1), ("6次", 1, 1)],
                    &[("除草", 1, 1), ("2次", 1, 1)],
                    &[("质量指标", 1, 1), ("成活率", 1, 1), ("90%", 1, 1)],
                ],
            ],
            &[],
        ),
        0,
        &mut notes,
    );
    assert_eq!(
        indicators(&form),
        [
            "Annual 产出指标/数量指标/种树 9棵",
            "Annual 产出指标/数量指标/浇水 6次",
            "Annual 产出指标/数量指标/除草 2次",
            "Annual 产出指标/质量指标/成活率 90%"
        ]
    );
}

#[test]
fn a_level_printed_on_the_third_page_names_the_blank_cells_of_the_pages_before() {
    let mut notes = Vec::new();
    let form = interpret(
        region(
            &["绩效目标表"],
            &[
                &[
                    &[("一级指标", 1, 1), ("二级指标", 1, 1), ("三级指标", 1, 1), ("指标值", 1, 1)],
                    &[("", 1, 1), ("数量指标", 1, 1), ("种树", 1, 1), ("9棵", 1, 1)],
                ],
                &[&[("", 1, 1), ("数量指标", 1, 1), ("浇水", 1, 1), ("6次", 1, 1)]],
                &[&[("产出指标", 1, 1), ("质量指标", 1, 1), ("成活率", 1, 1), ("90%", 1, 1)]],
            ],
            &[],
        ),
        0,
        &mut notes,
    );
    assert_eq!(
        indicators(&form),
        [
            "Annual 产出指标/数量指标/种树 9棵",
            "Annual 产出指标/数量指标/浇水 6次",
            "Annual 产出指标/质量指标/成活率 90%"
        ]
    );
}

#[test]
fn indicators_without_a_header_are_known_by_their_levels() {
    let (form, _) = read(
        &["绩效目标表"],
        &[
            &[("项目名称", 1, 1), ("林木养护", 1, 4)],
            &[("绩效指标", 3, 1), ("产出指标", 2, 1), ("数量指标", 1, 1), ("种树", 1, 1), ("9棵", 1, 1)],
            &[("质量指标", 1, 1), ("成活", 1, 1), ("90%", 1, 1)],
            &[("效益指标", 1, 1), ("社会效益指标", 1, 1), ("绿化", 1, 1), ("提高", 1, 1)],
            &[("备注", 1, 1), ("无", 1, 4)],
        ],
    );
    assert_eq!(
        indicators(&form),
        [
            "Annual 产出指标/数量指标/种树 9棵",
            "Annual 产出指标/质量指标/成活 90%",
            "Annual 效益指标/社会效益指标/绿化 提高"
        ]
    );
    assert_eq!(text(&form, "remarks"), Some("无"));
}

#[test]
fn a_side_label_below_a_header_printed_again_does_not_end_the_indicators() {
    const HEAD: &[Drawn] = &[("", 1, 1), ("活动", 1, 1), ("绩效指标", 1, 1), ("指标性质", 1, 1), ("指标值", 1, 1)];
    let mut notes = Vec::new();
    let form = interpret(
        region(
            &["部门整体支出绩效目标表"],
            &[
                &[&[("部门名称", 1, 1), ("某市林业局", 1, 4)], HEAD],
                &[
                    HEAD,
                    &[("整体绩效目标", 2, 1), ("养护", 1, 1), ("浇水次数", 1, 1), ("≥", 1, 1), ("3", 1, 1)],
                    &[("造林", 1, 1), ("种树棵数", 1, 1), ("≥", 1, 1), ("9", 1, 1)],
                ],
            ],
            &[],
        ),
        0,
        &mut notes,
    );
    assert_eq!(indicators(&form), ["Annual ././浇水次数 3", "Annual ././种树棵数 9"]);
}

#[test]
fn a_value_ruled_into_sign_figure_and_unit_has_a_header_of_two_rows() {
    let (form, _) = read(
        &["绩效目标表"],
        &[
            &[
                ("绩效指标", 4, 1),
                ("一级指标", 2, 1),
                ("二级指标", 2, 1),
                ("三级指标", 2, 1),
                ("指标值", 1, 3),
                ("填法", 1, 1),
            ],
            &[("符号", 1, 1), ("值", 1, 1), ("单位", 1, 1), ("见说明", 1, 1)],
            &[
                ("产出指标", 1, 1),
                ("数量指标", 1, 1),
                ("种树", 1, 1),
                ("≥", 1, 1),
                ("9", 1, 1),
                ("棵", 1, 1),
                ("", 1, 1),
            ],
        ],
    );
    assert_eq!(indicators(&form), ["Annual 产出指标/数量指标/种树 9"]);
    let extra: Vec<_> = form.indicators[0].extra.iter().map(|(key, text)| (key.as_str(), text.as_deref())).collect();
    assert_eq!(extra, [("nature", Some("≥")), ("measure_unit", Some("棵"))]);
}
