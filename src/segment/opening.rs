//! Whether a text begins something: an item of a list, a code, a total.

use crate::arithmetic::code;
use crate::segment::text::item::is_code;
use crate::terms::header::{HeaderWord, is_total};

/// A chinese numeral.
pub(super) fn is_numeral(ch: char) -> bool {
    "一二三四五六七八九十百".contains(ch)
}

/// The text after an enumerator 一、 or （一）, and the level of the heading that it can be.
pub(super) fn enumerated(text: &str) -> Option<(u8, &str)> {
    let bare = text.trim();
    let numeral_end = |text: &str| text.find(|ch: char| !is_numeral(ch)).filter(|end| *end > 0);
    if let Some(inner) = bare.strip_prefix(['（', '(']) {
        let end = numeral_end(inner)?;
        let rest = inner.get(end..)?.strip_prefix(['）', ')'])?;
        return Some((3, rest));
    }
    let end = numeral_end(bare)?;
    let rest = bare.get(end..)?.strip_prefix(['、', '．', '.'])?;
    Some((2, rest))
}

/// 一、某某, （一）某某.
pub(super) fn is_enumerated(text: &str) -> bool {
    enumerated(text).is_some()
}

/// 1、某某, 12. 某某: an item of a list, and no amount.
pub(super) fn is_list_item(text: &str) -> bool {
    let rest = text.trim_start_matches(|ch: char| ch.is_ascii_digit());
    let after = rest.strip_prefix(['、', '．', '.']);
    (1..=2).contains(&(text.len() - rest.len()))
        && after.is_some_and(|after| !after.starts_with(|ch: char| ch.is_ascii_digit()))
}

/// A name with its code in front: 2010301-行政运行, [30108]某某费, 0202-某某服务 of the directory of bought services.
pub(super) fn is_coded(text: &str) -> bool {
    let of_directory = |code: &str| matches!(code.len(), 4 | 6) && code.starts_with('0');
    code::in_front(text.trim()).is_some_and(|(code, _)| is_code(code) || of_directory(code))
}

/// Whether a text begins something: a code, an item of a list, a total.
pub(super) fn begins(text: &str) -> bool {
    is_code(text)
        || is_coded(text)
        || is_enumerated(text)
        || is_total(text)
        || starts_numbered(text)
        || (HeaderWord::of(text).is_some() && !ends_names(text))
        || ["其中", "上年", "本年", "年初", "年末", "年终", "结转下年", "使用非财政", "用事业基金"]
            .iter()
            .any(|word| text.starts_with(word))
}

/// Words of headers that the names of rows end with, so that they may be all that the last line of a name has.
fn ends_names(text: &str) -> bool {
    matches!(text, "支出" | "收入" | "款")
}

/// 1、, 2., （1）, ①, 1公务用车购置费.
fn starts_numbered(text: &str) -> bool {
    let bare = text.trim_start_matches(['（', '(']);
    let rest = bare.trim_start_matches(|ch: char| ch.is_ascii_digit());
    let n_digits = bare.len() - rest.len();
    let numbered =
        rest.starts_with(['、', '）', ')', '．', '.']) || (n_digits == 1 && !rest.starts_with(['年', '月', '日']));
    (n_digits > 0 && numbered) || bare.starts_with(|ch: char| ('①'..='⑳').contains(&ch))
}
