//! Tables cut by columns over pages, on pages drawn in text.

use crate::page::{paths, rows, tables};

#[test]
fn a_table_cut_by_columns_is_one() {
    let left = "
收入总表
+---------+--------+-----------------+
|         |        | 本年收入        |
|         |        +--------+--------+
| 编码    | 合计   | 小计   | 事业   |
+---------+--------+--------+--------+
| 2140112 |   9.00 |   5.00 |   5.00 |
+---------+--------+--------+--------+
| 2140113 |   1.00 |   1.00 |   1.00 |
+---------+--------+--------+--------+
| 2140114 |   6.00 |   3.00 |   3.00 |
+---------+--------+--------+--------+
";
    let right = "
                  单位：万元
      +-----------------+
      | 上年结转        |
      +--------+--------+
      | 小计   | 资金   |
      +--------+--------+
      |   4.00 |   4.00 |
      +--------+--------+
      |        |        |
      +--------+--------+
      |   3.00 |   3.00 |
      +--------+--------+
";
    let tables = tables(&[left, right]);
    assert_eq!(tables.len(), 1);
    assert_eq!(paths(&tables[0]), ["编码", "合计", "本年收入/小计", "本年收入/事业", "上年结转/小计", "上年结转/资金"]);
    assert_eq!(
        rows(&tables[0]),
        [
            "2140112 | 9.00 | 5.00 | 5.00 | 4.00 | 4.00",
            "2140113 | 1.00 | 1.00 | 1.00 | . | .",
            "2140114 | 6.00 | 3.00 | 3.00 | 3.00 | 3.00"
        ]
    );
    let caption: Vec<&str> = tables[0].caption.iter().map(|l| l.text.as_str()).collect();
    assert_eq!(caption, ["收入总表", "单位：万元"]);
    assert_eq!(tables[0].pages, [1, 2]);
}

#[test]
fn pages_of_further_columns_stand_beside_their_pages_of_names() {
    let names = "
支出总表
+---------+----------+
| 编码    | 名称     |
+---------+----------+
| 20101   | 行政     |
+---------+----------+
";
    let more_names = "
+---------+----------+
| 20102   | 服务     |
+---------+----------+
| 20103   | 管理     |
+---------+----------+
";
    let amounts = "

+--------+--------+
| 小计   | 基本   |
+--------+--------+
|  16.00 |   1.00 |
+--------+--------+
";
    let more_amounts = "
+--------+--------+
|   8.00 |   2.00 |
+--------+--------+
|   9.00 |        |
+--------+--------+
";
    let others = amounts.replace("小计", "经费").replace("基本", "其他");
    for pages in [
        [names, more_names, amounts, more_amounts, &others, more_amounts],
        [names, amounts, &others, more_names, more_amounts, more_amounts],
    ] {
        let tables = tables(&pages);
        assert_eq!(tables.len(), 1);
        assert_eq!(paths(&tables[0]), ["编码", "名称", "小计", "基本", "经费", "其他"]);
        assert_eq!(
            rows(&tables[0]),
            [
                "20101 | 行政 | 16.00 | 1.00 | 16.00 | 1.00",
                "20102 | 服务 | 8.00 | 2.00 | 8.00 | 2.00",
                "20103 | 管理 | 9.00 | . | 9.00 | ."
            ]
        );
    }
}

#[test]
fn names_that_are_printed_again_before_further_columns_stand_once() {
    let names = "
支出总表
+---------+----------+--------+
| 编码    | 名称     | 合计   |
+---------+----------+--------+
| 20101   | 行政     |   5.00 |
+---------+----------+--------+
";
    let again = "
支出总表
+---------+----------+--------+--------+
| 编码    | 名称     | 基本   | 其他   |
+---------+----------+--------+--------+
| 20101   | 行政     |   2.00 |   3.00 |
+---------+----------+--------+--------+
";
    let whole = tables(&[names, again]);
    assert_eq!(paths(&whole[0]), ["编码", "名称", "合计", "基本", "其他"]);
    assert_eq!(rows(&whole[0]), ["20101 | 行政 | 5.00 | 2.00 | 3.00"]);
    let other = tables(&[names, &again.replace("行政", "服务")]);
    assert_eq!(other.len(), 2, "rows of other names are of another table");
}
