//! Streams written in printable characters.

/// The bytes behind base 85, five characters for four bytes; what is no such character is skipped.
pub(super) fn base85(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 5 * 4);
    let (mut group, mut n) = (0_u32, 0_usize);
    for byte in text {
        match byte {
            b'z' if n == 0 => out.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                n += 1;
                if n == 5 {
                    out.extend_from_slice(&group.to_be_bytes());
                    (group, n) = (0, 0);
                }
            }
            b'~' => break,
            _ => {}
        }
    }
    if n > 1 {
        for _ in n..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend_from_slice(group.to_be_bytes().get(..n - 1).unwrap_or_default());
    }
    out
}

/// The bytes behind hexadecimal digits; what is no digit is skipped.
pub(super) fn hex(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 2);
    let mut high = None;
    for byte in text.iter().take_while(|byte| **byte != b'>') {
        let Some(digit) = char::from(*byte).to_digit(16) else { continue };
        match high.take() {
            Some(high) => out.push((high << 4 | digit) as u8),
            None => high = Some(digit),
        }
    }
    if let Some(high) = high {
        out.push((high << 4) as u8);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{base85, hex};

    #[test]
    fn base_85_and_hexadecimal_are_undone_to_the_last_byte() {
        assert_eq!(base85(b"87cUR\nD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(base85(b"z87cUR~>"), b"\0\0\0\0Hell");
        assert_eq!(base85(b"87cURDZ~>"), b"Hello");
        assert_eq!(hex(b"48 65 6C6c 7>ff"), b"Hellp");
    }
}
