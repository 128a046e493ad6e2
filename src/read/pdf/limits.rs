//! How much one page may cost, so that a hostile file ends in a note and not in a full memory.

/// Forms drawn inside forms; real documents stay below ten.
pub(super) const MAX_FORM_DEPTH: usize = 24;
/// Operators on one page, forms included; the largest real page seen has 300,000.
pub(super) const MAX_OPERATORS: u64 = 5_000_000;
/// Glyphs on one page; a full page of small print has 10,000.
pub(super) const MAX_GLYPHS: usize = 1_000_000;
/// Ruling pieces on one page; pages with dotted borders reach 50,000.
pub(super) const MAX_RULINGS: usize = 2_000_000;
/// Bytes of content streams inflated for one page, forms included; the largest real page seen has 10 MB.
pub(super) const MAX_PAGE_BYTES: usize = 256 << 20;
/// Bytes of one font program or map.
pub(super) const MAX_FONT_BYTES: usize = 128 << 20;
/// Saved graphics states at one time.
pub(super) const MAX_STATES: usize = 4_096;
/// Pages of one document.
pub(super) const MAX_PAGES: usize = 20_000;
/// Pixels painted to tell what lies behind and over text, per page.
pub(super) const MAX_PAINTED: u64 = 400_000_000;

/// What a page has used up so far.
#[derive(Debug, Default)]
pub(super) struct Budget {
    operators: u64,
    bytes: usize,
    /// The first limit that was reached.
    pub(super) reached: Option<&'static str>,
}

impl Budget {
    /// Counts one operator; false where no more may be read.
    pub(super) fn operator(&mut self) -> bool {
        self.operators += 1;
        if self.operators > MAX_OPERATORS {
            self.stop("more operators than a page may have");
        }
        self.reached.is_none()
    }

    /// How many bytes may still be inflated.
    pub(super) fn bytes_left(&self) -> usize {
        MAX_PAGE_BYTES.saturating_sub(self.bytes)
    }

    /// Counts inflated bytes, which may be a part only.
    pub(super) fn bytes(&mut self, n: usize, is_cut: bool) {
        self.bytes = self.bytes.saturating_add(n);
        if is_cut {
            self.stop("more content than a page may have");
        }
    }

    /// Ends the reading of the page.
    pub(super) fn stop(&mut self, why: &'static str) {
        self.reached.get_or_insert(why);
    }
}
