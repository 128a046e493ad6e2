//! Lists of projects in dumps a row a line: names and goals go over several lines, and headers are printed again.

use mingzhang::segment::Region;

use crate::text_statements::{layout, tables};

/// Header paths and rows, one a line.
fn drawn(dump: &str) -> Vec<String> {
    let layout = layout(dump.as_bytes());
    assert!(!layout.regions.iter().any(|region| matches!(region, Region::Form(_))), "a form");
    let mut out = Vec::new();
    for table in tables(&layout) {
        out.push(table.columns.iter().map(|path| path.join("/")).collect::<Vec<_>>().join(" | "));
        let cell =
            |cell: &Option<mingzhang::segment::Cell>| cell.as_ref().map_or("·", |cell| cell.text.trim()).to_owned();
        out.extend(table.rows.iter().map(|row| row.cells.iter().map(cell).collect::<Vec<_>>().join(" | ")));
    }
    out
}

#[test]
fn a_list_of_projects_is_a_table_whose_names_wrap_and_whose_header_comes_again() {
    let dump = "\
项目支出绩效目标表
部门名称：云岭市林草局 单位：万元
项目名称（资金使
用单位）
合计 财政拨款
其他资
金
绩效目标
合计 9.00 8.00 1.00
云岭市林草局 9.00 8.00 1.00
林区巡护与防火
监测设备更新项
目
4.00 4.00 0.00
更新设备，做好巡护； 2.
加强监测，
保障安全。
苗木培育与成活
工作经费
2.00 1.00 1.00
培育苗木，按时完成。
\u{c}项目支出绩效目标表
部门名称：云岭市林草局 单位：万元
项目名称（资金使
用单位）
合计 财政拨款
其他资
金
绩效目标
某林场道路
修缮及护栏
安装项目
3.00 3.00 0.00
修缮道路，消除隐患。
";
    let header = "项目名称（资金使用单位） | 合计 | 财政拨款 | 其他资金 | 绩效目标";
    assert_eq!(
        drawn(dump),
        [
            header,
            "合计 | 9.00 | 8.00 | 1.00 | ·",
            "云岭市林草局 | 9.00 | 8.00 | 1.00 | ·",
            "林区巡护与防火监测设备更新项目 | 4.00 | 4.00 | 0.00 | 更新设备，做好巡护；2.加强监测，保障安全。",
            "苗木培育与成活工作经费 | 2.00 | 1.00 | 1.00 | 培育苗木，按时完成。",
            "某林场道路修缮及护栏安装项目 | 3.00 | 3.00 | 0.00 | 修缮道路，消除隐患。",
        ]
    );
}

#[test]
fn the_column_of_goals_is_the_last_whenever_its_name_was_drawn() {
    let dump = "\
部门预算项目支出表
单位：万元
支出项目类别 总计 财政拨款
其他资
金
绩效目标 合计 一般公共预算 政府性基金预算
合计 9.00 8.00 8.00 0.00 1.00
林区巡护 5.00 5.00 5.00 0.00 0.00
做好林区的巡护与防火，保障林区的安全。
苗木培育 4.00 3.00 3.00 0.00 1.00
培育造林所需的苗木，按时交付并成活。
";
    assert_eq!(
        drawn(dump)[..3],
        [
            "支出项目类别 | 总计 | 财政拨款/合计 | 财政拨款/一般公共预算 | 财政拨款/政府性基金预算 | 其他资金 | 绩效目标",
            "合计 | 9.00 | 8.00 | 8.00 | 0.00 | 1.00 | ·",
            "林区巡护 | 5.00 | 5.00 | 5.00 | 0.00 | 0.00 | 做好林区的巡护与防火，保障林区的安全。",
        ]
    );
}

#[test]
fn a_name_with_its_code_is_no_line_of_the_header_and_goes_on_in_the_next_line() {
    let dump = "\
支出预算表
单位：万元
功能分类科目 部门经济分类科目 合计 基本支出 项目支出
2130299-其他林业和草原管理事务
支出
30202-印刷费 7.80 7.40 0.40
2130299-其他林业和草原管理事务
支出
30205-水费 6.00 5.00 1.00
2130201-行政运行 30206-电费 3.00 2.00 1.00
";
    assert_eq!(
        drawn(dump)[1..],
        [
            "2130299-其他林业和草原管理事务支出 | 30202-印刷费 | 7.80 | 7.40 | 0.40",
            "2130299-其他林业和草原管理事务支出 | 30205-水费 | 6.00 | 5.00 | 1.00",
            "2130201-行政运行 | 30206-电费 | 3.00 | 2.00 | 1.00",
        ]
    );
}

#[test]
fn the_levels_of_a_code_and_the_first_row_can_share_a_line() {
    let dump = "\
收入决算表
单位：万元
科目编码
科目名称 本年收入合计 财政拨款收入 其他收入
类 款 项 合计 9.00 8.00 1.00
213 02 01 行政运行 9.00 8.00 1.00
";
    assert_eq!(
        drawn(dump),
        [
            "科目编码/类 | 科目编码/款 | 科目编码/项 | 科目名称 | 本年收入合计 | 财政拨款收入 | 其他收入",
            "合计 | · | · | · | 9.00 | 8.00 | 1.00",
            "213 | 02 | 01 | 行政运行 | 9.00 | 8.00 | 1.00",
        ]
    );
}

#[test]
fn rows_that_begin_with_a_code_stay_apart_however_many_blank_cells_they_lack() {
    let dump = "\
收入总表
单位：万元
科目编码
科目名称 合计 基本支出 项目支出 经营支出 上缴上级支出 其他支出
类 款 项 小 计 人员支出 公用支出
213 农林水支出 5.50 5.50 
02 林业和草原 5.50 5.50 
01 行政运行 5.50 5.50 
221 住房保障支出 2.00 2.00 
";
    let names = drawn(dump).into_iter().skip(1).filter_map(|row| row.split(" | ").nth(3).map(str::to_owned));
    assert_eq!(names.collect::<Vec<_>>(), ["农林水支出", "林业和草原", "行政运行", "住房保障支出"]);
}
