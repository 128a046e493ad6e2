//! The 类 of the functional classification by name, for statements that print names and no codes; items by name.

use super::{economic, function};

/// Code and the beginning of the name: endings vary from year to year (卫生健康支出, 医疗卫生与计划生育支出).
const CLASSES: &[(&str, &str)] = &[
    ("201", "一般公共服务"),
    ("202", "外交"),
    ("203", "国防"),
    ("204", "公共安全"),
    ("205", "教育支出"),
    ("206", "科学技术"),
    ("207", "文化旅游体育与传媒"),
    ("207", "文化体育与传媒"),
    ("208", "社会保障和就业"),
    ("209", "社会保险基金"),
    ("210", "卫生健康"),
    ("210", "医疗卫生与计划生育"),
    ("211", "节能环保"),
    ("212", "城乡社区"),
    ("213", "农林水"),
    ("214", "交通运输"),
    ("215", "资源勘探"),
    ("216", "商业服务业"),
    ("217", "金融支出"),
    ("219", "援助其他地区"),
    ("220", "自然资源海洋气象"),
    ("220", "国土海洋气象"),
    ("221", "住房保障"),
    ("222", "粮油物资储备"),
    ("223", "国有资本经营预算支出"),
    ("224", "灾害防治及应急管理"),
    ("227", "预备费"),
    ("230", "转移性支出"),
    ("231", "债务还本"),
    ("232", "债务付息"),
    ("233", "债务发行费用"),
    ("234", "抗疫特别国债"),
];

/// The code of the class that a row of a summary names (一般公共服务支出: 201).
pub(crate) fn functional(name: &str) -> Option<&'static str> {
    if name == "其他支出" {
        return Some("229");
    }
    let (code, beginning) = CLASSES.iter().find(|(_, beginning)| name.starts_with(beginning))?;
    // 教育支出 is a class, 教育支出管理费 would be none.
    let rest = name.strip_prefix(beginning)?;
    let ends = rest.is_empty() || rest.ends_with("支出") || rest.ends_with("(类)");
    ends.then_some(*code)
}

/// Whether a name is that of an item of expenditure, of the functional classification or the economic one.
pub(crate) fn is_item(name: &str) -> bool {
    function::is_item(name) || economic::is_item(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_known_by_the_names_of_several_years() {
        assert_eq!(functional("卫生健康支出"), Some("210"));
        assert_eq!(functional("医疗卫生与计划生育支出"), Some("210"));
        assert_eq!(functional("其他支出"), Some("229"));
        assert_eq!(functional("外交事务协调会"), None);
    }
}
