//! Two texts side by side, line by line: what is gone and what is new.

/// The longest stretch that is compared line against line; a longer one is shown as replaced.
const MAX_STRETCH: usize = 2000;

/// How many lines are shown at most.
const MAX_SHOWN: usize = 200;

/// Lines of `old` that are gone with `-`, lines of `new` with `+`, each with its number; equal ones left out.
pub(crate) fn diff(old: &str, new: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let n_head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let n_tail = old[n_head..].iter().rev().zip(new[n_head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old[n_head..old.len() - n_tail], &new[n_head..new.len() - n_tail]);
    let mut shown = Vec::new();
    let mut at = (0, 0);
    for (i, j) in common(a, b).into_iter().chain([(a.len(), b.len())]) {
        shown.extend((at.0..i).map(|i| format!("-{:>6} {}", n_head + i + 1, a[i])));
        shown.extend((at.1..j).map(|j| format!("+{:>6} {}", n_head + j + 1, b[j])));
        at = (i + 1, j + 1);
    }
    if shown.is_empty() {
        // The lines agree: the texts differ in their line ends alone.
        return "differs in its line ends".to_owned();
    }
    let n_more = shown.len().saturating_sub(MAX_SHOWN);
    shown.truncate(MAX_SHOWN);
    if n_more > 0 {
        shown.push(format!("and {n_more} lines more"));
    }
    shown.join("\n")
}

/// Places of a longest common subsequence.
fn common(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    if a.len() > MAX_STRETCH || b.len() > MAX_STRETCH {
        return Vec::new();
    }
    let mut length = vec![vec![0u32; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            length[i][j] = if a[i] == b[j] { length[i + 1][j + 1] + 1 } else { length[i + 1][j].max(length[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut places) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            places.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if length[i + 1][j] >= length[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    places
}
