//! What the blank lines between a form's lines tell of its rows, where the document's forms show that they tell anything.

use super::groups::{Group, Piece};

/// One place may be chance; so many say how an extractor writes.
const LEAST: usize = 3;

/// That the gap above an indicator is not the one that its place asks for, in the costs of placing indicators: more
/// than the two rows with a blank side that follow from it.
const WRONG_GAP: u32 = 40;

/// Whether blank lines stand between rows, and none between the sides of a row.
///
/// Extractors that leave a blank line wherever the next line lies more than about a line's height away write one
/// between rows. From a name of one line to the two lines of its twin beside it is half a line's height, and leaves none.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gaps {
    tell: bool,
}

impl Gaps {
    /// Looks at indicators that stand on both sides under one name, which leave no doubt where each line belongs.
    pub(super) fn learn<'a>(groups: impl Iterator<Item = &'a Group>) -> Self {
        let mut n_twins = 0;
        let mut broken = false;
        for group in groups.filter(|group| group.has_twin) {
            // The first is the right side of the first row.
            for at in group.right.windows(5).skip(1) {
                let [name, value, first, second, again] = at else { continue };
                let is_twin = is_line_of_two(name, value)
                    && first.last
                    && second.first
                    && second.last
                    && again.text == value.text
                    && name.text.strip_prefix(first.text.as_str()) == Some(second.text.as_str());
                if is_twin {
                    n_twins += 1;
                    // What stands above the pair ends the row before.
                    broken |= first.apart || !name.apart;
                }
            }
        }
        Self { tell: !broken && n_twins >= LEAST }
    }

    /// What speaks against an indicator that begins at `from`, whose name ends before `cut`; `beside` says whether it
    /// would be the right side of the row whose left side stands before it.
    pub(super) fn cost(self, pieces: &[Piece], from: usize, cut: usize, beside: bool) -> u32 {
        let Some(first) = pieces.get(from).filter(|piece| piece.first && self.tell) else { return 0 };
        let Some(before) = from.checked_sub(1).and_then(|before| pieces.get(before)) else { return 0 };
        let two_lines = pieces.get(from..cut).unwrap_or_default().iter().filter(|piece| piece.first).count() == 2;
        let against = if beside { first.apart && !before.first && two_lines } else { !first.apart };
        if against { WRONG_GAP } else { 0 }
    }
}

/// Whether two pieces are a name and its value on one line.
fn is_line_of_two(name: &Piece, value: &Piece) -> bool {
    name.first && !name.last && value.last && !value.first
}
