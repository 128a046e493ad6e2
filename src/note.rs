//! Notes: what a stage has to say about a page that it could not read in the ordinary way.

use crate::names::names;
use crate::provenance::Provenance;

/// How much a note matters to the reader of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Something of the document is lost.
    Error,
    /// Something was guessed or contradicts itself.
    Warning,
    /// Something was repaired or left out as it should be.
    Info,
}

names!(Severity {
    Error = "error",
    Warning = "warning",
    Info = "info",
});

/// The closed list of things that a stage may note; the published code is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NoteKind {
    /// A page shows an image and (almost) no text: a scan.
    NoTextLayer,
    /// A page is a picture that models have read: what stands on it may be misread.
    ReadByOcr,
    /// Glyphs of a font have no Unicode by any way known.
    NoUnicode,
    /// Glyphs drawn twice or more were counted once.
    DoubledGlyph,
    /// Text that a reader cannot see was kept out of the result.
    HiddenText,
    /// Pale text that is laid over the page's own was kept out of the result.
    Watermark,
    /// A page of the file shows what a page before it shows, figure by figure; it counts once.
    PageRepeated,
    /// Text that leans in a way in which it cannot be read.
    TurnedText,
    /// A limit of the reader was reached; the rest of the page is missing.
    LimitReached,
    /// A page, or some of its content or fonts, is not in the file or could not be read to its end.
    DamagedPage,
    /// Pages of the file, or what was written to it last, are not in it.
    DamagedFile,
    /// The file's cross references were rebuilt; nothing that a page shows need be lost.
    RebuiltFile,
    /// A repair of a text dump: doubled, interleaved or scrambled text put right.
    TextRepaired,
    /// The column of an amount in a text dump is the likeliest of several.
    ColumnGuessed,
    /// What models read of a picture may say something else, and nothing else tells.
    ReadingUnsure,
    /// A text dump is written column by column: its rows cannot be put together, and none is published.
    TextOrderLost,
    /// Rows of amounts stand in no table and no form that is recognised.
    TableUnread,
    /// A name has gaps where words were cut out of it; what is left is published.
    WordsMissing,
    /// An amount column holds something that is no amount.
    AmountUnreadable,
    /// A table's unit of money is not printed where it can be read.
    UnitUnknown,
    /// A table prints two units of money; the one at its head is taken.
    UnitContradicted,
    /// A table that matches no official statement by title.
    KindUnknown,
    /// Words that should carry a meaning here were not recognised.
    LabelUnknown,
    /// Rows that the source withholds and says so: sums are short of them.
    RowsWithheld,
    /// The text cuts digits off where it should round.
    AmountCut,
    /// Names and telephone numbers of contacts were left out, as it was asked for.
    ContactLeftOut,
}

names!(NoteKind {
    NoTextLayer = "no-text-layer",
    ReadByOcr = "read-by-ocr",
    NoUnicode = "no-unicode",
    DoubledGlyph = "doubled-glyph",
    HiddenText = "hidden-text",
    Watermark = "watermark",
    PageRepeated = "page-repeated",
    TurnedText = "turned-text",
    LimitReached = "limit-reached",
    DamagedPage = "damaged-page",
    DamagedFile = "damaged-file",
    RebuiltFile = "damaged-file",
    TextRepaired = "text-repaired",
    ColumnGuessed = "column-guessed",
    ReadingUnsure = "reading-unsure",
    TextOrderLost = "text-order-lost",
    TableUnread = "table-unread",
    WordsMissing = "words-missing",
    AmountUnreadable = "amount-unreadable",
    UnitUnknown = "unit-unknown",
    UnitContradicted = "unit-contradicted",
    KindUnknown = "kind-unknown",
    LabelUnknown = "label-unknown",
    RowsWithheld = "rows-withheld",
    AmountCut = "amount-cut",
    ContactLeftOut = "contact-left-out",
});

impl NoteKind {
    /// The kind that it is published as: a file that was rebuilt is told as a damaged one, by a warning.
    pub(crate) fn published(self) -> Self {
        Self::from_name(self.name()).unwrap_or(self)
    }

    /// How much notes of this kind matter.
    pub fn severity(self) -> Severity {
        match self {
            Self::NoTextLayer | Self::NoUnicode | Self::LimitReached | Self::DamagedPage | Self::DamagedFile => {
                Severity::Error
            }
            Self::RebuiltFile
            | Self::ReadByOcr
            | Self::PageRepeated
            | Self::TurnedText
            | Self::ColumnGuessed
            | Self::ReadingUnsure
            | Self::TextOrderLost
            | Self::TableUnread
            | Self::WordsMissing
            | Self::AmountUnreadable
            | Self::UnitUnknown
            | Self::UnitContradicted => Severity::Warning,
            Self::DoubledGlyph
            | Self::HiddenText
            | Self::Watermark
            | Self::TextRepaired
            | Self::KindUnknown
            | Self::LabelUnknown
            | Self::RowsWithheld
            | Self::AmountCut
            | Self::ContactLeftOut => Severity::Info,
        }
    }
}

/// One thing noted, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// One sentence for people, lower case, no final dot.
    pub message: String,
    /// Where; `None` where it concerns the whole document.
    pub provenance: Option<Provenance>,
}

impl Note {
    /// A note about a place.
    pub fn new(kind: NoteKind, message: impl Into<String>, provenance: Provenance) -> Self {
        Self { kind, message: message.into(), provenance: Some(provenance) }
    }
}
