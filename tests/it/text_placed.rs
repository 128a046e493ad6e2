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

/// The header of the first table of a dump.
fn header(dump: &str) -> String {
    drawn(tables(&layout(dump.as_bytes()))[0]).remove(0)
}

#[test]
fn two_sides_share_the_whole_table_though_the_last_name_wraps() {
    let dump = "\
                         2031年预算收支总表
部门名称：云岭市林草局                                                           单位:万元
              收入                                 支出
                                                                            上年结转安
       项目          2031年                项目      2031年合计        当年预算安排
                                                                              排
一、一般公共预算            1,600.00 一、一般公共服务支出           2,000.00       1,400.00     600.00
二、政府性基金预算                      二、外交支出
";
    let sides = "收入/项目 | 收入/2031年 | 支出/项目 | 支出/2031年合计 | 支出/当年预算安排 | 支出/上年结转安排";
    assert_eq!(header(dump), sides);
}

#[test]
fn a_group_whose_columns_stand_on_shadowed_lines_keeps_the_first() {
    let dump = "\
                                2031年预算收入总表
部门名称：云岭市林草局                                                                                            单位：万元
                    项目
                    项目                                         本年收入
                                                               本年收入
                                                                       国有资本经营
                                                                       国有资本经营     财政专户管理
                                                                                  财政专户管理               上年结转
                                                                                                       上年结转
      科目编码
      科目编码               科目名称
                         科目名称   合计
                                合计           一般公共预算
                                             一般公共预算          政府性基金
                                                             政府性基金                           单位资金
                                                                                             单位资金
                                                                         预算
                                                                         预算         资金
                                                                                    资金
201          一般公共服务支出           3,600.00        3,600.00        0.00       0.00       0.00      0.00      0.00
20105        统计信息事务             3,600.00        3,600.00        0.00       0.00       0.00      0.00      0.00
\u{c}以上为全部收入。
";
    let income = "本年收入/合计 | 本年收入/一般公共预算 | 本年收入/政府性基金 | 本年收入/国有资本经营预算 | 本年收入/财政专户管理资金 | 本年收入/单位资金 | 上年结转";
    assert_eq!(header(dump), format!("项目/科目编码 | 项目/科目名称 | {income}"));
}

#[test]
fn a_year_apart_from_the_word_of_its_group_is_one_name_with_it() {
    let dump = "\
                       2031 年机关运行经费预算财政拨款情况统计表
部门名称：云岭市林草局                                                                   单位：万元
                                                          2031 预算数
                单位名称
                                  合计             一般公共预算              政府性基金预算   国有资本经营预算
部门合计                                    200.00            200.00
云岭市林草局                                  60.00             60.00
";
    let group = ["合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"].map(|name| format!("2031预算数/{name}"));
    assert_eq!(header(dump), format!("单位名称 | {}", group.join(" | ")));
}

#[test]
fn a_column_between_two_groups_that_either_may_have_is_doubtful_and_no_other() {
    let dump = "\
                         2031年支出预算表
部门名称：云岭市林草局                                                     单位：万元
                本年支出                      上年结转
项目名称
              基本支出    项目支出    经营支出    一般公共预算   政府性基金
林区巡护        10.00      6.00      4.00      1.00         3.00
苗木培育        20.00     15.00      5.00      2.00         8.00
";
    let layout = layout(dump.as_bytes());
    let doubts: Vec<String> = tables(&layout)[0].rows[0]
        .cells
        .iter()
        .flatten()
        .filter_map(|cell| Some(format!("{} {}", cell.text, cell.doubt?.code())))
        .collect();
    assert_eq!(doubts, ["4.00 header-rivalled"]);
}

#[test]
fn a_subtotal_stands_under_the_group_and_what_is_in_brackets_ends_a_name() {
    let dump = "\
                                        2031年收入总体情况表
部门名称：云岭市林草局                                                                          单位：万元
                                          财政拨款收入
                                                                  事业收入
 科目编码     科目名称         合计                                 财政专户管 （不含教育 事业单位经   其他收入
                                  小计     一般公共预 政府性基金 理资金收入  收费）   营收入
                                        算收入   预算收入
201      一般公共服务支出        11.00     6.00      4.00      2.00                  5.00
20140    信访事务            11.00     6.00      4.00      2.00                  5.00
2014001  行政运行             7.00     4.00      4.00                           3.00
";
    let found = drawn(tables(&layout(dump.as_bytes()))[0]);
    let fiscal =
        ["小计", "一般公共预算收入", "政府性基金预算收入"].map(|name| format!("财政拨款收入/{name}")).join(" | ");
    let other = "财政专户管理资金收入 | 事业收入（不含教育收费） | 事业单位经营收入 | 其他收入";
    assert_eq!(found[0], format!("科目编码 | 科目名称 | 合计 | {fiscal} | {other}"));
    assert_eq!(found[1], "201 | 一般公共服务支出 | 11.00 | 6.00 | 4.00 | 2.00 | · | · | · | 5.00");
}

#[test]
fn a_group_above_groups_has_all_that_stands_in_the_middle_below_it() {
    let dump = "\
                                        2031年支出总表
部门名称：云岭市林草局                                                                          单位：万元
                                                部门预算
                              一般公共预算拨款
 单位编码    单位名称                        其中：专项资金          事业单位经营收 对附属单位上缴
                      合计                        政府性基金拨款                      其他收入
                               小计     列入部门预算的              入      收入
                                        项目
         合计           900.00    800.00    300.00                               100.00
114      云岭市林草局       900.00    800.00    300.00                               100.00
";
    let granted = ["小计", "其中：专项资金列入部门预算的项目"]
        .map(|name| format!("部门预算/一般公共预算拨款/{name}"))
        .join(" | ");
    let other = ["政府性基金拨款", "事业单位经营收入", "对附属单位上缴收入", "其他收入"];
    let other = other.map(|name| format!("部门预算/{name}")).join(" | ");
    assert_eq!(header(dump), format!("单位编码 | 单位名称 | 部门预算/合计 | {granted} | {other}"));
}

#[test]
fn two_sides_share_the_whole_table_though_some_names_stand_higher() {
    let dump = "\
                                                  2031年收支总表
部门名称：云岭市林草局                                                                                                             单位：元

              收          入                                                 支                   出
序号                                                                                                         政府预算支出经济分类科目
             项    目            预算数       支出功能分科目（按大类）         预算数     部门预算支出经济科目（按大类）                                      预算数
                                                                                                 预算数           （按大类）
 1   一、部门预算                  25180.33 一、部门预算            25180.33 一、部门预算               25180.33 一、部门预算          25180.33
 2    1、财政拨款                 25180.33 1、一般公共服务支出             0.00 1、人员经费支出             14587.33  1、机关工资福利支出     12328.22
 3     (1)一般公共预算拨款           25180.33 2、外交支出                 0.00     (1)工资福利支出        12328.22  2、机关商品和服务支出     2688.31
";
    let names = ["支出功能分科目", "部门预算支出经济科目", "政府预算支出经济分类科目"];
    let uses = names.map(|name| format!("支出/{name}（按大类） | 支出/预算数")).join(" | ");
    assert_eq!(header(dump), format!("序号 | 收入/项目 | 收入/预算数 | {uses}"));
}

#[test]
fn the_rest_of_a_name_beside_the_number_of_a_unit_stays_with_it() {
    let dump = "\
              2031年一般公共预算基本支出明细表
部门名称：云岭市林草局                         单位：万元
科目编码     科目名称              合计    人员经费支出  公用经费支出
224     应急管理支出           228.00   202.00   26.00

2240106 安全监管             228.00   202.00   26.00
       云岭市林业草原行政综合执法监察
125003                     551.00   500.00   51.00
       队
208     社会保障和就业支出         35.00    35.00

20805   行政事业单位养老支出        34.00    34.00
        机关事业单位基本养老保险缴
2080505                     34.00    34.00
        费支出
20899   其他社会保障支出          1.00     1.00
";
    let found = drawn(tables(&layout(dump.as_bytes()))[0]);
    let unit = "125003 | 云岭市林业草原行政综合执法监察队 | 551.00 | 500.00 | 51.00";
    assert_eq!(found[3..5], [unit, "208 | 社会保障和就业支出 | 35.00 | 35.00 | ·"]);
}

#[test]
fn marks_below_names_and_the_last_character_of_a_name_make_no_groups() {
    let dump = "\
                           2031年一般公共预算支出情况表
单位名称：云岭市林草局                                                                                   单位：万元
            功能分类科目                                                     2031年预算数
                             2030年预算
 科目编                             数                                      基本支出
                  科目名称                       总计                                                    项目支出
  码
                                                          小计            人员经费          公用经费
   **              **            **             **         **              **             **             **
                 合计            110,000.00    220,000.00   120,000.00      100,000.00    20,000.00    100,000.00
205       教育支出                      52.00         54.00        54.00                      54.00
";
    let basic = ["小计", "人员经费", "公用经费"].map(|name| format!("2031年预算数/基本支出/{name}")).join(" | ");
    let own = "功能分类科目/科目编码 | 功能分类科目/科目名称 | 2030年预算数 | 2031年预算数/总计";
    assert_eq!(header(dump), format!("{own} | {basic} | 2031年预算数/项目支出"));
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
