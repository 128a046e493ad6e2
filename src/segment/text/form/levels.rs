//! Names of the first two levels of indicators, by which the sides of the indicator table are found.

/// Which level a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// 产出指标
    First,
    /// 数量指标
    Second,
    /// 成本指标 is one or the other, by what follows.
    Either,
}

const NAMES: &[(&str, Level)] = &[
    ("产出指标|效益指标|满意度指标|决策指标|过程指标|管理指标", Level::First),
    ("成本指标", Level::Either),
    (
        "数量指标|质量指标|时效指标|经济成本指标|社会成本指标|生态环境成本指标|经济效益指标|社会效益指标|生态效益指标|\
         可持续影响指标|服务对象满意度指标|社会公众满意度指标|可持续发展指标|其他指标|环境效益指标",
        Level::Second,
    ),
];

/// The level of a name.
pub(super) fn level(name: &str) -> Option<Level> {
    NAMES.iter().find(|(names, _)| names.split('|').any(|known| known == name)).map(|(_, level)| *level)
}

/// Whether a text begins a name that goes on in the next line of its cell.
pub(super) fn begins_name(text: &str) -> bool {
    text.chars().nth(1).is_some()
        && NAMES.iter().flat_map(|(names, _)| names.split('|')).any(|known| known != text && known.starts_with(text))
}
