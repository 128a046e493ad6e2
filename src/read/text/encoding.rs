//! Bytes become text: UTF-8, UTF-16 or GB18030, told by content.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::Error;

/// Of a thousand characters at most this many may be control characters or undecodable: extractors leave a few of
/// them in dumps, binary files have them everywhere.
const MAX_ODD_PER_THOUSAND: usize = 5;

/// The text of a file.
///
/// # Errors
/// Where the bytes are no text in any of the encodings.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    if let Some((encoding, n_bom)) = Encoding::for_bom(bytes) {
        return accept(encoding, bytes.get(n_bom..).unwrap_or_default());
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return accept(encoding, bytes);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return accept(UTF_8, bytes);
    }
    // A dump that was cut in the middle of a character is still UTF-8.
    accept(UTF_8, bytes).or_else(|_| accept(GB18030, bytes))
}

/// Decodes, and refuses what has more odd characters than a dump has.
fn accept<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Cow<'a, str>, Error> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let mut n_chars = 0;
    let mut n_odd = 0;
    for ch in text.chars() {
        n_chars += 1;
        let odd =
            ch == '\u{fffd}' || ch.is_control() && !matches!(ch, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}');
        n_odd += usize::from(odd);
    }
    if n_odd * 1000 > n_chars * MAX_ODD_PER_THOUSAND {
        let message =
            format!("binary data: no text in UTF-8, UTF-16 or GB18030, {n_odd} of {n_chars} characters are none");
        return Err(Error::NotAPdf(message));
    }
    Ok(text)
}

/// UTF-16 without a byte order mark: one half of the bytes of its ASCII part is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..4096.min(bytes.len() & !1))?;
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Line ends and figures alone are more than one character in fifty of any dump.
    if odd * 50 > head.len() / 2 && even * 10 < odd {
        Some(UTF_16LE)
    } else if even * 50 > head.len() / 2 && odd * 10 < even {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "部门名称：某市某某局  单位：万元\n合计 12.00 7.00 5.00\n";

    fn decoded(bytes: &[u8]) -> String {
        decode(bytes).expect("text").into_owned()
    }

    #[test]
    fn utf8_is_read_with_and_without_a_mark() {
        assert_eq!(decoded(TEXT.as_bytes()), TEXT);
        assert_eq!(decoded(&[b"\xef\xbb\xbf", TEXT.as_bytes()].concat()), TEXT);
    }

    #[test]
    fn gb18030_is_read() {
        let (bytes, _, _) = GB18030.encode(TEXT);
        assert_eq!(decoded(&bytes), TEXT);
    }

    #[test]
    fn utf16_is_read_in_both_orders_with_and_without_a_mark() {
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&[b"\xff\xfe".as_slice(), &little].concat()), TEXT);
        assert_eq!(decoded(&[b"\xfe\xff".as_slice(), &big].concat()), TEXT);
        assert_eq!(decoded(&little), TEXT);
        assert_eq!(decoded(&big), TEXT);
    }

    #[test]
    fn a_file_cut_inside_a_character_is_still_utf8() {
        let text = TEXT.repeat(20);
        let cut = text.as_bytes().get(..text.len() - 30).expect("long enough");
        let cut = cut.get(..cut.len() - (1 + cut.len() % 2)).expect("long enough");
        assert!(decoded(cut).starts_with("部门名称"));
    }

    #[test]
    fn binary_data_is_refused() {
        let noise: Vec<u8> = (0..2000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(matches!(decode(&noise), Err(Error::NotAPdf(_))));
    }
}
