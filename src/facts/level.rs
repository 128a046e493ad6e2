//! Whether a report is a department's with its units, or one unit's alone: by what it calls itself.

use crate::interpret::Disclosure;
use crate::names::names;

/// Whose report it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 部门, with its units.
    Department,
    /// 单位: one unit, also 本级 alone.
    Unit,
    /// It does not say.
    Unknown,
}

names!(Level {
    Department = "department",
    Unit = "unit",
    Unknown = "unknown",
});

/// What the report calls itself: in its title, else in the titles of its tables and forms.
pub fn level(disclosure: &Disclosure) -> Level {
    let filing = &disclosure.filing;
    let title = filing.title.as_deref().unwrap_or_default();
    let department = filing.department.as_deref().unwrap_or_default();
    if let Some(level) = of_text(title).filter(|_| !department.contains("本级")) {
        return level;
    }
    if department.contains("本级") || title.contains("本级") {
        return Level::Unit;
    }
    let titles = disclosure.statements.iter().filter_map(|statement| statement.title.as_deref());
    let forms = disclosure.forms.iter().filter_map(|form| form.title.as_deref());
    let headings = disclosure.sections.iter().map(|section| section.heading.as_str());
    titles.chain(forms).chain(headings).find_map(of_text).unwrap_or(Level::Unknown)
}

fn of_text(text: &str) -> Option<Level> {
    let text: String = text.chars().filter(|ch| !ch.is_whitespace()).collect();
    let unit = ["单位预算", "单位决算", "单位整体", "预算单位"].iter().any(|word| text.contains(word));
    let department = text.contains("部门") || text.contains("汇总");
    match (unit, department) {
        (true, false) => Some(Level::Unit),
        (false, true) => Some(Level::Department),
        _ => None,
    }
}
