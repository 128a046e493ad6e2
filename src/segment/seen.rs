//! Places on pages that were turned to be read become places on the pages as they are seen.

use std::collections::BTreeMap;

use crate::geom::Placing;
use crate::note::NoteKind;
use crate::provenance::Provenance;
use crate::repair::CleanPage;
use crate::segment::Layout;

/// The bands of each page that was turned.
pub struct Turned(BTreeMap<u32, Vec<Placing>>);

impl Turned {
    /// Of a document's pages.
    pub fn of(pages: &[CleanPage]) -> Self {
        let turned = pages.iter().filter(|page| !page.seen.is_empty());
        Self(turned.map(|page| (page.number, page.seen.clone())).collect())
    }

    /// Puts everything where it is seen.
    pub fn restore(&self, layout: &mut Layout) {
        if self.0.is_empty() {
            return;
        }
        layout.change_places(|place| self.place(place));
        // What was noted of the page before it was turned has its place already.
        let after = [NoteKind::DoubledGlyph, NoteKind::Watermark, NoteKind::ColumnGuessed, NoteKind::ReadingUnsure];
        for note in layout.notes.iter_mut().filter(|note| after.contains(&note.kind)) {
            note.provenance.iter_mut().for_each(|place| self.place(place));
        }
    }

    fn place(&self, place: &mut Provenance) {
        if let (Some(bands), Some(rect)) = (self.0.get(&place.page), &mut place.rect) {
            *rect = Placing::seen(bands, rect);
        }
    }
}
