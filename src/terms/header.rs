//! Words that column headers of statements are made of, for text that has lost its layout.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::compatibility::nfkc;
use super::saying;

/// What a header cell says of the cells below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeaderWord {
    /// Classification or unit codes: 科目编码.
    Code,
    /// Names: 项目, 科目名称.
    Label,
    /// The sum of the columns right of it: 合计, 小计.
    Total,
    /// Money: 基本支出, 一般公共预算.
    Amount,
    /// One side of a two-sided table: 收入, 支出.
    Side,
    /// Anything else: 序号, 数量, 计量单位.
    Text,
}

impl HeaderWord {
    /// The word that a whole header cell prints, whatever year stands before it.
    pub fn of(text: &str) -> Option<Self> {
        static BY_WORD: LazyLock<HashMap<&'static str, HeaderWord>> = LazyLock::new(|| {
            WORDS.iter().flat_map(|(words, word)| words.split('|').map(|text| (text, *word))).collect()
        });
        static LONGEST: LazyLock<usize> = LazyLock::new(|| HeaderWord::all().map(str::len).max().unwrap_or_default());
        let text = without_year(text);
        if text.len() > *LONGEST { None } else { BY_WORD.get(with_wide_signs(text).as_ref()).copied() }
    }

    /// Whether a text is the beginning of a word of headers, whatever year stands before it.
    pub fn begins(text: &str) -> bool {
        static SORTED: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
            let mut words: Vec<&str> = HeaderWord::all().collect();
            words.sort_unstable();
            words
        });
        let text = with_wide_signs(without_year(text));
        let at = SORTED.partition_point(|word| *word < text.as_ref());
        !text.is_empty() && SORTED.get(at).is_some_and(|word| word.starts_with(text.as_ref()))
    }

    /// Every word, for finding the cells of a header whose glyphs are mixed up.
    pub fn all() -> impl Iterator<Item = &'static str> {
        WORDS.iter().flat_map(|(words, _)| words.split('|'))
    }
}

/// The text with the brackets and colons of Chinese print, which the words here have.
fn with_wide_signs(text: &str) -> Cow<'_, str> {
    if !text.contains(['(', ')', ':']) {
        return Cow::Borrowed(text);
    }
    let wide = |ch: char| match ch {
        '(' => '（',
        ')' => '）',
        ':' => '：',
        other => other,
    };
    text.chars().map(wide).collect()
}

/// Whether a row label names a total: 合计, 本年收入合计, 支出总计.
pub fn is_total(text: &str) -> bool {
    let mut chars = text.chars().rev().filter(|ch| !ch.is_whitespace());
    // The longest is 本年一般公共预算支出合计 and its like; a sentence that ends so is no total.
    chars.next() == Some('计') && matches!(chars.next(), Some('合' | '总' | '小' | '共')) && chars.count() <= 14
}

/// Whether a header cell is a bare 其中, which stands over what it names.
pub fn is_selection(text: &str) -> bool {
    text.trim_end_matches(['：', ':']) == "其中"
}

/// Whether a row label is a bare 小计, whose group another cell names.
pub fn is_subtotal(text: &str) -> bool {
    text.chars().filter(|ch| !ch.is_whitespace()).eq("小计".chars())
}

/// Whether a header cell is a bare 总计, the sum of all money of its side.
pub fn is_grand_total(text: &str) -> bool {
    text == "总计"
}

/// Whether no report divides the column of this name: 小计, 公务接待费, 会议费.
pub fn is_undivided(text: &str) -> bool {
    is_subtotal(text) || matches!(HeaderWord::of(text), Some(HeaderWord::Amount)) && saying::is_undivided(text)
}

/// Whether a header cell says that its column counts something, so that it holds whole numbers.
pub fn holds_counts(text: &str) -> bool {
    matches!(without_year(text), "序号" | "行次" | "数量" | "采购数量" | "编制数" | "人数" | "实有人数")
}

/// Whether a header cell says that its column holds sentences: 绩效目标, 项目简介.
pub fn holds_prose(text: &str) -> bool {
    ["目标", "绩效指标", "简介", "概况", "说明", "内容"].iter().any(|end| text.ends_with(end))
}

/// The text without a year that leads it: 2023年预算数 is 预算数.
pub fn without_year(text: &str) -> &str {
    let rest = text.trim_start_matches(|ch: char| ch.is_ascii_digit());
    let n_digits = text.len() - rest.len();
    if n_digits == 4 { rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年')).unwrap_or(rest) } else { text }
}

/// Every official word that names of columns are made of.
pub fn official_words() -> impl Iterator<Item = &'static str> {
    HeaderWord::all().chain(saying::words()).chain(OF_HEADERS.iter().copied())
}

/// Whether a header's name is official words and nothing else: whole words, one after the other, whatever years, marks and
/// brackets stand between them.
pub fn is_official(name: &str) -> bool {
    static OFFICIAL: LazyLock<HashSet<String>> = LazyLock::new(|| {
        official_words().map(|word| nfkc(word).chars().filter(|ch| ch.is_alphanumeric()).collect()).collect()
    });
    static LONGEST: LazyLock<usize> =
        LazyLock::new(|| OFFICIAL.iter().map(|word| word.chars().count()).max().unwrap_or_default());
    let plain = nfkc(name);
    // A mark at the beginning may be a character that was read as one; a bracket or a quote is none.
    if plain.starts_with(|ch: char| !ch.is_alphanumeric() && !"(“\"[【".contains(ch)) {
        return false;
    }
    let Some(plain) = without_years(&plain) else { return false };
    let mut reached = vec![false; plain.len() + 1];
    reached[0] = true;
    for from in 0..plain.len() {
        if !reached[from] {
            continue;
        }
        for length in 1..=*LONGEST {
            let Some(word) = plain.get(from..from + length) else { break };
            let word: String = word.iter().collect();
            let is_last = from + length == plain.len();
            // A name neither begins nor ends in its middle: 款收入, 安排的.
            let begins_torn = from == 0 && length == 1 && !(is_last && HeaderWord::of(&word).is_some());
            let is_torn = begins_torn || is_last && CONNECTING.contains(&word.as_str());
            reached[from + length] |= !is_torn && OFFICIAL.contains(&word);
        }
    }
    !plain.is_empty() && reached.last() == Some(&true)
}

/// The letters of a name but for its years; `None` where it has another number.
fn without_years(name: &str) -> Option<Vec<char>> {
    let letters: String = name.chars().filter(|ch| ch.is_alphanumeric()).collect();
    let mut plain = Vec::new();
    let mut rest = letters.as_str();
    while let Some(ch) = rest.chars().next() {
        let number: &str = &rest[..rest.len() - rest.trim_start_matches(|ch: char| ch.is_ascii_digit()).len()];
        if number.is_empty() {
            plain.push(ch);
            rest = &rest[ch.len_utf8()..];
        } else if number.len() == 4 && (number.starts_with("19") || number.starts_with("20")) {
            rest = without_year(rest);
        } else {
            return None;
        }
    }
    Some(plain)
}

/// Words that stand between others.
const CONNECTING: [&str; 5] = ["和", "及", "的", "比", "为"];

/// Further words that names of columns are made of, and that say nothing of money by themselves.
const OF_HEADERS: &[&str] = &[
    "资金来源",
    "本级",
    "功能分类",
    "比",
    "按支出性质分",
    "按收入性质分",
    "按支出功能分",
    "按大类",
    "类别",
    "经济分类",
    "支出用途",
    "扣除基建项目后",
    "不含",
    "申请",
    "增长",
    "变动",
    "其他",
];

/// Words of one meaning are separated by `|`.
#[rustfmt::skip]
const WORDS: &[(&str, HeaderWord)] = &[
    ("科目编码|支出功能分类科目编码|支出经济分类科目编码|收入科目编码|支出科目编码|功能科目编码|功能分类科目编码|经济科目编码|经济分类科目编码|科目代码|编码|单位编码|单位代码|项目编码|部门代码|部门编码|功能科目代码|功能分类科目代码|预算单位代码|预算单位编码|项目编号|政府经济科目编码|部门经济科目编码|政府经济分类科目代码|政府经济分类科目编码|政府预算支出经济科目编码|部门预算支出经济科目编码|政府预算支出经济分类科目编码|部门预算支出经济分类科目编码|部门预算经济分类科目编码|类|款|项", HeaderWord::Code),
    ("项目|项目名称|科目名称|收入科目名称|支出科目名称|功能科目名称|功能分类科目名称|经济科目名称|经济分类科目名称|部门预算支出经济科目名称|政府预算支出经济科目名称|单位名称|部门名称|名称|科目|支出功能分类|功能分类科目|经济分类科目|功能科目|经济科目|支出项目|收入项目|单位|项目单位|采购项目|采购目录|采购品目|品目|品目名称|采购品目名称|采购品目大类|政府采购品目|支出功能分类科目|政府支出经济分类科目|部门支出经济分类科目|政府预算支出经济分类|部门预算支出经济分类|政府预算支出经济分类科目|部门预算支出经济分类科目|政府预算支出经济科目|部门预算支出经济科目|政府经济科目|部门经济科目|政府经济科目名称|部门经济科目名称|政府经济分类科目名称|部门经济分类科目名称|政府预算支出经济分类科目名称|部门预算支出经济分类科目名称|部门预算经济分类科目名称|支出功能分类科目（按大类）|部门预算支出经济分类科目（按大类）|政府预算支出经济分类科目（按大类）|部门预算支出经济科目（按大类）|政府预算支出经济科目（按大类）|预算单位|预算单位名称|预算项目名称|支出项目类别|采购类别|采购物品名称|项目单位名称|一级|二级|三级|指导性目录", HeaderWord::Label),
    ("序号|行次|项目简介|项目内容|项目概况|绩效目标|绩效指标|数量|采购数量|计量单位|规格|规格型号|备注|编制数|人数|实有人数|采购方式|采购组织形式|支付方式", HeaderWord::Text),
    ("合计|小计|总计|部门合计|本年收入合计|本年支出合计|收入合计|支出合计|收入总计|支出总计", HeaderWord::Total),
    ("收入|支出|本年收入|本年支出|国有资本经营预算收入|国有资本经营预算支出|政府性基金预算收入|政府性基金预算支出", HeaderWord::Side),
    ("金额|项目金额|预算数|决算数|预算金额|支出预算|收入预算|采购预算|年初预算数|全年预算数|调整预算数|执行数|全年执行数|上年预算数|本年预算数|上年数|本年数|当年预算安排|上年结转安排|上年结转|年初结转|年初结转和结余|上年结转结余|年末结转和结余|年终结转|结转下年|结余分配|基本支出|项目支出|经营支出|上缴上级支出|对附属单位补助支出|事业单位经营支出|人员经费|公用经费|日常公用经费|人员支出|人员类|公用支出|日常公用支出|人员经费支出|公用经费支出|日常公用经费支出|专项业务经费支出|基本支出预算|项目支出预算|项目支出总数|扣除基建项目后预算数|单位预留机动经费|本年财政拨款基本支出|一般公共预算基本支出|本年一般公共预算基本支出|本年政府性基金预算支出|本年国有资本经营预算支出|工资福利支出|商品和服务支出|对个人和家庭的补助|资本性支出|一般公共预算|一般公共预算收入|一般公共预算支出|一般公共预算拨款|公共预算拨款|一般公共预算拨款收入|一般公共预算财政拨款收入|一般公共预算财政拨款|一般公共预算资金|政府性基金|政府性基金预算|政府性基金收入预算|政府性基金预算拨款|政府性基金拨款|政府性基金预算拨款收入|政府性基金预算财政拨款收入|政府性基金预算财政拨款|政府性基金预算资金|国有资本经营预算|国有资本经营收入预算|国有资本经营预算拨款|国有资本经营预算拨款收入|国有资本经营预算财政拨款收入|国有资本经营预算财政拨款|国有资本经营预算资金|财政专户管理资金|财政专户管理资金收入|单位资金|单位资金收入|财政拨款|财政拨款收入|财政拨款资金|财政拨款支出|本级财政拨款|经费拨款|其中：经费拨款|其中：教育收费|财政专户拨款收入|其他资金收入|资金来源|事业单位经营服务收入|上年结余、结转|事业收入（不含教育收费）|上年实户资金余额|用事业基金弥补收支差额|部门预算|事业收入|事业单位经营收入|经营收入|上级补助收入|附属单位上缴收入|其他收入|其他资金|其他支出|使用非财政拨款结余|三公经费合计|因公出国（境）费|因公出国（境）费用|公务接待费|公务用车购置及运行费|公务用车购置及运行维护费|公务用车购置费|公务用车运行费|公务用车运行维护费|会议费|培训费|购置费|运行费|“三公”经费合计|机关运行经费支出|机关运行经费|增减额|增减|增减%|增减变化", HeaderWord::Amount),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_before_a_word_does_not_hide_it() {
        assert_eq!(HeaderWord::of("2031年预算数"), Some(HeaderWord::Amount));
        assert_eq!(HeaderWord::of("2031预算数"), Some(HeaderWord::Amount));
        assert_eq!(HeaderWord::of("201科目编码"), None);
    }

    #[test]
    fn names_of_official_words_are_told_from_torn_and_misread_ones() {
        for name in [
            "一般公共预算财政拨款收入",
            "2031年预算数比2030年执行数",
            "因公出国（境）费用",
            "其中：财政拨款",
            "项",
            "合计",
        ] {
            assert!(is_official(name), "{name}");
        }
        for name in ["款收入", "安排的", "墓本支出", "、般公共预算", "一般公共预算拨款安", "费", "mn", "12", ""]
        {
            assert!(!is_official(name), "{name}");
        }
    }

    #[test]
    fn totals_are_told_by_their_end() {
        assert!(is_total("本年收入合计") && is_total(" 合 计 "));
        assert!(!is_total("合计数按各单位填报的情况由系统自动生成后再作小计") && !is_total("合计金额"));
    }
}
