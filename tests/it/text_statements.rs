//! Statements of text dumps: drawn ones, and those of the shared dump by its own arithmetic.

use mingzhang::segment::{Layout, Region, TableRegion};
use mingzhang::{read, repair, segment};
use rust_decimal::Decimal;

use crate::shared::shared;

/// The layout of a dump.
pub fn layout(bytes: &[u8]) -> Layout {
    segment::segment(repair::repair(read::read(bytes).unwrap()))
}

/// The tables of a layout.
pub fn tables(layout: &Layout) -> Vec<&TableRegion> {
    layout
        .regions
        .iter()
        .filter_map(|region| match region {
            Region::Table(table) => Some(table),
            _ => None,
        })
        .collect()
}

/// Header paths and rows, one a line.
fn drawn(table: &TableRegion) -> String {
    let mut out = table.columns.iter().map(|path| path.join("/")).collect::<Vec<_>>().join(" | ");
    for row in &table.rows {
        let cell = |cell: &Option<segment::Cell>| match cell {
            Some(cell) => format!("{}{}", cell.text, if cell.doubt.is_some() { "?" } else { "" }),
            None => "·".to_owned(),
        };
        out.push('\n');
        out.push_str(&row.cells.iter().map(cell).collect::<Vec<_>>().join(" | "));
    }
    out
}

#[test]
fn a_two_sided_statement_over_two_pages_comes_out_whole() {
    let dump = "\
 2031年预算收支总表
预算公开表1
2031年预算收支总表2031年预算收支总表
部门名称：云岭市林草局 单位：万元
收入收入 支出支出
项目项目 2031年2031年 项目项目 2031年合计2031年合计 当年预算安排当年预算安排
上年结转安上年结转安

排排

一、一般公共预算 90.00一、一般公共服务支出 60.00 50.00 10.00
二、政府性基金预算  二、外交支出    
  
三、文化旅游体育与传
媒支出

   
第二部分 第二部分 2031年部门预算报表2031年部门预算报表
  四、农林水支出 40.00 40.00  
本年收入合计本年收入合计 90.0090.00本年支出合计本年支出合计 100.00100.00 90.0090.00 10.0010.00
上年结转 10.00年终结转    
收入总计收入总计 100.00100.00支出总计支出总计 100.00100.00 90.0090.00 10.0010.00
";
    let layout = layout(dump.as_bytes());
    let tables = tables(&layout);
    let captions: Vec<&str> = tables[0].caption.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(captions, ["2031年预算收支总表", "预算公开表1", "部门名称：云岭市林草局", "单位：万元"]);
    assert_eq!(
        drawn(tables[0]),
        "\
收入/项目 | 收入/2031年 | 支出/项目 | 支出/2031年合计 | 支出/当年预算安排 | 支出/上年结转安排
一、一般公共预算 | 90.00? | 一、一般公共服务支出 | 60.00? | 50.00? | 10.00?
二、政府性基金预算 | · | 二、外交支出 | · | · | ·
· | · | 三、文化旅游体育与传媒支出 | · | · | ·
· | · | 四、农林水支出 | 40.00? | 40.00? | ·
本年收入合计 | 90.00? | 本年支出合计 | 100.00? | 90.00? | 10.00?
上年结转 | 10.00? | 年终结转 | · | · | ·
收入总计 | 100.00? | 支出总计 | 100.00? | 90.00? | 10.00?"
    );
}

#[test]
fn a_statement_without_figures_keeps_its_columns_and_its_note() {
    let dump = "\
2031年政府性基金预算收入表
预算公开表7
部门名称：云岭市林草局 单位:万元
项目项目
政府性基金收入预算政府性基金收入预算
收入科目编码收入科目编码 科目名称科目名称
合计合计   
注：本表无数据注：本表无数据
";
    let layout = layout(dump.as_bytes());
    let tables = tables(&layout);
    assert_eq!(drawn(tables[0]), "项目/收入科目编码 | 项目/科目名称 | 政府性基金收入预算\n合计 | · | ·");
    assert_eq!(tables[0].notes[0].text, "注：本表无数据");
}

#[test]
fn a_mixed_header_and_cut_numbers_are_put_right() {
    let dump = "\
预算公开表12
）22003311年年项项目目支支出出预预算算表表（（本本年年预预算算）
部门名称：云岭市林草局 单位：万元
称项项目目名名称 合计合计
2 款2003311年年财财政政拨拨款
管财财政政专专户户管
金理理资资金
算一一般般公公共共预
性政
预算
政府府性
预基基金金预
算算
1 2 3 4 5
云岭市林草局 33.   08 33.08
　　防火经费 13   4.70 134.70
";
    let layout = layout(dump.as_bytes());
    let tables = tables(&layout);
    assert_eq!(tables[0].caption[1].text, "2031年项目支出预算表（本年预算）");
    assert_eq!(
        drawn(tables[0]),
        "\
项目名称 | 合计 | 2031年财政拨款/一般公共预算 | 2031年财政拨款/政府性基金预算 | 财政专户管理资金
云岭市林草局 | 33.08? | 33.08? | · | ·
　　防火经费 | 134.70? | 134.70? | · | ·"
    );
}

#[test]
fn where_blank_cells_are_lost_the_sums_tell_the_columns() {
    let layout = layout(crate::shared::DUMP.as_bytes());
    assert_eq!(
        drawn(tables(&layout)[0]),
        "\
科目编码 | 科目名称 | 合计 | 一般公共预算 | 政府性基金
合计 | · | 150.00 | 120.00 | 30.00
213 | 农林水支出 | 150.00 | 120.00 | 30.00
21302 | 林业和草原 | 150.00 | 120.00 | 30.00
2130201 | 行政运行 | 100.00 | 100.00 | ·
2130205 | 森林资源培育 | 50.00 | 20.00 | 30.00"
    );
}

/// The amount of a cell.
fn amount(table: &TableRegion, row: usize, column: usize) -> Decimal {
    table.rows[row].cells[column].as_ref().map_or(Decimal::ZERO, |cell| cell.text.replace(',', "").parse().unwrap())
}

fn label(table: &TableRegion, row: usize) -> String {
    table.rows[row].cells.iter().flatten().next().map_or(String::new(), |cell| cell.text.clone())
}

/// Half a unit of the last place for each of the numbers in a sum.
fn allowed(n: usize) -> Decimal {
    Decimal::new(i64::try_from(n).unwrap() + 1, 2) / Decimal::TWO
}

#[test]
fn the_statements_of_the_shared_dump_add_up() {
    let Some(path) = shared("corpus/text/jincheng-2023.txt") else { return };
    let layout = layout(&std::fs::read(path).unwrap());
    let tables = tables(&layout);
    let shapes: Vec<(usize, usize)> = tables.iter().map(|table| (table.columns.len(), table.rows.len())).collect();
    assert_eq!(
        shapes,
        [
            (6, 33),
            (9, 20),
            (5, 20),
            (7, 36),
            (5, 20),
            (5, 38),
            (3, 1),
            (5, 1),
            (8, 20),
            (5, 6),
            (5, 4),
            (7, 33),
            (5, 4)
        ]
    );
    let guessed = tables
        .iter()
        .flat_map(|table| &table.rows)
        .flat_map(|row| row.cells.iter().flatten())
        .filter(|c| c.doubt.is_some());
    assert_eq!(guessed.count(), 0);
    // Rows by code: 类 sum up to the total, 款 to their 类, 项 to their 款; and 合计 = its parts in each row.
    for (table, n_amounts) in [(tables[1], 7), (tables[2], 3), (tables[4], 3)] {
        for column in 2..2 + n_amounts {
            let mut n_checked = 0;
            for row in 0..table.rows.len() {
                let own = label(table, row);
                let own_len = if own == "合计" { 0 } else { own.len() };
                let deeper = (row + 1..table.rows.len())
                    .take_while(|below| label(table, *below).len() > own_len || own_len == 0);
                let child_len = match own_len {
                    0 => 3,
                    len => len + 2,
                };
                let parts: Vec<Decimal> = deeper
                    .filter(|below| label(table, *below).len() == child_len)
                    .map(|below| amount(table, below, column))
                    .collect();
                if !parts.is_empty() {
                    n_checked += 1;
                    let off = (amount(table, row, column) - parts.iter().sum::<Decimal>()).abs();
                    assert!(off <= allowed(parts.len()), "{own} column {column} is off by {off}");
                }
            }
            assert!(n_checked > 8);
        }
    }
    for row in 0..tables[2].rows.len() {
        let off = (amount(tables[2], row, 2) - amount(tables[2], row, 3) - amount(tables[2], row, 4)).abs();
        assert!(off <= allowed(2));
    }
    // The project statement adds up by its indents, department over units over projects.
    let projects = tables[11];
    let indent = |row: usize| label(projects, row).chars().take_while(|ch| *ch == '\u{3000}').count();
    for (row, depth) in (0..projects.rows.len()).map(|row| (row, indent(row))).filter(|(_, depth)| *depth < 2) {
        let below = (row + 1..projects.rows.len()).take_while(|below| indent(*below) > depth);
        let sum: Decimal =
            below.filter(|below| indent(*below) == depth + 1).map(|below| amount(projects, below, 1)).sum();
        assert_eq!(amount(projects, row, 1), sum, "{}", label(projects, row));
    }
}

#[test]
fn the_headings_of_the_shared_dump_stand_in_order() {
    let Some(path) = shared("corpus/text/jincheng-2023.txt") else { return };
    let layout = layout(&std::fs::read(path).unwrap());
    let blocks = layout.regions.iter().filter_map(|region| match region {
        Region::Narrative(narrative) => Some(&narrative.blocks),
        _ => None,
    });
    let levels: Vec<u8> = blocks.flatten().filter_map(|block| block.heading).collect();
    assert_eq!(levels, [1, 2, 2, 1, 1, 2, 2, 2, 2, 2, 3, 3, 2, 2, 2, 2, 2, 2, 2, 3, 3, 1]);
}
