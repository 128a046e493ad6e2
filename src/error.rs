//! The one error of the library: what was expected of the input, and a stable code.

/// Why a document gave no report. Only `read` and `emit` fail; a strange page is a note.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input has no bytes.
    #[error("expected a PDF or a text dump, the file is empty")]
    Empty,
    /// The bytes are neither a PDF nor text.
    #[error("expected a PDF or a text dump, found {0}")]
    NotAPdf(String),
    /// A text has nothing that disclosures have.
    #[error("expected a disclosure, found a text without {0}")]
    NotADisclosure(&'static str),
    /// The file says that it is a PDF, and no page can be found in it.
    #[error("expected a readable PDF: {0}")]
    DamagedPdf(String),
    /// The PDF needs a password.
    #[error("expected a PDF that opens without a password")]
    Encrypted,
    /// A text dump was to be drawn.
    #[error("expected a PDF, a text dump has no page that could be drawn")]
    NoGeometry,
    /// The PDF has fewer pages.
    #[error("expected a page from 1 to {n_pages}, not {page}")]
    NoSuchPage {
        /// The page asked for.
        page: u32,
        /// How many there are.
        n_pages: u32,
    },
    /// A limit on the document's size or cost was reached.
    #[error("expected a document within the limits: {0}")]
    Limit(String),
    /// The program panicked; a defect of its own.
    #[error("the program failed, which is a defect of its own: {0}")]
    Internal(String),
    /// The process that worked on the document died.
    #[error("the process that worked on this document died: {0}")]
    Crashed(String),
    /// The document took longer than the run allows, in seconds.
    #[error("expected a document that takes at most {0} seconds")]
    Timeout(u64),
    /// The document needed more memory than the run allows.
    #[error("expected a document within the limit of memory")]
    OutOfMemory,
    /// The file could not be read or written.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl Error {
    /// Whether the file is just something else: a folder holds all kinds of files, and only what was named must be a
    /// disclosure.
    pub fn is_foreign(&self) -> bool {
        matches!(self, Self::Empty | Self::NotAPdf(_) | Self::NotADisclosure(_))
    }

    /// The stable kebab-case code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty-file",
            Self::NotAPdf(_) => "not-a-pdf",
            Self::NotADisclosure(_) => "not-a-disclosure",
            Self::DamagedPdf(_) => "damaged",
            Self::Encrypted => "password-required",
            Self::NoGeometry => "no-geometry",
            Self::NoSuchPage { .. } => "no-such-page",
            Self::Limit(_) => "limit-reached",
            Self::Internal(_) => "internal",
            Self::Crashed(_) => "crashed",
            Self::Timeout(_) => "timeout",
            Self::OutOfMemory => "out-of-memory",
            Self::Io(_) => "io",
        }
    }
}
