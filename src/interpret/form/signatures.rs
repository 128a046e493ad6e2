//! Who filled a form in, and when.

use crate::interpret::Signatures;
use crate::interpret::prose::without_space;
use crate::terms::form::SignatureField;

/// Keeps a signature that is printed; the first one of its kind stays.
pub(super) fn set(signatures: &mut Signatures, field: SignatureField, value: &str) {
    if value.is_empty() {
        return;
    }
    let (slot, value) = match field {
        SignatureField::Responsible => (&mut signatures.responsible, value.to_owned()),
        SignatureField::Handler => (&mut signatures.handler, value.to_owned()),
        SignatureField::Phone => (&mut signatures.phone, without_space(value)),
        SignatureField::FilledAt => (&mut signatures.filled_at, iso_date(value).unwrap_or_else(|| value.to_owned())),
    };
    if slot.is_none() {
        *slot = Some(value);
    }
}

/// A date, or date and time, in ISO 8601: from 20310102093000, 2031年1月2日, 2031-01-02 09:30:00 and the like.
pub(super) fn iso_date(text: &str) -> Option<String> {
    let mut parts: Vec<String> =
        text.split(|ch: char| !ch.is_ascii_digit()).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    if text.chars().any(|ch| ch.is_alphabetic() && !matches!(ch, '年' | '月' | '日' | '时' | '分' | '秒' | 'T' | 'Z'))
    {
        return None;
    }
    if let [run, rest @ ..] = &parts[..] {
        // Systems that print the form write the moment as one run of digits.
        let cuts: &[usize] = match run.len() {
            14 => &[4, 2, 2, 2, 2, 2],
            12 => &[4, 2, 2, 2, 2],
            8 => &[4, 2, 2],
            _ => &[],
        };
        if !cuts.is_empty() {
            let mut at = 0;
            let mut split = Vec::new();
            for n in cuts {
                split.push(run.get(at..at + n)?.to_owned());
                at += n;
            }
            split.extend(rest.iter().cloned());
            parts = split;
        }
    }
    let numbers: Vec<u32> = parts.iter().map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let limits: [(u32, u32); 6] = [(1990, 2099), (1, 12), (1, 31), (0, 23), (0, 59), (0, 59)];
    if !(3..=6).contains(&numbers.len()) || numbers.len() == 4 {
        return None;
    }
    if numbers.iter().zip(limits).any(|(number, (low, high))| !(low..=high).contains(number)) {
        return None;
    }
    let date = format!("{:04}-{:02}-{:02}", numbers[0], numbers[1], numbers[2]);
    Some(match numbers.get(3..) {
        Some([hour, minute]) => format!("{date}T{hour:02}:{minute:02}"),
        Some([hour, minute, second]) => format!("{date}T{hour:02}:{minute:02}:{second:02}"),
        _ => date,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_manner_become_iso() {
        assert_eq!(iso_date("20310102093005").as_deref(), Some("2031-01-02T09:30:05"));
        assert_eq!(iso_date("2031年1月2日").as_deref(), Some("2031-01-02"));
        assert_eq!(iso_date("2031-01-02 09:30:05").as_deref(), Some("2031-01-02T09:30:05"));
    }

    #[test]
    fn what_is_no_date_stays_as_printed() {
        assert_eq!(iso_date("年底前完成 2031"), None);
        assert_eq!(iso_date("2031-13-40"), None);
    }
}
