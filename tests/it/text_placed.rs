//! Dumps that keep the places of the text, as extractors with a layout mode write them.

use std::process::Command;

use mingzhang::interpret::interpret;
use mingzhang::segment::TableRegion;
use serde_json::Value;

use crate::shared::shared;
use crate::text_statements::{layout, tables};

fn drawn(table: &TableRegion) -> Vec<String> {
    let mut out = vec![table.columns.iter().map(|path| path.join("/")).collect::<Vec<_>>().join(" | ")];
    for row in &table.rows {
        let cells = row.cells.iter().map(|cell| cell.as_ref().map_or("·", |cell| cell.text.as_str()));
        out.push(cells.collect::<Vec<_>>().join(" | "));
    }
    out
}

#[test]
fn places_tell_the_columns_of_a_two_sided_statement() {
    let dump = "\
                         2031年部门收支预算总表
部门名称：云岭市林草局                                                          单位：元
                  本年收入                                   本年支出
            项目            预算数                       项目          预算数
一、财政拨款收入                   164,978,640 一、一般公共服务支出                  2,976,800
1. 一般公共预算                  164,978,640 二、公共安全支出                    1,252,300
二、事业收入                                四、文化旅游体育与传媒                   200,000
                                      支出
        收入总计                 164,978,640       支出总计                 4,429,100
";
    let layout = layout(dump.as_bytes());
    assert_eq!(
        drawn(tables(&layout)[0]),
        [
            "本年收入/项目 | 本年收入/预算数 | 本年支出/项目 | 本年支出/预算数",
            "一、财政拨款收入 | 164,978,640 | 一、一般公共服务支出 | 2,976,800",
            "1.一般公共预算 | 164,978,640 | 二、公共安全支出 | 1,252,300",
            "二、事业收入 | · | 四、文化旅游体育与传媒支出 | 200,000",
            "收入总计 | 164,978,640 | 支出总计 | 4,429,100",
        ]
    );
}

#[test]
fn blank_columns_keep_their_place_and_number_rows_say_nothing() {
    let dump = "\
                                2031年一般公共预算支出情况表
部门名称：云岭市林草局                                                              单位：万元
        科目编码
                               功能科目         总       计              基本支出            项目支出
  类      款     项
  **     **    **               **              1                   2               3
                    合计                                  1,935.36        1,517.95          417.41
 201                一般公共服务支出                            1,935.36        1,517.95          417.41
  201     40   01    行政运行                               1,517.95        1,517.95
";
    let layout = layout(dump.as_bytes());
    assert_eq!(
        drawn(tables(&layout)[0]),
        [
            "科目编码/类 | 科目编码/款 | 科目编码/项 | 功能科目 | 总计 | 基本支出 | 项目支出",
            "· | · | · | 合计 | 1,935.36 | 1,517.95 | 417.41",
            "201 | · | · | 一般公共服务支出 | 1,935.36 | 1,517.95 | 417.41",
            "201 | 40 | 01 | 行政运行 | 1,517.95 | 1,517.95 | ·",
        ]
    );
}

#[test]
fn amounts_below_fewer_than_all_fund_heads_are_guesses_and_blanks_stay_blank() {
    let dump = "\
                                2031年度项目支出绩效目标表
                                      （单位：万元）
项目名称 林区巡护费                                         主管部门         云岭市林草局
实施单位 云岭市林场                                 项目属性      常年项目      项目期      1年
           年度资金总额                  财政拨款                      其他资金
项目资金
                      77.70                 77.70
项目概况 巡护林区道路，更换老旧的瞭望设备，保障全年值守。
一级指标    二级指标             三级指标             指标值      度量单位
产出指标     数量指标           巡护里程               900        公里
";
    let form = &interpret(layout(dump.as_bytes())).forms[0];
    let funds: Vec<String> = form
        .funds
        .iter()
        .map(|fund| format!("{:?} {:?} guessed {}", fund.source, fund.amount_yuan.map(|a| a.to_string()), fund.guessed))
        .collect();
    assert_eq!(funds, ["Total Some(\"777000.00\") guessed true", "Other None guessed false"]);
}

#[test]
fn every_amount_of_a_shared_pdf_comes_back_from_its_layout_dump() {
    let Some(pdf) = shared("corpus/real/sh-wanli-2024-budget.pdf") else { return };
    let Ok(dump) = Command::new("pdftotext").arg("-layout").arg(&pdf).arg("-").output() else {
        eprintln!("skipped: pdftotext is absent");
        return;
    };
    let truth: Value = serde_json::from_slice(&std::fs::read(pdf.with_extension("truth.json")).unwrap()).unwrap();
    let layout = layout(&dump.stdout);
    let found = tables(&layout);
    let wanted = truth["tables"].as_array().unwrap();
    assert_eq!(found.len(), wanted.len());
    for (table, wanted) in found.iter().zip(wanted) {
        let rows = wanted["rows"].as_array().unwrap();
        assert_eq!(table.rows.len(), rows.len(), "{}", wanted["title"]);
        assert_eq!(table.columns.len(), wanted["columns"].as_array().unwrap().len(), "{}", wanted["title"]);
        for (row, wanted) in table.rows.iter().zip(rows) {
            for (column, cell) in row.cells.iter().enumerate() {
                let printed = cell.as_ref().map(|cell| cell.text.replace(',', ""));
                if let (Some(amount), Some(printed)) = (wanted["cells"][column].as_str(), printed)
                    && amount.parse::<f64>().is_ok()
                {
                    assert_eq!(printed, amount);
                }
            }
        }
    }
}
