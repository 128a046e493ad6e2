//! How official tables name themselves: kinds by title, numbers, departments and units.

use std::sync::LazyLock;

use regex::Regex;

use super::compatibility::nfkc;
use super::{StatementKind, department as departments, year};

/// A title without white space, in compatibility form, with what brackets exclude taken out (（不含上年结转）).
fn plain(title: &str) -> String {
    static EXCLUDED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\([^()]*(?:不含|除)[^()]*\)").ok());
    let text: String = nfkc(title).split_whitespace().collect();
    match &*EXCLUDED {
        Some(excluded) => excluded.replace_all(&text, "").into_owned(),
        None => text,
    }
}

/// The kind of statement that a title names; the title decides, layout never overrides it.
pub fn kind(title: &str) -> StatementKind {
    use StatementKind as K;
    let title = plain(title);
    let has = |word: &str| title.contains(word);
    let has_both_sides = has("收支") || (has("收入") && has("支出"));
    if has("目录") {
        K::Other
    } else if has("绩效") && !has("采购") {
        K::PerformanceTarget
    } else if has("政府采购") {
        K::GovernmentProcurement
    } else if has("政府购买服务") {
        K::Other
    } else if has("三公") || has("行政经费") {
        K::ThreePublicExpenses
    } else if has("机关运行经费") {
        K::AgencyOperatingExpenses
    } else if has("国有资本经营") || has("国有资本预算") {
        K::StateCapitalBudget
    } else if has("政府性基金") || has("基金预算") {
        if has("收入") && !has("支出") { K::GovernmentFundRevenue } else { K::GovernmentFundExpenditure }
    } else if has("项目支出") || has("专项业务经费") {
        K::ProjectExpenditure
    } else if has("结转资金") || has("分单位") {
        K::Other
    } else if has("一般公共预算") && has("基本支出") {
        K::GeneralPublicBudgetBasicExpenditure
    } else if has("一般公共预算") && !has_both_sides && has("支出") {
        K::GeneralPublicBudgetExpenditure
    } else if has("财政拨款") && has_both_sides {
        K::FiscalAppropriationSummary
    } else if has("财政拨款") || has("基本支出") || has("一般公共预算") || has("明细") || has("专户")
    {
        K::Other
    } else if has_both_sides {
        K::RevenueExpenditureSummary
    } else if has("收入") {
        K::RevenueSummary
    } else if has("支出") {
        K::ExpenditureSummary
    } else {
        K::Other
    }
}

/// A table's own number at the start or as the whole of a line: 预算公开表1, 公开01表, 表一, 附表3.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?:附件[0-9]*[-:：]?)?(?:表号[:：])?((?:部门|单位)?(?:预算|决算|财决|财预|部决|部预)?(?:公开|批复)?(?:(?:附?表)[0-9０-９一二三四五六七八九十]{1,3}(?:[-—–－][0-9]{1,2})?|[0-9０-９一二三四五六七八九十]{1,3}(?:[-—–－][0-9]{1,2})?表))",
    )
    .ok()
});

/// The table number that a line starts with, and the rest of the line.
pub fn split_number(line: &str) -> Option<(&str, &str)> {
    let found = NUMBER.as_ref()?.captures(line)?.get(1)?;
    let rest = line[found.end()..].trim_start_matches(['：', ':', '、', '.', '-', '－', '—', ' ', '\t']);
    // 表一般… is no 表一.
    if found.as_str().ends_with('一') && rest.starts_with("般公共") {
        return None;
    }
    Some((found.as_str(), rest))
}

/// A department named before a table: 部门名称：…, 编制单位：…, 部门代码及名称：….
static DEPARTMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^[（(]?(?:编制|部门预算|填报|公开|预算|决算|汇总|填表|编报|报送|申报|主管|资金主管|业务主管|预算主管|预算编制|制表)?(?:部门|单位)(?:[（(/、](?:单位|部门|公章|盖章)[）)]?)?(?:(?:编码|代码)[及和、]?)?(?:名称|全称)?(?:[（(](?:公章|盖章)[）)])?[:：︰∶]\s*(.*)$",
    )
    .ok()
});

/// A unit of money: 单位：万元, 金额单位：元, （单位:万元）.
static UNIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:(?:金额|货币)?单[\s　]*位[\s　]*[:：︰∶]?|金额[:：])[\s　]*(?:人民币)?[（(]?[\s　]*(百万元|亿元|万[\s　]*元|千元|元|万)")
        .ok()
});

/// The unit words as they are printed, the longer ones first.
const UNIT_WORDS: [&str; 6] = ["百万元", "亿元", "万元", "千元", "元", "万"];

/// The unit word in a line that states one, without the white space that may stand in it.
pub fn unit(line: &str) -> Option<&'static str> {
    let printed: String = UNIT.as_ref()?.captures(line)?.get(1)?.as_str().split_whitespace().collect();
    UNIT_WORDS.into_iter().find(|word| *word == printed)
}

/// The unit that is all a part of a line says: 万元, （元）, 人民币万元.
pub fn bare_unit(part: &str) -> Option<&str> {
    static BARE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^[\s（(]*(?:人民币)?[\s　]*(百万元|亿元|万元|千元|元)[\s）)]*$").ok());
    // Nearly all texts end here.
    if !part.contains('元') {
        return None;
    }
    BARE.as_ref()?.captures(part)?.get(1).map(|m| m.as_str())
}

/// The unit that a column header states, with or without 单位: 预算数（单位：万元）, 金额（元）.
pub fn unit_in_header(header: &str) -> Option<&str> {
    static BRACKETED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[（(](?:单位[:：])?(亿元|万元|千元|元)[）)]").ok());
    BRACKETED.as_ref()?.captures(header)?.get(1).map(|m| m.as_str())
}

/// The line without its statement of a unit, and without the brackets around that.
pub fn without_unit(line: &str) -> String {
    match &*UNIT {
        Some(unit) => unit.replace(line, "").replace("（）", "").replace("()", ""),
        None => line.to_owned(),
    }
}

/// The department that a part of a line names; `Some("")` where the name is left blank.
pub fn department(part: &str) -> Option<&str> {
    DEPARTMENT.as_ref()?.captures(part)?.get(1).map(|m| m.as_str().trim())
}

/// Whether a line reads as the title of a table: it ends in 表, or in 表 and a bracket.
pub fn is_title(line: &str) -> bool {
    static TITLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^[^。；;，！？]{1,60}(?:表|表目录|明细)(?:[（(][^（）()]*[）)]|[-—－][^。，]{1,20}|续)*$").ok()
    });
    const NONE: [&str; 4] = ["下表", "代表", "见附表", "见表"];
    TITLE.as_ref().is_some_and(|title| title.is_match(line)) && !NONE.iter().any(|end| line.ends_with(end))
}

/// Whether a line without 表 at its end may head a table where it is set as a title: 2031年部门收支总体情况.
pub fn is_title_of_state(line: &str) -> bool {
    let (_, title) = split_number(line).unwrap_or(("", line));
    let has = |word: &&str| title.contains(*word);
    (5..=40).contains(&title.chars().count())
        && ["情况", "一览", "汇总"].iter().any(|end| title.ends_with(end))
        && ["预算", "决算", "收支", "收入", "支出", "经费"].iter().any(has)
        && !title.contains(['。', '；', '，', '：', ':', '、'])
}

/// Whether a text as a whole is a remark on a title: in brackets, and neither year, date, department nor unit.
pub fn is_remark(text: &str) -> bool {
    let text: String = text.split_whitespace().collect();
    let inner = text.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    let is_plain = |inner: &str| {
        !inner.contains(['。', '；', '：', ':'])
            && !inner.contains('续')
            && year::year_in(inner).is_none()
            && year::alone(inner).is_none()
            && unit(inner).is_none()
            && bare_unit(inner).is_none()
            && !departments::is_name(inner)
    };
    match inner {
        Some(inner) => inner.chars().count() > 2 && is_plain(inner),
        None => text.starts_with(['—', '－']) && !text.ends_with(['—', '－']) && is_plain(&text),
    }
}

/// Whether a note below a table says that rows of it are left out because they are secret.
pub fn withholds(note: &str) -> bool {
    let secret = ["涉密", "保密", "秘密", "敏感"].iter().any(|word| note.contains(word));
    let left_out = [
        "剔除",
        "不予公开",
        "未予公开",
        "不公开",
        "未公开",
        "不宜公开",
        "隐去",
        "略去",
        "不予列示",
        "未列示",
        "未列出",
    ];
    secret && left_out.iter().any(|word| note.contains(word))
}

/// Whether a line heads the contents, in small letters and without white space.
pub fn is_contents_title(line: &str) -> bool {
    matches!(line, "目录" | "目次" | "contents" | "目录contents" | "目錄")
}

/// A title without its enumerator: 一、 or 1. or （一）.
pub fn without_enumerator(title: &str) -> &str {
    static ENUMERATOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?:[一二三四五六七八九十]{1,3}、|[0-9]{1,2}[、.．](?:[^0-9]|$)|[（(][一二三四五六七八九十0-9]{1,3}[）)])").ok()
    });
    match ENUMERATOR.as_ref().and_then(|e| e.find(title)) {
        Some(found) if found.as_str().ends_with(['、', '.', '．', '）', ')']) => &title[found.end()..],
        // The digit form consumed the first letter of the title itself.
        Some(found) => {
            let letter = found.as_str().chars().last().map_or(0, char::len_utf8);
            &title[found.end() - letter..]
        }
        None => title,
    }
}
