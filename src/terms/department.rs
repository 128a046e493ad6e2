//! How departments and units are named and coded: 606-某市某局, `[186]某委员会`, 某局（121）.

/// What the names of departments and units end in.
const ENDINGS: &[&str] = &[
    "局", "厅", "部", "委", "办", "署", "司", "院", "校", "园", "所", "站", "心", "馆", "会", "团", "队", "处", "社",
    "台", "库", "场", "室", "府", "道", "镇", "乡", "关", "庭", "公司", "集团", "银行", "法院", "基地",
];

/// What may follow a name: 某局本级, 某局机关.
const TAILS: &[&str] = &["本级", "机关", "本部", "汇总"];

/// Names have at least and at most this many characters.
const NAME_CHARS: std::ops::RangeInclusive<usize> = 4..=40;

fn is_of_names(ch: char) -> bool {
    matches!(ch, '\u{3400}'..='\u{9fff}' | '“' | '”' | '、' | '·' | '〇')
}

/// Whether a text without white space reads as the name of a department or unit: 某市某局, 某局（本级）.
pub fn is_name(text: &str) -> bool {
    let plain = text.split(['（', '(']).next().unwrap_or_default();
    let plain = TAILS.iter().find_map(|tail| plain.strip_suffix(tail)).unwrap_or(plain);
    NAME_CHARS.contains(&text.chars().count())
        && plain.chars().all(is_of_names)
        && ENDINGS.iter().any(|ending| plain.ends_with(ending))
}

/// Whether a text without white space names a department: by what names end in, or behind a code and a mark (606-某某).
pub fn names(text: &str) -> bool {
    let (code, name) = split_code(text);
    let is_marked = code.is_some_and(|code| !text.starts_with(&format!("{code}{name}")));
    is_name(name) || (is_marked && name.chars().count() >= *NAME_CHARS.start() && name.chars().all(is_of_names))
}

/// Code and name of 062-某局, 229_某局, `[186]某局`, 121001某局 or 某局（121）.
pub fn split_code(value: &str) -> (Option<&str>, &str) {
    let is_code = |code: &str| (2..=12).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
    let brackets = [('[', ']'), ('【', '】'), ('〔', '〕'), ('(', ')'), ('（', '）')];
    let (first, last) = (value.chars().next(), value.chars().next_back());
    // Most cells have no brackets, and all of them are looked at.
    for (open, close) in brackets.into_iter().filter(|(open, close)| first == Some(*open) || last == Some(*close)) {
        if let Some((code, name)) = value.strip_prefix(open).and_then(|rest| rest.split_once(close))
            && is_code(code.trim())
            && !name.trim().is_empty()
        {
            return (Some(code.trim()), name.trim());
        }
        if let Some((name, code)) = value.strip_suffix(close).and_then(|rest| rest.rsplit_once(open))
            && is_code(code.trim())
            && !name.trim().is_empty()
        {
            return (Some(code.trim()), name.trim());
        }
    }
    let n = value.bytes().take_while(u8::is_ascii_digit).count();
    let (code, rest) = value.split_at(n);
    let name = rest.trim_start_matches(|ch: char| {
        matches!(ch, '-' | '_' | '－' | '—' | '＿' | '/' | '.' | ':' | '：') || ch.is_whitespace()
    });
    // Without a mark between them, two digits may begin a name: 12345 is a hotline, 032 a code.
    let marked = name.len() < rest.len();
    if is_code(code) && !name.is_empty() && (marked || n >= 3) { (Some(code), name) } else { (None, value) }
}

/// Qualifiers in brackets behind a name that do not belong to it: 某局（本级）, 某局(汇总).
const BRACKETED: &[&str] = &["本级", "机关", "本部", "汇总", "部门", "单位", "含下属单位", "原"];

/// What names of places end in.
const PLACES: &[&str] = &["自治区", "自治州", "自治县", "特别行政区", "省", "市", "县", "区", "州", "盟", "旗"];

/// A name as reports of other years and of other bodies may print it: without white space and without what says which of
/// its reports it is (本级, 机关, 汇总).
pub fn bare(name: &str) -> String {
    let mut name: String = name.chars().filter(|ch| !ch.is_whitespace()).collect();
    name = name.replace('（', "(").replace('）', ")");
    let (_, plain) = split_code(&name);
    let mut plain = plain.to_owned();
    loop {
        let shorter = BRACKETED
            .iter()
            .find_map(|word| plain.strip_suffix(')')?.strip_suffix(word)?.strip_suffix('('))
            .or_else(|| TAILS.iter().find_map(|tail| plain.strip_suffix(tail)).filter(|rest| is_name(rest)));
        match shorter {
            Some(shorter) if !shorter.is_empty() => plain.truncate(shorter.len()),
            _ => return plain,
        }
    }
}

/// The places that a name begins with, from the largest down, and the rest: 某省 | 某市 | 某局.
pub fn split_places(name: &str) -> (Vec<&str>, &str) {
    let mut places = Vec::new();
    let mut rest = name;
    while let Some((place, behind)) = first_place(rest) {
        places.push(place);
        rest = behind;
    }
    (places, rest)
}

/// The place that a name begins with: at least two characters and an ending, and behind it still a name.
fn first_place(name: &str) -> Option<(&str, &str)> {
    let ends = |at: usize| PLACES.iter().find_map(|word| name[at..].starts_with(word).then_some(at + word.len()));
    let end = name.char_indices().skip(2).find_map(|(at, _)| ends(at))?;
    let (place, rest) = name.split_at(end);
    // 超市管理局 and 城市管理局 have none; 市场, 区域 and 县域 are words of their own.
    let is_word = ["场", "域", "容", "政", "民"]
        .iter()
        .any(|next| rest.starts_with(next) && !rest.starts_with("政府") && !rest.starts_with("民政"));
    (place.chars().count() <= 12 && rest.chars().count() >= 3 && !is_word).then_some((place, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_name_says_nothing_of_which_report_it_is() {
        for name in ["某市某局", "某市某局（本级）", "某市某局 (汇总)", "某市某局本级", "062-某市某局机关"]
        {
            assert_eq!(bare(name), "某市某局", "{name}");
        }
        assert_eq!(bare("某市机关事务管理局"), "某市机关事务管理局");
    }

    #[test]
    fn places_stand_before_a_name_from_the_largest_down() {
        let of = |name| split_places(name);
        assert_eq!(of("甲乙省丙丁市水务局"), (vec!["甲乙省", "丙丁市"], "水务局"));
        assert_eq!(of("丙丁市市场监督管理局"), (vec!["丙丁市"], "市场监督管理局"));
        assert_eq!(of("丙丁市城市管理局"), (vec!["丙丁市"], "城市管理局"));
        assert_eq!(of("丙丁市民政局"), (vec!["丙丁市"], "民政局"));
        assert_eq!(of("水务局"), (vec![], "水务局"));
    }

    #[test]
    fn names_end_in_what_departments_are() {
        for name in ["某市某局", "某省某厅（本级）", "某局信息中心", "某市某委员会机关", "某县“三农”办公室"]
        {
            assert!(is_name(name), "{name}");
        }
        for other in ["按功能科目", "上年结转", "2031年度", "收支总表", "人员经费", "万元", "（按支出功能分类）"]
        {
            assert!(!is_name(other), "{other}");
        }
    }

    #[test]
    fn a_code_beside_a_name_is_told_from_a_number_within_it() {
        assert_eq!(split_code("062-某市某局"), (Some("062"), "某市某局"));
        assert_eq!(split_code("`[186]某委员会`"), (Some("186"), "某委员会"));
        assert_eq!(split_code("229_某局"), (Some("229"), "某局"));
        assert_eq!(split_code("某局（121）"), (Some("121"), "某局"));
        assert_eq!(split_code("121001某局"), (Some("121001"), "某局"));
        assert_eq!(split_code("某市第12中学"), (None, "某市第12中学"));
        assert_eq!(split_code("某局（本级）"), (None, "某局（本级）"));
    }
}
