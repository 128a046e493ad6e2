//! The end of a file and its cross references: whether both are as they were written.

use memchr::memmem;

/// How a file ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// As it was written.
    Sound,
    /// Its cross references are not where it says, or point elsewhere: objects are found by searching.
    Misplaced,
    /// What it ends with is missing: no cross references at all.
    CutOff,
    /// Behind its end something begins that has no end: an update, or all but the first page of a linearized file.
    UpdateCutOff,
}

/// Cross-reference entries that are looked at.
const MAX_ENTRIES: usize = 1 << 20;
/// Bytes of an entry of a classic table.
const ENTRY_BYTES: usize = 20;

impl Ending {
    /// Of the file's bytes.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let Some(at) = memmem::rfind(bytes, b"startxref") else { return Self::CutOff };
        let behind = bytes.get(at + b"startxref".len()..).unwrap_or_default().trim_ascii_start();
        let (offset, behind) = number(behind);
        if has_object(behind) {
            return Self::UpdateCutOff;
        }
        // Some programs count from the header, before which other bytes may stand.
        let header = memmem::find(bytes.get(..1024).unwrap_or(bytes), b"%PDF-").unwrap_or(0);
        let starts = [0, header].map(|start| offset.and_then(|offset| bytes.get(offset.checked_add(start)?..)));
        let section = starts.into_iter().flatten().find_map(|at| {
            let at = at.trim_ascii_start();
            at.starts_with(b"xref").then_some(at).or_else(|| begins_object(at).then_some(&[][..]))
        });
        match section {
            Some(table) if points_at_objects(table, bytes, header) => Self::Sound,
            _ => Self::Misplaced,
        }
    }
}

/// Whether each entry in use of a classic table, and of no other, points at an object.
fn points_at_objects(table: &[u8], bytes: &[u8], header: usize) -> bool {
    let mut rest = table.strip_prefix(b"xref").unwrap_or_default().trim_ascii_start();
    let mut n_left = MAX_ENTRIES;
    while let (Some(_), behind) = number(rest) {
        let (Some(n), behind) = number(behind.trim_ascii_start()) else { return true };
        rest = behind.trim_ascii_start();
        for _ in 0..n.min(n_left) {
            let Some(entry) = rest.get(..ENTRY_BYTES) else { return false };
            rest = rest.get(ENTRY_BYTES..).unwrap_or_default();
            if entry.get(17) != Some(&b'n') {
                continue;
            }
            let offset = number(entry).0.unwrap_or(usize::MAX);
            let is_object = |start: usize| {
                offset
                    .checked_add(start)
                    .and_then(|at| bytes.get(at..))
                    .is_some_and(|at| begins_object(at.trim_ascii_start()))
            };
            if offset > 0 && !is_object(0) && !is_object(header) {
                return false;
            }
        }
        n_left = n_left.saturating_sub(n);
        rest = rest.trim_ascii_start();
    }
    true
}

/// Whether `12 0 obj` stands here.
fn begins_object(at: &[u8]) -> bool {
    let (Some(_), behind) = number(at) else { return false };
    let (Some(_), behind) = number(behind.trim_ascii_start()) else { return false };
    behind.trim_ascii_start().starts_with(b"obj")
}

/// Whether an object begins anywhere in these bytes.
fn has_object(bytes: &[u8]) -> bool {
    memmem::find_iter(bytes, b" obj")
        .any(|at| bytes.get(..at).is_some_and(|before| before.last().is_some_and(u8::is_ascii_digit)))
}

/// The number at the start of some bytes, and what stands behind it.
fn number(bytes: &[u8]) -> (Option<usize>, &[u8]) {
    let n_digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, behind) = bytes.split_at(n_digits);
    (std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok()), behind)
}
