//! Headers drawn over rows: which texts stand under which names, and which groups over them.

use super::super::columns as stretches;
use super::super::piece::Piece;
use super::super::{EM, text};
use super::*;
use crate::geom::Rect;
use crate::segment::grid::CellLine;

/// Lines of a page with glyphs of nine points: texts by their left edge and their baseline.
fn seen(texts: &[(f32, f32, &str)]) -> Vec<TextRow> {
    let (x_scale, y_scale) = (2.0 * EM / 9.0, PITCH / (1.25 * 9.0));
    let piece = |(x, y, text): &(f32, f32, &str)| {
        let right = x + 9.0 * text.chars().count() as f32;
        let rect = Rect { x0: x * x_scale, y0: (y - 8.0) * y_scale, x1: right * x_scale, y1: (y + 1.0) * y_scale };
        let seen = CellLine { text: (*text).to_owned(), rect, size: 9.0 * y_scale };
        let (from, to) = ((rect.x0 / EM).round() as usize, (rect.x1 / EM).round() as usize);
        Piece { from, to, text: (*text).to_owned(), gap: 2, pushed: 0, seen: Some(seen) }
    };
    let lines = texts.chunk_by(|a, b| a.1 == b.1).enumerate();
    lines.map(|(n_above, line)| TextRow { pieces: line.iter().map(piece).collect(), n_above }).collect()
}

#[test]
fn wrapped_names_of_a_page_are_one_each_though_others_stand_between_their_lines() {
    let rows = seen(&[
        (487.0, 128.0, "本年收入"),
        (515.0, 145.0, "国有资本经营预"),
        (586.0, 145.0, "财政专户管理资"),
        (373.0, 151.0, "一般公共预算"),
        (542.0, 156.0, "算"),
        (613.0, 156.0, "金"),
    ]);
    let names: Vec<String> = names(&rows).iter().map(Name::word).collect();
    assert_eq!(names, ["本年收入", "国有资本经营预算", "财政专户管理资金", "一般公共预算"]);
}

#[test]
fn a_group_and_the_name_a_row_of_the_header_below_it_are_two() {
    let rows = seen(&[(57.0, 100.0, "经济分类"), (31.0, 117.0, "编码"), (75.0, 117.0, "名称")]);
    let names: Vec<String> = names(&rows).iter().map(Name::word).collect();
    assert_eq!(names, ["经济分类", "编码", "名称"]);
}

/// What stands under a header that is drawn of so many lines.
fn headed(text: &str, n_head: usize) -> (Vec<String>, Headed) {
    let all = text::drawn(text);
    let (head, body) = all.split_at(n_head);
    let names = names(head);
    let headed = columns(&stretches::columns(body), &names, body, Places::Drifting);
    let word = |id: &usize| names.get(*id).map(Name::word).unwrap_or_default();
    let path = |path: &Vec<usize>| path.iter().map(word).collect::<Vec<_>>().join("/");
    (headed.paths.iter().map(path).collect(), headed)
}

#[test]
fn a_header_that_leaves_a_name_over_no_column_is_in_doubt() {
    let rivalled = |lone: &str| {
        let page = [
            "支出项目 总计             财政拨款         上年结",
            " 类别           小计      一般公共 政府性  余、结",
            "                          预算拨款 基金    转",
            lone,
            "政局（本 11.00  11.00     11.00    0.00    0.00",
            "工资福利  8.00   8.00      8.00    0.00    0.00",
        ];
        let page: Vec<&str> = page.into_iter().filter(|line| !line.is_empty()).collect();
        headed(&page.join("\n"), page.len() - 2).1.rivalled
    };
    assert!(rivalled("").contains(&false));
    assert!(!rivalled("深圳市财").contains(&false));
}

#[test]
fn a_column_is_bound_to_the_name_that_it_shares_places_with() {
    let (paths, headed) = headed(
        "项目            合计        基本支出    项目支出\n\
         某某支出        9.00        4.00        5.00\n\
         其他某某支出    7.00        3.00        4.00",
        1,
    );
    assert_eq!(paths, ["项目", "合计", "基本支出", "项目支出"]);
    assert!(headed.sure.iter().all(|sure| *sure));
}

#[test]
fn a_name_over_no_text_is_a_column_that_is_blank() {
    let (paths, headed) = headed(
        "项目            合计        基本支出    项目支出\n\
         某某支出        9.00                    9.00\n\
         其他某某支出    7.00                    7.00",
        1,
    );
    assert_eq!(paths, ["项目", "合计", "基本支出", "项目支出"]);
    assert_eq!(headed.columns.iter().position(|column| column.holds.is_none()), Some(2));
}

#[test]
fn a_group_stands_over_the_middle_of_its_columns() {
    let (paths, headed) = headed(
        "                          本年收入                         \n\
         项目          合计      基本支出      项目支出      上年结转\n\
         某某支出      9.00      4.00          3.00          2.00\n\
         其他支出      7.00      3.00          3.00          1.00",
        2,
    );
    assert_eq!(paths.first().map(String::as_str), Some("项目"));
    assert_eq!(paths.get(2).map(String::as_str), Some("本年收入/基本支出"));
    assert_eq!(headed.rivalled.len(), 5);
}

#[test]
fn years_have_the_same_columns_however_one_of_them_is_torn() {
    let (paths, _) = headed(
        "                        2030年                                         2031年\n\
         \x20                    公务用车购置及运行维护费                                  公务用车购置及运行维护费\n\
         单位    合计    公务接待费                                   合计    公务\n\
         \x20                   小计    公务用车购置费   公务用车运行维护费             接       小计    公务用车购置费   公务用车运行维护费\n\
         \x20                                                         待费\n\
         甲单位   9.00  4.00    5.00  1.00      4.00            6.00  1.00    5.00  2.00      3.00\n\
         乙单位   8.00  4.00    4.00  1.00      3.00            6.00  1.00    5.00  2.00      3.00",
        5,
    );
    let of_year = |year: &str| {
        let of_vehicles =
            ["小计", "公务用车购置费", "公务用车运行维护费"].map(|name| format!("公务用车购置及运行维护费/{name}"));
        let names = ["合计", "公务接待费"].into_iter().map(str::to_owned).chain(of_vehicles);
        names.map(|name| format!("{year}/{name}")).collect::<Vec<_>>()
    };
    assert_eq!(paths, [vec!["单位".to_owned()], of_year("2030年"), of_year("2031年")].concat());
}

#[test]
fn a_part_of_a_column_is_no_rest_of_the_name_above_it() {
    let (paths, _) = headed(
        "项目       合计          政府采购项目\n\
         \x20                        其中：2031\n\
         \x20               小计    年政府采\n\
         \x20                        购项目\n\
         某某支出   9.00   4.00   5.00\n\
         其他支出   8.00   4.00   4.00",
        4,
    );
    assert!(paths.iter().all(|path| !path.contains("项目其中")), "{paths:?}");
}

#[test]
fn what_is_blank_in_one_year_is_so_in_all_whatever_codes_stand_left_of_the_names() {
    let head = "                           2030年                                          2031年\n\
         代码      单位      合计   公务接待费  会议费  培训费        合计   公务接待费  会议费  培训费";
    let body = "\n\
         125       甲单位    9.00               4.00    5.00          6.00               1.00    5.00\n\
         125001    乙单位    8.00               4.00    4.00          6.00               2.00    4.00\n\
         125002    丙单位    1.00               1.00                  3.00               1.00    2.00";
    let (paths, headed) = headed(&format!("{head}{body}"), 2);
    let blank = |at: &usize| headed.columns.get(*at).is_some_and(|column| column.holds.is_none());
    let blanks: Vec<&str> = (0..paths.len()).filter(blank).map(|at| paths[at].as_str()).collect();
    assert_eq!(blanks, ["2030年/公务接待费", "2031年/公务接待费"]);
    assert!(headed.sure.iter().skip(2).all(|sure| !sure));
}

#[test]
fn words_set_apart_from_a_name_are_of_its_column_though_no_name_stands_over_them() {
    let (paths, headed) = headed(
        "单位名称                合计    目标\n\
         某某市人民政府 办公室   9.00    改善基础设施        建设\n\
         某某市人民政府 信访局   7.00    接待群众来访并      回访\n\
         某某市人民政府 机关局   5.00    保障机关日常运      行",
        1,
    );
    assert_eq!(paths, ["单位名称", "合计", "目标"]);
    assert_eq!(headed.columns.len(), 3);
}

/// Whether another group may stand over each column, where a group of this name stands a little off the middle of the three
/// columns below it.
fn rivalled(group: &str, names: [&str; 5], at: usize) -> Vec<bool> {
    let [first, a, b, c, last] = names;
    let row = format!("某某支出  {}", format!("{:<10}", "9.00").repeat(5));
    let head = format!("{:at$}{group}\n项目      {first:<40}{last}\n{:20}{a:<10}{b:<10}{c}", "", "");
    headed(&format!("{head}\n{row}\n{row}"), 3).1.rivalled
}

#[test]
fn what_definitions_rule_out_is_no_rival_of_a_group() {
    let of_definitions =
        |at: usize| rivalled("财政拨款", ["合计", "小计", "一般公共预算", "政府性基金预算", "单位资金"], at);
    assert!(!of_definitions(34).contains(&true));
    let of_others = rivalled("某某款", ["甲费", "乙费", "丙费", "丁费", "戊费"], 34);
    assert_eq!(of_others.iter().rposition(|is_rivalled| *is_rivalled), Some(5), "the last may be of the group too");
    assert!(of_definitions(24).contains(&true), "what places gainsay stays in doubt");
}

/// The columns of a table whose header is one line, each with its name.
fn bound_of(table: &str) -> Vec<(String, bind::Bound)> {
    let all = text::drawn(table);
    let (head, body) = all.split_at(1);
    let names = names(head);
    let bound = bind::bound(&stretches::columns(body), &names, &leaves(&names), body, Places::Drifting);
    let name = |bound: &bind::Bound| bound.name.map_or(String::new(), |id| names[id].word());
    bound.into_iter().map(|bound| (name(&bound), bound)).collect()
}

/// The name of the last column with texts, and whether these are far from all others.
fn last_shown(table: &str) -> Option<(String, bool)> {
    let shown = bound_of(table).into_iter().rfind(|(_, bound)| bound.column.is_some());
    shown.map(|(name, bound)| (name, bound.is_far))
}

#[test]
fn amounts_beside_their_name_are_its_own_where_the_next_name_is_none_of_money() {
    let is_sure = |next: &str| {
        let text = format!("项目            合计      {next}\n某某支出             9.00\n其他支出             7.00");
        bound_of(&text).iter().any(|(name, bound)| name == "合计" && bound.sure)
    };
    assert!(is_sure("备注"));
    assert!(!is_sure("结余"));
}

#[test]
fn a_name_reaches_twice_as_far_as_the_dump_shows_it_whatever_the_costs_are() {
    let is_far = |at: usize| {
        let row = |name: &str| format!("{name}  9.00{:1$}801.00", "", at - 10);
        let head = "项目    合计            一般公共预算    政府性基金预算";
        last_shown(&format!("{head}\n{}\n{}", row("某某支出"), row("其他支出")))
    };
    let name = || "政府性基金预算".to_owned();
    assert_eq!(is_far(36), Some((name(), true)));
    assert_eq!(is_far(29), Some((name(), false)), "it may stand under 一般公共预算");
}

#[test]
fn a_name_at_one_space_behind_a_long_one_reaches_further() {
    let is_far = |gap: &str| {
        let row = |name: &str| format!("{name}  9.00{:19}801.00", "");
        let head = format!("项目  某某某某某某某某某费{gap}一般公共预算          政府性基金预算");
        last_shown(&format!("{head}\n{}\n{}", row("某某支出"), row("其他支出"))).map(|(_, is_far)| is_far)
    };
    assert_eq!(is_far("  "), Some(true));
    assert_eq!(is_far(" "), Some(false));
}

#[test]
fn what_is_not_far_leaves_the_next_not_far_either() {
    let far = |first: &str| {
        let head = format!("项目{:18}一般公共预算{:4}财政专户资金{:4}单位资金收入", "", "", "");
        let row = |name: &str| format!("{name}{:17}{first}{:3}9.00{:6}801.00", "", "", "");
        let bound = bound_of(&format!("{head}\n{}\n{}", row("某某支出"), row("其他支出")));
        ["财政专户资金", "单位资金收入"].map(|name| bound.iter().any(|(other, bound)| other == name && bound.is_far))
    };
    assert_eq!(far("7.00"), [true, true]);
    // 9.00 may be of the name that shows nothing, and then 801.00 of its own.
    assert_eq!(far("    "), [false, false]);
}

/// A line with texts at these places.
fn line(texts: &[(usize, &str)]) -> String {
    texts.iter().fold(String::new(), |line, (at, text)| {
        let gap = at - line.chars().count();
        line + &" ".repeat(gap) + text
    })
}

#[test]
fn a_group_over_names_that_rounding_put_half_a_line_too_high_may_be_over_those_beside_them() {
    let amounts = [(60, "322,159"), (81, "0"), (93, "71,447"), (113, "0"), (126, "71,447"), (141, "250,712")];
    let row = |names: &[(usize, &'static str)]| line(&[names, &amounts[..]].concat());
    let names = [(3, "单位编码"), (28, "单位名称"), (56, "合计"), (67, "因公出国（境）费用")];
    let names = [&names[..], &[(99, "公务用车购置及运行费"), (135, "公务接待费")]].concat();
    let page = [
        line(&[(91, "当年财政拨款预算安排")]),
        line(&names),
        String::new(),
        line(&[(88, "小计"), (101, "公务用车购置费"), (117, "公务用车运行费")]),
        row(&[(29, "合计")]),
        row(&[(0, "292001"), (13, "某某市某某局本级")]),
    ];
    let (paths, headed) = headed(&page.join("\n"), 3);
    let at = |name: &str| paths.iter().position(|path| path.ends_with(name)).map(|at| headed.rivalled[at]);
    assert_eq!((at("合计"), at("公务接待费")), (Some(true), Some(true)), "{paths:?}");
}

#[test]
fn groups_that_begin_where_their_columns_do_stand_over_all_up_to_the_next() {
    let row = line(&[(0, "某某收入拨款"), (22, "1.00"), (30, "某某支出"), (52, "2.00")]);
    let groups = line(&[(0, "收入"), (30, "支出")]);
    let names = line(&[(0, "项目"), (18, "预算数"), (30, "项目"), (48, "预算数")]);
    let (paths, headed) = headed(&[groups, names, row.clone(), row].join("\n"), 2);
    assert_eq!(paths, ["收入/项目", "收入/预算数", "支出/项目", "支出/预算数"]);
    assert!(!headed.rivalled.contains(&true), "{:?}", headed.rivalled);
}

#[test]
fn where_names_at_one_height_have_groups_and_have_none_heights_tell_of_neither() {
    let row = line(&[(0, "201"), (12, "某某支出"), (26, "9.00"), (36, "9.00"), (44, "4.00"), (54, "5.00")]);
    let groups = line(&[(6, "功能科目"), (44, "某款预算")]);
    let names = line(&[(0, "科目编码"), (12, "科目名称"), (26, "合计"), (49, "甲项支出")]);
    let leaves = line(&[(36, "小计"), (44, "人员费"), (54, "公用费")]);
    let (paths, headed) = headed(&[groups, names, leaves, row.clone(), row].join("\n"), 3);
    let at = |name: &str| paths.iter().position(|path| path.ends_with(name)).map(|at| headed.rivalled[at]);
    assert_eq!((at("合计"), at("人员费")), (Some(true), Some(false)), "{paths:?}");
}

#[test]
fn a_bare_其中_over_several_names_is_their_group() {
    let row = line(&[(0, "某某支出"), (14, "9.00"), (26, "1.00"), (36, "2.00"), (46, "3.00")]);
    let names = line(&[(0, "项目"), (14, "合计"), (26, "甲费"), (36, "乙上缴"), (46, "丙费")]);
    let page = [line(&[(36, "其中")]), names, line(&[(36, "支出")]), row.clone(), row];
    let (paths, _) = headed(&page.join("\n"), 3);
    assert!(paths.contains(&"其中/乙上缴支出".to_owned()), "{paths:?}");
}
