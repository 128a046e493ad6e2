//! Characters that fonts map to look-alikes — radicals, compatibility ideographs — become the characters they stand for.

use unicode_normalization::char::decompose_compatible;

use crate::read::Glyph;

/// Radicals that compatibility decomposition leaves alone (CJK Radicals Supplement) and that are whole characters.
///
/// Fonts whose `cmap` is reversed give the radical where both code points share a glyph.
const RADICALS: [(char, char); 41] = [
    ('⺁', '厂'),
    ('⺊', '卜'),
    ('⺎', '兀'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺜', '日'),
    ('⺝', '月'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺩', '王'),
    ('⺻', '聿'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻑', '長'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻗', '雨'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻪', '黾'),
    ('⻫', '斉'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];

/// Kangxi radicals whose decomposition is the form of another standard: fonts of mainland China draw this one.
const MAINLAND: [(char, char); 3] = [('⼾', '户'), ('⾭', '青'), ('⿈', '黄')];

/// Replaces look-alikes by the unified ideographs.
pub fn repair(glyphs: &mut [Glyph]) {
    for glyph in glyphs {
        glyph.ch = unified(glyph.ch);
    }
}

/// The unified ideograph that a radical or compatibility ideograph stands for; any other character itself.
pub fn unified(ch: char) -> char {
    match ch {
        '\u{2E80}'..='\u{2EFF}' => listed(ch, &RADICALS).unwrap_or(ch),
        '⼾' | '⾭' | '⿈' => listed(ch, &MAINLAND).unwrap_or(ch),
        '\u{2F00}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' => {
            let mut only = None;
            let mut n = 0;
            decompose_compatible(ch, |part| {
                only = Some(part);
                n += 1;
            });
            only.filter(|_| n == 1).unwrap_or(ch)
        }
        _ => ch,
    }
}

fn listed(ch: char, list: &[(char, char)]) -> Option<char> {
    list.iter().find(|(radical, _)| *radical == ch).map(|(_, ideograph)| *ideograph)
}

#[cfg(test)]
mod tests {
    use super::unified;

    #[test]
    fn radicals_and_compatibility_ideographs_become_what_they_stand_for() {
        for (shown, want) in [
            ('⽀', '支'),
            ('⼆', '二'),
            ('⺠', '民'),
            ('⻓', '长'),
            ('⼾', '户'),
            ('⺝', '月'),
            ('金', '金'),
            ('支', '支'),
            ('，', '，'),
        ] {
            assert_eq!(unified(shown), want);
        }
    }
}
