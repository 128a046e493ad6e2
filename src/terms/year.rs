//! Fiscal years as official texts print them: 2031年, 2031年度, 二〇三一年, 2031（年度）.

/// The first year (20xx年) named in a text.
pub fn year_in(text: &str) -> Option<i32> {
    let text = squeezed(text);
    text.match_indices('年').find_map(|(at, _)| {
        let head = text.get(..at)?;
        let start = head.char_indices().rev().nth(3)?.0;
        word(head.get(start..)?)
    })
}

/// The year of a title that names one with or without 年: 某委员会2031部门预算.
pub fn year_in_title(title: &str) -> Option<i32> {
    year_in(title).or_else(|| {
        let is_digit = |ch: char| ch.is_ascii_digit();
        title.split(|ch: char| !is_digit(ch)).filter(|run| run.len() == 4 && run.starts_with("20")).find_map(word)
    })
}

/// The year that is all a text says: 2031年度, （2031年）, 2031（年度）, 预算年度：2031.
pub fn alone(text: &str) -> Option<i32> {
    let text = squeezed(text);
    let text = match text.split_once(['：', ':']) {
        Some((label, year)) if label.ends_with("年度") || label.ends_with("年份") => year,
        Some(_) => return None,
        None => &text,
    };
    let plain: String = text.chars().filter(|ch| !matches!(ch, '（' | '）' | '(' | ')' | '〔' | '〕')).collect();
    word(plain.trim_end_matches("年度").trim_end_matches('年'))
}

/// A year as four digits, of either width, or four Chinese numerals.
fn word(word: &str) -> Option<i32> {
    let mut year = 0;
    let mut n = 0;
    for ch in word.chars() {
        let digit = match ch {
            '0'..='9' => u32::from(ch) - u32::from('0'),
            '０'..='９' => u32::from(ch) - u32::from('０'),
            '〇' | '○' | 'Ｏ' | 'O' | '零' => 0,
            _ => "一二三四五六七八九".chars().zip(1..).find(|(numeral, _)| *numeral == ch)?.1,
        };
        year = year * 10 + i32::try_from(digit).ok()?;
        n += 1;
        if n > 4 {
            return None;
        }
    }
    (n == 4 && (1990..2100).contains(&year)).then_some(year)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_in_figures_and_in_words() {
        assert_eq!(year_in("二〇三一年部门预算"), Some(2031));
        assert_eq!(year_in("2031年度"), Some(2031));
        assert_eq!(year_in("1年"), None);
        assert_eq!(year_in_title("某委员会2031部门预算"), Some(2031));
        assert_eq!(year_in_title("某局20311部门预算"), None);
    }

    #[test]
    fn a_year_alone_may_have_brackets_anywhere() {
        for text in ["2031", "2031年度", "（2031年）", "2031（年度）", "（二〇三一年度）", "预算年度：2031年"]
        {
            assert_eq!(alone(text), Some(2031), "{text}");
        }
        assert_eq!(alone("2031年部门预算"), None);
        assert_eq!(alone("2031年1月"), None);
    }
}
