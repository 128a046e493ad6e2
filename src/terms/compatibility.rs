//! Characters in their compatibility form: full-width letters, digits and marks in ASCII, radicals as ideographs.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

/// The text in normalization form KC.
///
/// Chinese text rarely holds anything but what that leaves as it is and full-width forms, which are read one by one.
pub fn nfkc(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_stable) {
        Cow::Borrowed(text)
    } else if text.chars().all(|ch| is_stable(ch) || ascii(ch).is_some()) {
        Cow::Owned(text.chars().map(|ch| ascii(ch).unwrap_or(ch)).collect())
    } else {
        Cow::Owned(text.nfkc().collect())
    }
}

/// Whether the normalization leaves a character as it is, whatever others of its kind stand beside it.
fn is_stable(ch: char) -> bool {
    ch.is_ascii()
        || matches!(ch, '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{301b}' | '\u{2018}'..='\u{201d}' | '—' | '≤' | '≥')
}

/// What a full-width form stands for.
fn ascii(ch: char) -> Option<char> {
    match ch {
        '\u{3000}' => Some(' '),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(ch) - 0xfee0),
        _ => None,
    }
}

/// A text with characters in the form that mainland texts print (通用规范汉字表), where it has them in that of another
/// standard: 強 is 强. Of those that official terms are made of.
pub fn mainland(text: &str) -> Cow<'_, str> {
    let form = |ch: char| OTHER_FORMS.iter().find(|(other, _)| *other == ch).map(|(_, form)| *form);
    if text.chars().all(|ch| form(ch).is_none()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|ch| form(ch).unwrap_or(ch)).collect())
}

const OTHER_FORMS: [(char, char); 62] = [
    ('強', '强'),
    ('紀', '纪'),
    ('費', '费'),
    ('財', '财'),
    ('務', '务'),
    ('預', '预'),
    ('業', '业'),
    ('會', '会'),
    ('經', '经'),
    ('總', '总'),
    ('計', '计'),
    ('資', '资'),
    ('補', '补'),
    ('設', '设'),
    ('備', '备'),
    ('購', '购'),
    ('運', '运'),
    ('維', '维'),
    ('護', '护'),
    ('車', '车'),
    ('單', '单'),
    ('項', '项'),
    ('級', '级'),
    ('類', '类'),
    ('編', '编'),
    ('碼', '码'),
    ('稱', '称'),
    ('額', '额'),
    ('結', '结'),
    ('轉', '转'),
    ('開', '开'),
    ('關', '关'),
    ('機', '机'),
    ('構', '构'),
    ('養', '养'),
    ('險', '险'),
    ('療', '疗'),
    ('衛', '卫'),
    ('環', '环'),
    ('節', '节'),
    ('農', '农'),
    ('鄉', '乡'),
    ('災', '灾'),
    ('應', '应'),
    ('債', '债'),
    ('償', '偿'),
    ('撥', '拨'),
    ('戶', '户'),
    ('別', '别'),
    ('內', '内'),
    ('稅', '税'),
    ('產', '产'),
    ('黃', '黄'),
    ('敎', '教'),
    ('說', '说'),
    ('錄', '录'),
    ('況', '况'),
    ('減', '减'),
    ('決', '决'),
    ('淨', '净'),
    ('訓', '训'),
    ('歸', '归'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_read_as_the_standard_says() {
        let all: Vec<char> = ('\0'..=char::MAX).collect();
        for ch in &all {
            let text = ch.to_string();
            assert_eq!(nfkc(&text), text.nfkc().collect::<String>(), "{ch:?}");
        }
        let stable: String = all.iter().chain(all.iter().rev()).filter(|ch| is_stable(**ch)).collect();
        assert_eq!(stable.nfkc().collect::<String>(), stable);
    }

    #[test]
    fn forms_of_another_standard_are_the_same_character() {
        assert_eq!((mainland("強制隔离戒毒"), mainland("福利費")), ("强制隔离戒毒".into(), "福利费".into()));
        assert_eq!(mainland("体育"), "体育");
    }

    #[test]
    fn a_mark_that_combines_with_the_character_before_it_is_combined() {
        assert_eq!(nfkc("单位e\u{301}（元）"), "单位\u{e9}(元)");
    }
}
