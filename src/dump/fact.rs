//! One fact a line, and how places, lengths and texts are written in it.

use std::fmt::{self, Write as _};

use crate::geom::Rect;
use crate::note::Note;
use crate::provenance::Provenance;
use crate::read::Source;

/// The first and the last of the pages that are shown.
pub type PageRange = (u32, u32);

/// The lines of a dump, all of them or those of some pages.
pub(super) struct Facts {
    shown: Option<PageRange>,
    text: String,
}

impl Facts {
    /// The text that `fill` gives, kept to the pages where some are named.
    pub(super) fn collect(shown: Option<PageRange>, fill: impl FnOnce(&mut Self)) -> String {
        let mut facts = Self { shown, text: String::new() };
        fill(&mut facts);
        facts.text
    }

    /// A fact about one page.
    pub(super) fn on(&mut self, page: u32, fact: fmt::Arguments<'_>) {
        self.over(&[page], fact);
    }

    /// A fact about several pages.
    pub(super) fn over(&mut self, pages: &[u32], fact: fmt::Arguments<'_>) {
        if self.shown.is_none_or(|(first, last)| pages.iter().any(|page| (first..=last).contains(page))) {
            self.push(fact);
        }
    }

    /// A fact about the document, left out where only some pages are shown.
    pub(super) fn whole(&mut self, fact: fmt::Arguments<'_>) {
        if self.shown.is_none() {
            self.push(fact);
        }
    }

    fn push(&mut self, fact: fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.text.write_fmt(fact);
        self.text.push('\n');
    }

    /// What kind of file it is.
    pub(super) fn source(&mut self, source: &Source) {
        let media_type = source.media_type.name();
        let producer = Opt(source.producer.as_deref());
        self.whole(format_args!("source {media_type} pages {} producer {producer}", source.n_pages));
    }

    /// The notes so far.
    pub(super) fn notes(&mut self, notes: &[Note]) {
        for note in notes {
            let (code, message) = (note.kind.name(), Quoted(&note.message));
            match note.provenance {
                Some(at) => self.on(at.page, format_args!("note {code} {} {message}", At(at))),
                None => self.whole(format_args!("note {code} - {message}")),
            }
        }
    }
}

/// A length or coordinate in points, a tenth being enough to find it on the page.
pub(super) struct Pt(pub(super) f32);

impl fmt::Display for Pt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Adding zero turns the negative zero of rounding into zero.
        write!(f, "{:.1}", (self.0 * 10.0).round() / 10.0 + 0.0)
    }
}

/// A rectangle: left, top, right, bottom.
pub(super) struct Area(pub(super) Rect);

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} {} {} {}]", Pt(self.0.x0), Pt(self.0.y0), Pt(self.0.x1), Pt(self.0.y1))
    }
}

/// A place: the page, and the rectangle where there is one.
pub(super) struct At(pub(super) Provenance);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.rect {
            Some(rect) => write!(f, "p{} {}", self.0.page, Area(rect)),
            None => write!(f, "p{}", self.0.page),
        }
    }
}

/// A text in quotes, on one line whatever it holds.
pub(super) struct Quoted<'a>(pub(super) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' | '\\' => write!(f, "\\{c}")?,
                '\n' => f.write_str("\\n")?,
                '\t' => f.write_str("\\t")?,
                c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => write!(f, "\\u{{{:x}}}", u32::from(c))?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}

/// A text in quotes, or a dash where there is none.
pub(super) struct Opt<'a>(pub(super) Option<&'a str>);

impl fmt::Display for Opt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(text) => Quoted(text).fmt(f),
            None => f.write_char('-'),
        }
    }
}

/// Numbers separated by commas.
pub(super) struct Pages<'a>(pub(super) &'a [u32]);

impl fmt::Display for Pages<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, page) in self.0.iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            write!(f, "{comma}{page}")?;
        }
        Ok(())
    }
}

/// Parts separated by ` / `, each in quotes.
pub(super) struct Path<'a>(pub(super) &'a [String]);

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, part) in self.0.iter().enumerate() {
            let slash = if i == 0 { "" } else { " / " };
            write!(f, "{slash}{}", Quoted(part))?;
        }
        Ok(())
    }
}
