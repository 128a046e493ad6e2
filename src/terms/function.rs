//! 支出功能分类 (政府收支分类科目, Ministry of Finance): items that are basic or project expenditure by definition, classes without items.

use super::subject::Nature;

/// Running an administration or an institution, and its people's pensions, health care and housing.
const BASIC: [&str; 15] = [
    "行政运行",
    "事业运行",
    "行政单位离退休",
    "事业单位离退休",
    "离退休人员管理机构",
    "机关事业单位基本养老保险缴费支出",
    "机关事业单位职业年金缴费支出",
    "对机关事业单位基本养老保险基金的补助",
    "行政单位医疗",
    "事业单位医疗",
    "公务员医疗补助",
    "住房公积金",
    "提租补贴",
    "购房补贴",
    "行政事业单位医疗",
];

/// What an administration does beside running: defined as projects without an item of their own.
const PROJECT: &str = "一般行政管理事务";

/// Ends of the names of items that funds pay for: 国有土地使用权出让收入安排的支出, 城市建设支出.
const PROJECT_ENDS: [&str; 2] = ["安排的支出", "建设支出"];

/// Whether a name, without white space, is that of an item known here.
pub fn is_item(name: &str) -> bool {
    BASIC.contains(&name) || name == PROJECT
}

/// The nature of an item by its name, without white space.
pub fn nature(name: &str) -> Option<Nature> {
    if BASIC.contains(&name) {
        Some(Nature::Basic)
    } else if name == PROJECT || PROJECT_ENDS.iter().any(|end| name.ends_with(end)) {
        Some(Nature::Project)
    } else {
        None
    }
}

/// 援助其他地区支出, 预备费, 年初预留, 中央政府国内债务 (还本, 付息, 发行费用): the classification ends there.
const ENDS: [&str; 6] = ["219", "227", "22902", "23101", "23201", "23301"];

/// Whether the classification has items (项) below a class (款) of this code; as a 类, whether it has a 款.
pub fn has_items(code: &str) -> bool {
    match code.len() {
        3 => code != "227",
        _ => !ENDS.iter().any(|end| code.starts_with(end)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aid_to_other_regions_has_no_items() {
        assert!(!has_items("21908") && has_items("219") && has_items("20805") && !has_items("227"));
    }

    #[test]
    fn running_is_basic_and_what_funds_pay_for_is_a_project() {
        assert_eq!(nature("行政运行"), Some(Nature::Basic));
        assert_eq!(nature("国有土地使用权出让收入安排的支出"), Some(Nature::Project));
        assert_eq!(nature("档案馆"), None);
    }
}
