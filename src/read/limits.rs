//! How much one document may cost to read, so that a hostile file ends in a note or an error and not in a full memory.

/// The limits of one document; the defaults are far above what disclosures need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Pages of the document; one with more gives [`Error::Limit`](crate::Error::Limit).
    pub pages: u64,
    /// Bytes that one stream may inflate to.
    pub stream_bytes: u64,
    /// Bytes that all streams together may inflate to.
    pub document_bytes: u64,
    /// How many times its size a stream may inflate to, once that is more than a few MiB.
    pub ratio: u64,
    /// Operators of one page, forms included.
    pub page_operators: u64,
    /// Operators of all pages together.
    pub document_operators: u64,
    /// Forms drawn inside forms.
    pub form_depth: u64,
    /// Glyphs of one page.
    pub page_glyphs: u64,
    /// Glyphs of all pages together.
    pub document_glyphs: u64,
    /// Seconds of wall time for reading the document.
    pub seconds: u64,
    /// Seconds of wall time for reading the picture of one scanned page, beside [`seconds`](Self::seconds).
    pub scan_seconds: u64,
}

/// Pages: the longest disclosures have a thousand.
const PAGES: u64 = 20_000;
/// Of one stream: the largest page seen has 10 MB of content, embedded fonts have up to 30.
const STREAM_BYTES: u64 = 256 << 20;
/// Of all streams: a thousand pages have 200 MB.
const DOCUMENT_BYTES: u64 = 2 << 30;
/// Content of tables becomes 10 times as large, at most 100 times; zeros a thousand times.
const RATIO: u64 = 500;
/// On one page: the largest page seen has 300,000.
const PAGE_OPERATORS: u64 = 5_000_000;
/// On all pages: a thousand pages of tables have 10 millions.
const DOCUMENT_OPERATORS: u64 = 100_000_000;
/// Real documents stay below ten.
const FORM_DEPTH: u64 = 24;
/// A full page of small print has 10,000.
const PAGE_GLYPHS: u64 = 1_000_000;
/// A thousand pages have 2 millions.
const DOCUMENT_GLYPHS: u64 = 8_000_000;
/// A thousand pages take one, and on a busy machine a few.
const SECONDS: u64 = 15;
/// A scanned page of small print takes ten, and on a busy machine a few times that.
const SCAN_SECONDS: u64 = 90;

impl Default for Limits {
    fn default() -> Self {
        Self {
            pages: PAGES,
            stream_bytes: STREAM_BYTES,
            document_bytes: DOCUMENT_BYTES,
            ratio: RATIO,
            page_operators: PAGE_OPERATORS,
            document_operators: DOCUMENT_OPERATORS,
            form_depth: FORM_DEPTH,
            page_glyphs: PAGE_GLYPHS,
            document_glyphs: DOCUMENT_GLYPHS,
            seconds: SECONDS,
            scan_seconds: SCAN_SECONDS,
        }
    }
}

impl Limits {
    /// The names of all limits, as [`Limits::get`] and [`Limits::set`] take them.
    pub const NAMES: [&'static str; 11] = [
        "pages",
        "stream-bytes",
        "document-bytes",
        "ratio",
        "page-operators",
        "document-operators",
        "form-depth",
        "page-glyphs",
        "document-glyphs",
        "seconds",
        "scan-seconds",
    ];

    /// One limit by its name.
    pub fn get(&self, name: &str) -> Option<u64> {
        let mut limits = *self;
        limits.place(name).copied()
    }

    /// Changes one limit by its name; false where there is none of that name.
    pub fn set(&mut self, name: &str, value: u64) -> bool {
        self.place(name).map(|limit| *limit = value).is_some()
    }

    fn place(&mut self, name: &str) -> Option<&mut u64> {
        Some(match name {
            "pages" => &mut self.pages,
            "stream-bytes" => &mut self.stream_bytes,
            "document-bytes" => &mut self.document_bytes,
            "ratio" => &mut self.ratio,
            "page-operators" => &mut self.page_operators,
            "document-operators" => &mut self.document_operators,
            "form-depth" => &mut self.form_depth,
            "page-glyphs" => &mut self.page_glyphs,
            "document-glyphs" => &mut self.document_glyphs,
            "seconds" => &mut self.seconds,
            "scan-seconds" => &mut self.scan_seconds,
            _ => return None,
        })
    }
}
