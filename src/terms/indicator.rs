//! Names of the first two levels of indicators, by which the sides of the indicator table are found.

/// Which level a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// 产出指标
    First,
    /// 数量指标
    Second,
    /// 成本指标 is one or the other, by what follows.
    Either,
}

const NAMES: [(&str, Level); 22] = [
    ("产出指标", Level::First),
    ("效益指标", Level::First),
    ("满意度指标", Level::First),
    ("决策指标", Level::First),
    ("过程指标", Level::First),
    ("管理指标", Level::First),
    ("成本指标", Level::Either),
    ("数量指标", Level::Second),
    ("质量指标", Level::Second),
    ("时效指标", Level::Second),
    ("经济成本指标", Level::Second),
    ("社会成本指标", Level::Second),
    ("生态环境成本指标", Level::Second),
    ("经济效益指标", Level::Second),
    ("社会效益指标", Level::Second),
    ("生态效益指标", Level::Second),
    ("可持续影响指标", Level::Second),
    ("服务对象满意度指标", Level::Second),
    ("社会公众满意度指标", Level::Second),
    ("可持续发展指标", Level::Second),
    ("其他指标", Level::Second),
    ("环境效益指标", Level::Second),
];

/// The level of a name.
pub fn level(name: &str) -> Option<Level> {
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, level)| *level)
}

/// Whether a text begins a name that goes on in the next line of its cell.
pub fn begins_name(text: &str) -> bool {
    text.chars().nth(1).is_some() && NAMES.iter().any(|(known, _)| *known != text && known.starts_with(text))
}
