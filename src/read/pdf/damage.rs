//! What of a page could not be had, and how people are told.

use std::cell::Cell;

use hayro_syntax::object::{Dict, Object};

/// One kind of loss on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loss {
    /// The page names content, and none of it is in the file.
    Content,
    /// Some of the streams that make up its content are not in the file.
    PartOfContent,
    /// A stream breaks off, has a wrong checksum or holds what is no operator.
    Broken,
    /// The page names resources that are not in the file.
    Resources,
    /// Text is shown in a font that is not in the file: neither the text nor its place is known.
    Font,
    /// Text is shown in a font some of whose maps are broken or not in the file.
    PartOfFont,
    /// A form or picture that the content draws is not in the file.
    Drawing,
}

impl Loss {
    const ALL: [Self; 7] = [
        Self::Content,
        Self::PartOfContent,
        Self::Broken,
        Self::Resources,
        Self::Font,
        Self::PartOfFont,
        Self::Drawing,
    ];

    fn sentence(self) -> &'static str {
        match self {
            Self::Content => "its content is not in the file",
            Self::PartOfContent => "a part of its content is not in the file",
            Self::Broken => "its content is damaged: some of it may be missing or wrong",
            Self::Resources => "its fonts and drawings are not in the file",
            Self::Font => "text in a font that is not in the file is missing",
            Self::PartOfFont => "a font is damaged: its text may be missing or wrong",
            Self::Drawing => "a drawing that it shows is not in the file",
        }
    }
}

/// What the page being read has lost.
#[derive(Default)]
pub(super) struct Damage(Cell<u8>);

impl Damage {
    /// Notes a loss; of one kind a page has one.
    pub(super) fn lose(&self, loss: Loss) {
        self.0.set(self.0.get() | 1 << loss as u8);
    }

    /// What is told of the page, and a new page begins; `None` where nothing is lost.
    pub(super) fn take(&self) -> Option<String> {
        let lost = self.0.take();
        let lost = Loss::ALL.into_iter().filter(|loss| lost & 1 << *loss as u8 != 0).map(Loss::sentence);
        let lost: Vec<&str> = lost.collect();
        (!lost.is_empty()).then(|| format!("the page is damaged: {}", lost.join("; ")))
    }
}

/// Whether a page or form names fonts or drawings that are not in the file.
pub(super) fn lacks_resources(dict: &Dict<'_>) -> bool {
    is_dangling(dict, "Resources")
        || dict
            .get::<Dict<'_>>("Resources")
            .is_some_and(|resources| is_dangling(&resources, "Font") || is_dangling(&resources, "XObject"))
}

/// Whether an entry of a dictionary points at an object that is not in the file.
pub(super) fn is_dangling(dict: &Dict<'_>, key: &str) -> bool {
    dict.get_ref(key).is_some() && dict.get::<Object<'_>>(key).is_none()
}
