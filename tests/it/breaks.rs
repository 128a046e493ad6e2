//! Tables over pages: rows that a page's end cuts, what goes on and what begins anew, on pages drawn in text.

use crate::page::{paths, rows, tables};

#[test]
fn a_table_goes_on_over_pages_with_and_without_its_header() {
    let head = "
支出总表
+--------+--------+--------+
| 名称   | 合计   | 基本   |
+--------+--------+--------+
| 政府   |  12.00 |  12.00 |
+--------+--------+--------+
";
    let with_header = "
+--------+--------+--------+
| 名称   | 合计   | 基本   |
+--------+--------+--------+
| 教育   |   3.00 |   3.00 |
+--------+--------+--------+
";
    let without_header = "
+--------+--------+--------+
| 合计   |  15.00 |  15.00 |
+--------+--------+--------+
";
    let tables = tables(&[head, with_header, without_header]);
    assert_eq!(tables.len(), 1);
    assert_eq!(tables[0].pages, [1, 2, 3]);
    assert_eq!(rows(&tables[0]), ["政府 | 12.00 | 12.00", "教育 | 3.00 | 3.00", "合计 | 15.00 | 15.00"]);
}

#[test]
fn another_title_begins_another_table_of_the_same_columns() {
    let grid = "
+--------+--------+
| 名称   | 合计   |
+--------+--------+
| 政府   |  12.00 |
+--------+--------+
";
    let tables = tables(&[&format!("收入总表\n{grid}\n支出总表\n{grid}")]);
    assert_eq!(tables.len(), 2);
}

#[test]
fn a_cell_that_the_page_cuts_stands_once_where_it_begins() {
    let first = "
项目支出绩效目标表
+----------+--------+--------+
| 项目名称 | 资金   | 指标   |
+----------+--------+--------+
| 甲       |   1.00 | 完成   |
+----------+--------+--------+
|          |        | 时间   |
|          |        +--------+
| 乙档案   |   2.00 | 数量   |
";
    let first = format!("{first}           +        +--------+\n")
        .replace("           +        +--------+", "                     +--------+");
    let second = "
+----------+--------+--------+
| 整理     |        | 成本   |
|          |        +--------+
|          |        | 质量   |
+----------+--------+--------+
";
    let tables = tables(&[&first, second]);
    assert_eq!(
        rows(&tables[0]),
        ["甲 | 1.00 | 完成", "乙档案整理 | 2.00 | 时间", ". | . | 数量", ". | . | 成本", ". | . | 质量"]
    );
    assert_eq!(tables[0].rows[1].cells[0].as_ref().unwrap().n_rows, 4, "two rows on each page");
}

#[test]
fn rows_of_figures_on_both_sides_of_a_page_break_stay_apart() {
    let head = "
支出总表
+--------+--------+
| 名称   | 合计   |
+--------+--------+
| 政府   |  12.00 |
+--------+--------+
";
    let next = "
+--------+--------+
| 教育   |   3.00 |
+--------+--------+
";
    assert_eq!(rows(&tables(&[head, next])[0]), ["政府 | 12.00", "教育 | 3.00"]);
}

#[test]
fn a_header_parted_by_the_page_is_put_together() {
    let first = "
收支总表
+-------------------+-------------------+
| 收入              | 支出              |
+-------------------+-------------------+
";
    let second = "
+----------+--------+----------+--------+
| 项目     | 预算数 | 项目     | 预算数 |
+----------+--------+----------+--------+
| 拨款     |   1.00 | 教育     |   1.00 |
+----------+--------+----------+--------+
";
    let tables = tables(&[first, second]);
    assert_eq!(tables.len(), 1);
    assert_eq!(paths(&tables[0]), ["收入/项目", "收入/预算数", "支出/项目", "支出/预算数"]);
    assert_eq!(rows(&tables[0]), ["拨款 | 1.00 | 教育 | 1.00"]);
}

#[test]
fn a_title_on_the_foot_of_the_page_before_names_the_table() {
    let first = "
说明到此为止。

        收入总表
";
    let second = "
+--------+--------+
| 名称   | 合计   |
+--------+--------+
| 政府   |  12.00 |
+--------+--------+
";
    let tables = tables(&[first, second]);
    let caption: Vec<&str> = tables[0].caption.iter().map(|l| l.text.as_str()).collect();
    assert_eq!(caption, ["收入总表"]);
}

#[test]
fn a_total_alone_on_a_page_with_its_cells_merged_goes_on_with_the_table() {
    let first = "
支出总表
+-----+-----+--------+--------+
| 类  | 款  | 名称   | 合计   |
+-----+-----+--------+--------+
| 201 | 03  | 政府   |  12.00 |
+-----+-----+--------+--------+
";
    let second = "
+--------------------+--------+
| 合计               |  12.00 |
+--------------------+--------+
";
    let tables = tables(&[first, second]);
    assert_eq!(tables.len(), 1);
    assert_eq!(rows(&tables[0]), ["201 | 03 | 政府 | 12.00", "合计 | . | . | 12.00"]);
}

#[test]
fn a_row_cut_after_one_line_by_the_page_s_end_is_one_row() {
    let first = "
重点项目
+----------+--------+------------+
| 项目     | 预算数 | 目标       |
+----------+--------+------------+
| 道路整修 |  12.00 | 整修道路两 |
| 及养护   |        | 条         |
+----------+--------+------------+
| 林木养护 |  30.00 | 养护林木十 |
+----------+--------+------------+
";
    let second = "
+----------+--------+------------+
| 和管理   |        | 万株       |
+----------+--------+------------+
";
    let cut = tables(&[first, second]);
    assert_eq!(rows(&cut[0]), ["道路整修及养护 | 12.00 | 整修道路两条", "林木养护和管理 | 30.00 | 养护林木十万株"]);
    // One full line alone can be a name that fills its column.
    let whole = tables(&[first, &second.replace("万株", "    ")]);
    assert_eq!(rows(&whole[0])[1..], ["林木养护 | 30.00 | 养护林木十", "和管理 | . | ."]);
}

#[test]
fn the_rest_of_one_name_below_a_page_s_end_belongs_to_the_row_that_has_the_code() {
    let first = "
支出总表
+---------+----------+--------+
| 编码    | 名称     | 预算数 |
+---------+----------+--------+
| 2080505 | 养老保险 |  12.00 |
+---------+----------+--------+
";
    let second = "
+---------+----------+--------+
|         | 缴费     |        |
+---------+----------+--------+
| 2080506 | 年金     |   3.00 |
+---------+----------+--------+
";
    let cut = tables(&[first, second]);
    assert_eq!(rows(&cut[0]), ["2080505 | 养老保险缴费 | 12.00", "2080506 | 年金 | 3.00"]);
    let whole = tables(&[first, &second.replace("缴费", "合计")]);
    assert_eq!(rows(&whole[0])[1], ". | 合计 | .");
}

#[test]
fn what_begins_a_row_below_a_page_s_end_is_no_rest_of_the_row_above() {
    let first = "
财政拨款收支总表
+--------------+--------+--------------+--------+
| 收入         | 预算数 | 支出         | 预算数 |
+--------------+--------+--------------+--------+
| 本年收入合计 |  12.00 | 本年支出合计 |  12.00 |
+--------------+--------+--------------+--------+
";
    let second = |left: &str, right: &str| {
        format!(
            "
+--------------+--------+--------------+--------+
| {left}     |        | {right}     |        |
+--------------+--------+--------------+--------+
| 收入总计     |  12.00 | 支出总计     |  12.00 |
+--------------+--------+--------------+--------+
"
        )
    };
    let carried = tables(&[first, &second("上年结转", "结转下年")]);
    assert_eq!(rows(&carried[0])[1], "上年结转 | . | 结转下年 | .");
    let cut = tables(&[first, &second("以及补助", "以及补助")]);
    assert_eq!(rows(&cut[0])[0], "本年收入合计以及补助 | 12.00 | 本年支出合计以及补助 | 12.00");
}

#[test]
fn a_row_that_the_page_cuts_within_an_amount_or_a_short_name_is_one_row() {
    let first = "
支出总表
+---------+--------------+---------+
| 编码    | 名称         | 预算数  |
+---------+--------------+---------+
| 21401   | 公路         |   19.76 |
+---------+--------------+---------+
| 2140106 | 养护         |   12.4  |
+---------+--------------+---------+
";
    let second = "
+---------+--------------+---------+
|         |              | 5       |
+---------+--------------+---------+
| 2140112 | 管理         |    7.31 |
+---------+--------------+---------+
";
    let cut = tables(&[first, second]);
    assert_eq!(rows(&cut[0]), ["21401 | 公路 | 19.76", "2140106 | 养护 | 12.45", "2140112 | 管理 | 7.31"]);
    let both = tables(&[first, &second.replace("|              | 5", "| 费           | 5")]);
    assert_eq!(rows(&both[0])[1], "2140106 | 养护费 | 12.45");
    // An amount that is whole stays.
    let whole = tables(&[&first.replace("12.4 ", "12.45"), second]);
    assert_eq!(rows(&whole[0])[1..3], ["2140106 | 养护 | 12.45", ". | . | 5"]);
    let name = tables(&[&first.replace("12.4 ", "12.45"), &second.replace("              | 5", " 费           |  ")]);
    assert_eq!(rows(&name[0])[1], "2140106 | 养护费 | 12.45");
    let other =
        tables(&[&first.replace("21401  ", "       "), &second.replace("              | 5", " 费           |  ")]);
    assert_eq!(rows(&other[0])[2], ". | 费 | .", "names without a code are names there");
}

#[test]
fn a_page_that_is_moved_sideways_goes_on_with_its_table() {
    let first = "
支出总表
+---------+--------------+---------+
| 编码    | 名称         | 预算数  |
+---------+--------------+---------+
| 21401   | 公路         |   19.76 |
+---------+--------------+---------+
";
    let second = "
 +---------+--------------+---------+
 | 2140112 | 管理         |    7.31 |
 +---------+--------------+---------+
";
    let tables = tables(&[first, second]);
    assert_eq!(rows(&tables[0]), ["21401 | 公路 | 19.76", "2140112 | 管理 | 7.31"]);
}

#[test]
fn a_list_with_a_header_of_its_own_is_another_list() {
    let first = "
会议费明细表
+------+----------+----------+----------+
| 序号 | 会议名称 | 会议人数 | 金额     |
+------+----------+----------+----------+
|    1 | 部署会   |       12 |     1.80 |
+------+----------+----------+----------+
|    2 | 总结会   |        9 |     1.35 |
+------+----------+----------+----------+
";
    let second = "
+------+----------+----------+----------+
| 序号 | 培训名称 | 培训人数 | 金额     |
+------+----------+----------+----------+
|    1 | 技能班   |       40 |     3.20 |
+------+----------+----------+----------+
";
    let tables = tables(&[first, second]);
    assert_eq!(tables.len(), 2);
    assert_eq!(paths(&tables[1]), ["序号", "培训名称", "培训人数", "金额"]);
    assert_eq!(rows(&tables[1]), ["1 | 技能班 | 40 | 3.20"]);
}

#[test]
fn a_number_alone_at_the_foot_and_a_note_at_the_next_head_belong_to_the_table_between() {
    let grid = "
+--------+--------+
| 名称   | 合计   |
+--------+--------+
| 政府   |  12.00 |
+--------+--------+
";
    let tables = tables(&[
        &format!("收入总表{grid}\n\n公开02表\n"),
        &format!("支出总表{grid}"),
        "\n注：本表含上年结转。\n\n\n第二部分 说明\n",
    ]);
    let caption: Vec<&str> = tables[1].caption.iter().map(|l| l.text.as_str()).collect();
    assert_eq!(caption, ["公开02表", "支出总表"]);
    assert_eq!(tables[0].pages, [1]);
    assert_eq!(tables[1].pages, [2, 3], "the number's page is none of the table's, the note's is");
    let notes: Vec<&str> = tables[1].notes.iter().map(|l| l.text.as_str()).collect();
    assert_eq!(notes, ["注：本表含上年结转。"]);
}

#[test]
fn a_note_counts_on_below_its_first_item() {
    let tables = tables(&["
支出总表
+--------+--------+
| 名称   |   合计 |
+--------+--------+
| 政府   |  12.00 |
+--------+--------+
注：一、合计含上年结转。
    二、名称按规定填写。
三、其他说明。
五、某项工作
"]);
    let notes: Vec<&str> = tables[0].notes.iter().map(|l| l.text.as_str()).collect();
    assert_eq!(notes, ["注：一、合计含上年结转。二、名称按规定填写。三、其他说明。"]);
}
