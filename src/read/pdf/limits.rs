//! What a document has used up of its limits, and the limits that no flag raises.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::read::Limits;

/// Ruling pieces on one page; pages with dotted borders reach 50,000.
const MAX_RULINGS: usize = 1_000_000;
/// Ruling pieces of a document: 400 pages with nothing but dotted borders.
const MAX_DOCUMENT_RULINGS: usize = 20_000_000;
/// Images on one page whose place is told; a page of scanned strips has a thousand.
pub(super) const MAX_IMAGES: usize = 10_000;
/// Bytes of content that are held at one time: a page and the forms that are being drawn inside each other.
pub(super) const MAX_HELD: usize = 256 << 20;
/// Bytes that are kept for the whole document: object streams, and maps of fonts.
const MAX_KEPT: usize = 256 << 20;
/// Saved graphics states, and open marked-content sequences, at one time.
pub(super) const MAX_STATES: usize = 4_096;
/// Pixels of a document that are painted, or looked at beside lines, to tell what lies behind and over text.
const MAX_PAINTED: u64 = 2_000_000_000;
/// Streams that stay smaller than this may be packed as tightly as they like.
const RATIO_FLOOR: u64 = 4 << 20;
/// After so many operators the clock is looked at.
const CLOCK_INTERVAL: u64 = 4_096;

const MORE_GLYPHS: &str = "more glyphs than a document may have";

/// What all pages of a document have used up so far.
pub(super) struct Ledger {
    limits: Limits,
    deadline: Cell<Instant>,
    operators: Cell<u64>,
    bytes: Cell<u64>,
    glyphs: Cell<u64>,
    painted: Cell<u64>,
    rulings: Cell<usize>,
    kept: Cell<usize>,
    /// The first limit of the whole document that was reached.
    reached: Cell<Option<&'static str>>,
}

impl Ledger {
    /// For a document that is being opened now.
    pub(super) fn new(limits: &Limits) -> Self {
        let now = Instant::now();
        let time = Duration::from_secs(limits.seconds);
        Self {
            limits: *limits,
            deadline: Cell::new(now.checked_add(time).unwrap_or(now)),
            operators: Cell::default(),
            bytes: Cell::default(),
            glyphs: Cell::default(),
            painted: Cell::default(),
            rulings: Cell::default(),
            kept: Cell::default(),
            reached: Cell::default(),
        }
    }

    /// For reading the same document once more, in what time is left.
    pub(super) fn anew(&self) -> Self {
        Self { deadline: self.deadline.clone(), ..Self::new(&self.limits) }
    }

    /// The limit of the whole document that was reached, if any.
    pub(super) fn reached(&self) -> Option<&'static str> {
        self.look_at_clock();
        self.reached.get()
    }

    /// When reading a scanned page that begins now has to end.
    #[cfg(feature = "pictures")]
    pub(super) fn scan_deadline(&self) -> Instant {
        let now = Instant::now();
        now.checked_add(Duration::from_secs(self.limits.scan_seconds)).unwrap_or(now)
    }

    /// Does not count time that was spent under a limit of its own.
    #[cfg(feature = "pictures")]
    pub(super) fn pardon(&self, time: Duration) {
        self.deadline.set(self.deadline.get().checked_add(time).unwrap_or(self.deadline.get()));
    }

    fn stop(&self, why: &'static str) {
        if self.reached.get().is_none() {
            self.reached.set(Some(why));
        }
    }

    fn look_at_clock(&self) {
        if Instant::now() > self.deadline.get() {
            self.stop("more time than a document may take");
        }
    }

    /// How many bytes a stream of a packed size may inflate to.
    pub(super) fn bytes_of(&self, packed: usize) -> usize {
        let by_ratio = (packed as u64).saturating_mul(self.limits.ratio).max(RATIO_FLOOR);
        let left = self.limits.document_bytes.saturating_sub(self.bytes.get());
        usize::try_from(by_ratio.min(self.limits.stream_bytes).min(left)).unwrap_or(usize::MAX)
    }

    /// How many bytes any stream may inflate to.
    pub(super) fn stream_bytes(&self) -> usize {
        usize::try_from(self.limits.stream_bytes).unwrap_or(usize::MAX)
    }

    /// Counts the bytes that a stream was inflated to.
    pub(super) fn inflated(&self, n: usize) {
        self.bytes.set(self.bytes.get().saturating_add(n as u64));
        if self.bytes.get() >= self.limits.document_bytes {
            self.stop("more content than a document may have");
        }
    }

    /// Counts bytes that stay in memory; false where no more may.
    pub(super) fn keep(&self, n: usize) -> bool {
        self.kept.set(self.kept.get().saturating_add(n));
        self.kept.get() <= MAX_KEPT
    }

    /// How many rulings a page may have.
    pub(super) fn room_for_rulings(&self) -> usize {
        MAX_DOCUMENT_RULINGS.saturating_sub(self.rulings.get()).min(MAX_RULINGS)
    }

    /// Counts pixels that are looked at; false where no more may be.
    pub(super) fn paint(&self, n: u64) -> bool {
        let painted = self.painted.get().saturating_add(n);
        self.painted.set(painted);
        if painted > MAX_PAINTED {
            self.stop("more filled areas than a document may have");
        }
        painted <= MAX_PAINTED
    }

    /// How many glyphs a page may still have, and which limit that is.
    pub(super) fn room_for_glyphs(&self) -> (usize, &'static str) {
        let left = self.limits.document_glyphs.saturating_sub(self.glyphs.get());
        let (room, why) = if left < self.limits.page_glyphs {
            (left, MORE_GLYPHS)
        } else {
            (self.limits.page_glyphs, "more glyphs than a page may have")
        };
        (usize::try_from(room).unwrap_or(usize::MAX), why)
    }

    /// Whether a form may be drawn inside so many others.
    pub(super) fn allows_form(&self, depth: usize) -> bool {
        (depth as u64) < self.limits.form_depth
    }
}

/// What a page has used up so far.
#[derive(Debug, Default)]
pub(super) struct Budget {
    operators: u64,
    /// The first limit that was reached.
    pub(super) reached: Option<&'static str>,
    is_over: bool,
}

impl Budget {
    /// Counts one operator; false where no more may be read.
    pub(super) fn operator(&mut self, ledger: &Ledger) -> bool {
        self.operators += 1;
        if self.operators > ledger.limits.page_operators {
            self.stop("more operators than a page may have");
        }
        if self.operators.is_multiple_of(CLOCK_INTERVAL) {
            ledger.look_at_clock();
            if ledger.operators.get() + self.operators > ledger.limits.document_operators {
                ledger.stop("more operators than a document may have");
            }
            if let Some(why) = ledger.reached.get() {
                self.stop(why);
            }
        }
        !self.is_over
    }

    /// Ends the reading of the page.
    pub(super) fn stop(&mut self, why: &'static str) {
        self.reached.get_or_insert(why);
        self.is_over = true;
    }

    /// Says that some content is cut off; what there is of it is read.
    pub(super) fn cut(&mut self, why: &'static str) {
        self.reached.get_or_insert(why);
    }

    /// Counts the page into its document.
    pub(super) fn close(&self, n_glyphs: usize, n_rulings: usize, ledger: &Ledger) {
        ledger.rulings.set(ledger.rulings.get().saturating_add(n_rulings));
        ledger.operators.set(ledger.operators.get().saturating_add(self.operators));
        ledger.glyphs.set(ledger.glyphs.get().saturating_add(n_glyphs as u64));
        if ledger.glyphs.get() >= ledger.limits.document_glyphs {
            ledger.stop(MORE_GLYPHS);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Ledger, MAX_PAINTED};
    use crate::read::Limits;

    #[test]
    fn a_document_that_is_filled_over_and_over_ends() {
        let ledger = Ledger::new(&Limits::default());
        assert!(ledger.paint(MAX_PAINTED) && ledger.reached().is_none());
        assert!(!ledger.paint(1) && ledger.reached().is_some());
    }
}
