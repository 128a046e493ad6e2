//! Which cells of a header stand under which.

/// Cells that stand side by side, from the first to before the last.
pub(super) type Run = (usize, usize);

/// The cells of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grown {
    /// Those that stand under none, left to right.
    pub(super) roots: Vec<usize>,
    /// What stands under each.
    pub(super) children: Vec<Run>,
}
