//! Forms over pages, drawn: what begins one, and what goes on with it.

use mingzhang::interpret::Form;
use mingzhang::interpret::form::interpret;
use mingzhang::segment::Region;

use super::drawn::{funds, indicators};
use crate::page::layout;

/// The forms of drawn pages; nothing else may be on them.
fn forms(pages: &[&str]) -> Vec<Form> {
    let regions = layout(pages).regions;
    regions
        .into_iter()
        .enumerate()
        .map(|(idx, region)| match region {
            Region::Form(region) => interpret(region, idx, &mut Vec::new()),
            region => panic!("not a form: {region:?}"),
        })
        .collect()
}

const REST: &str = "
+------------+--------------+------------+----------+
| 主管部门   | 某市林业局   | 实施单位   | 某苗圃   |
+------------+--------------+------------+----------+
| 项目资金   | 年度资金总额              | 9.00     |
| （万元）   +--------------+------------+----------+
|            | 其他资金                  | 0.00     |
+------------+--------------+------------+----------+
| 年度目标   | 种树                                 |
+------------+--------------+------------+----------+
| 绩效指标   | 一级指标     | 三级指标   | 指标值   |
|            +--------------+------------+----------+
|            | 产出指标     | 棵数       | 9棵      |
+------------+--------------+------------+----------+
";

#[test]
fn a_form_may_begin_with_one_field_at_a_page_s_foot() {
    let foot = "
林木养护项目绩效目标表
+------------+--------------------------------------+
| 项目名称   | 林木养护                             |
+------------+--------------------------------------+
";
    let forms = forms(&[foot, REST]);
    assert_eq!(forms.len(), 1);
    assert_eq!(forms[0].pages, [1, 2]);
    assert_eq!(forms[0].title.as_deref(), Some("林木养护项目绩效目标表"));
    assert_eq!(forms[0].project_name.as_deref(), Some("林木养护"));
    assert_eq!(funds(&forms[0]), ["Total Annual 90000.00", "Other Annual 0.00"]);
    assert_eq!(indicators(&forms[0]), ["Annual 产出指标/./棵数 9棵"]);
}

#[test]
fn a_form_may_begin_with_a_page_of_tasks() {
    let first = "
部门整体支出绩效目标表
+------------+--------------------------------------+
| 部门名称   | 某市林业局                           |
+------------+--------------+------------+----------+
| 主要任务   | 任务名称     | 主要内容   | 金额     |
|            +--------------+------------+----------+
|            | 养护         | 浇水       | 9.00     |
|            +--------------+------------+----------+
|            | 造林         | 种树       | 3.00     |
+------------+--------------+------------+----------+
";
    let second = "
+------------+--------------------------------------+
| 年度目标   | 种树                                 |
+------------+--------------+------------+----------+
| 绩效指标   | 一级指标     | 三级指标   | 指标值   |
|            +--------------+------------+----------+
|            | 产出指标     | 棵数       | 9棵      |
+------------+--------------+------------+----------+
";
    let forms = forms(&[first, second]);
    assert_eq!(forms.len(), 1);
    assert_eq!(forms[0].department.as_deref(), Some("某市林业局"));
    assert_eq!(forms[0].tasks.len(), 2);
    assert_eq!(indicators(&forms[0]), ["Annual 产出指标/./棵数 9棵"]);
}

#[test]
fn rows_without_the_side_label_s_column_go_on_with_the_form() {
    let first = "
部门整体支出绩效目标表
+------+---------------------------------------------+
| 部门 | 某市林业局                                  |
+------+---------------------------------------------+
| 年度 | 种树                                        |
| 目标 |                                             |
+------+----------+----------+------------+----------+
| 绩效 | 一级指标 | 二级指标 | 三级指标   | 指标值   |
| 指标 +----------+----------+------------+----------+
|      | 产出指标 | 数量指标 | 棵数       | 9棵      |
+------+----------+----------+------------+----------+
";
    let second = "
       +----------------------------------+----------+
       |                       次数       | 3次      |
       +----------+----------+------------+----------+
       |          | 质量指标 | 成活       | 90%      |
       +----------+----------+------------+----------+
       | 效益指标 | 社会效益 | 绿化       | 提高     |
       +----------+----------+------------+----------+
";
    let forms = forms(&[first, second]);
    assert_eq!(forms.len(), 1);
    assert_eq!(
        indicators(&forms[0]),
        [
            "Annual 产出指标/数量指标/棵数 9棵",
            "Annual 产出指标/数量指标/次数 3次",
            "Annual 产出指标/质量指标/成活 90%",
            "Annual 效益指标/社会效益/绿化 提高"
        ]
    );
}

#[test]
fn headers_that_fill_their_cells_are_two() {
    let drawing = "
绩效目标表
+------------+--------+--------+----------+----------+
| 项目名称   | 林木养护                              |
+------------+--------+--------+----------+----------+
| 年度目标   | 种树                                  |
+------------+--------+--------+----------+----------+
| 绩效指标   |一级指标|二级指标| 三级指标 | 指标值   |
|            +--------+--------+----------+----------+
|            |产出指标|数量指标| 棵数     | 9棵      |
+------------+--------+--------+----------+----------+
";
    assert_eq!(indicators(&forms(&[drawing])[0]), ["Annual 产出指标/数量指标/棵数 9棵"]);
}

#[test]
fn forms_below_each_other_in_one_grid_are_each_a_form() {
    let first = "
林木养护项目绩效目标表
+------------+--------------------------------------+
| 项目名称   | 林木养护                             |
+------------+--------------------------------------+
| 年度目标   | 种树                                 |
+------------+--------------+------------+----------+
| 绩效指标   | 一级指标     | 三级指标   | 指标值   |
|            +--------------+------------+----------+
|            | 产出指标     | 棵数       | 9棵      |
+------------+--------------+------------+----------+
";
    let second = "
+------------+--------------+------------+----------+
|            | 效益指标     | 绿化       | 提高     |
+------------+--------------+------------+----------+
| 湖泊清淤项目绩效目标表                            |
+------------+--------------------------------------+
| 项目名称   | 湖泊清淤                             |
+------------+--------------------------------------+
| 年度目标   | 清淤                                 |
+------------+--------------+------------+----------+
| 绩效指标   | 一级指标     | 三级指标   | 指标值   |
|            +--------------+------------+----------+
|            | 产出指标     | 面积       | 3亩      |
+------------+--------------+------------+----------+
| 项目名称   | 泵站维修                             |
+------------+--------------------------------------+
| 年度目标   | 维修                                 |
+------------+--------------------------------------+
";
    let forms = forms(&[first, second]);
    let names: Vec<_> = forms.iter().map(|form| form.project_name.as_deref()).collect();
    assert_eq!(names, [Some("林木养护"), Some("湖泊清淤"), Some("泵站维修")]);
    assert_eq!(forms[1].title.as_deref(), Some("湖泊清淤项目绩效目标表"));
    assert_eq!(indicators(&forms[0]), ["Annual 产出指标/./棵数 9棵", "Annual 效益指标/./绿化 提高"]);
    assert_eq!(indicators(&forms[1]), ["Annual 产出指标/./面积 3亩"]);
}

#[test]
fn a_note_below_a_form_is_whole_and_what_follows_it_is_none() {
    let head = "
林木养护项目绩效目标表
+------------+--------------------------------------+
| 项目名称   | 林木养护                             |
";
    let form = |foot: &str| {
        let drawing = format!("{head}{}{foot}", REST.trim_start());
        let mut regions = layout(&[&drawing]).regions.into_iter();
        match (regions.next(), regions.next()) {
            (Some(Region::Form(form)), rest) => (interpret(form, 0, &mut Vec::new()), rest.is_some()),
            other => panic!("not a form: {other:?}"),
        }
    };
    let (whole, rest) = form("备注：一、绩效指标各单位可选择填写，市县部门也应\n公开。\n");
    let remarks = |form: &Form| form.texts.iter().find(|(key, _)| key == "remarks").and_then(|(_, text)| text.clone());
    assert_eq!(remarks(&whole).as_deref(), Some("一、绩效指标各单位可选择填写，市县部门也应公开。"));
    assert!(!rest);
    let (short, rest) = form("备注：可选择填写。\n各单位应公开。\n");
    assert_eq!(remarks(&short).as_deref(), Some("可选择填写。"));
    assert!(rest, "a line below a note that ends short is narrative");
}
