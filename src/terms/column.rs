//! Words of column headers that tell what a column holds.

use crate::names::names;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnRole {
    /// Names of items.
    Label,
    /// Codes.
    Code,
    /// Money.
    Amount,
    /// Anything else, figures that are no money among them.
    Text,
}

names!(ColumnRole {
    Label = "label",
    Code = "code",
    Amount = "amount",
    Text = "text",
});

/// Headers of figures that are no money, and of remarks.
const TEXT: [&str; 26] = [
    "数量",
    "人数",
    "序号",
    "行次",
    "权重",
    "分值",
    "备注",
    "说明",
    "单价",
    "规格",
    "型号",
    "指标",
    "目标",
    "得分",
    "时间",
    "日期",
    "年限",
    "是否",
    "理由",
    "内容",
    "编制数",
    "性质",
    "方式",
    "来源",
    "类型",
    "实有数",
];

/// Headers of codes.
const CODE: [&str; 6] = ["编码", "代码", "类", "款", "项", "科目号"];

/// Headers of names.
const LABEL: [&str; 7] = ["名称", "项目", "科目", "单位", "分类", "摘要", "功能"];

/// Headers of money.
const AMOUNT: [&str; 24] = [
    "合计",
    "小计",
    "总计",
    "金额",
    "预算数",
    "决算数",
    "执行数",
    "支出",
    "收入",
    "经费",
    "拨款",
    "资金",
    "结转",
    "结余",
    "预算",
    "决算",
    "基金",
    "费",
    "总额",
    "增减",
    "补助",
    "用款",
    "年初",
    "年末",
];

/// What the leaf of a header path, and the path as a whole, say of the column.
pub fn role_of(leaf: &str, path: &[String]) -> Option<ColumnRole> {
    let leaf = &without_brackets(leaf);
    let has = |words: &[&str]| words.iter().any(|w| leaf.contains(w));
    let is = |words: &[&str]| words.contains(&leaf.as_str());
    if is(&CODE) || leaf.ends_with("编码") || leaf.ends_with("代码") {
        return Some(ColumnRole::Code);
    }
    if has(&["金额", "合计", "小计", "预算数", "决算数", "执行数"]) {
        return Some(ColumnRole::Amount);
    }
    if has(&TEXT) {
        return Some(ColumnRole::Text);
    }
    if leaf.ends_with("名称") || is(&["项目", "科目", "单位", "功能分类", "经济分类", "支出功能分类", "支出经济分类"])
    {
        return Some(ColumnRole::Label);
    }
    if has(&AMOUNT) {
        return Some(ColumnRole::Amount);
    }
    if has(&LABEL) {
        return Some(ColumnRole::Label);
    }
    let above = |is: &dyn Fn(&String) -> bool| path.iter().rev().skip(1).any(is);
    if above(&|p| p.ends_with("编码") || p.ends_with("代码")) {
        return Some(ColumnRole::Code);
    }
    above(&|p| AMOUNT.iter().any(|w| p.contains(w))).then_some(ColumnRole::Amount)
}

/// A header without what stands in brackets: 因公出国（境）费用 is 因公出国费用.
fn without_brackets(header: &str) -> String {
    let mut depth = 0usize;
    header
        .chars()
        .filter(|c| {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}
