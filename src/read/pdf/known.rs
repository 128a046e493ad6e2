//! What names of the resources of one stream were found to mean: each is looked up once.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::object::Name;
use hayro_syntax::page::Resources;

use super::color::Space;
use super::font::PdfFont;

/// The names of one stream.
#[derive(Default)]
pub(super) struct Known<'a> {
    spaces: HashMap<Vec<u8>, Space>,
    fonts: Vec<(Vec<u8>, Option<Rc<PdfFont<'a>>>)>,
}

impl<'a> Known<'a> {
    /// More fonts than this in one stream are looked up each time.
    const MAX_FONTS: usize = 16;

    /// A colour space.
    pub(super) fn space(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Space {
        if let Some(space) = self.spaces.get(name.as_ref()) {
            return *space;
        }
        let space = Space::resolve(name, resources);
        self.spaces.insert(name.to_vec(), space);
        space
    }

    /// A font; `look_up` is asked once for each name.
    pub(super) fn font(
        &mut self,
        name: &Name<'_>,
        look_up: impl FnOnce() -> Option<Rc<PdfFont<'a>>>,
    ) -> Option<Rc<PdfFont<'a>>> {
        if let Some((_, font)) = self.fonts.iter().find(|(known, _)| known == name.as_ref()) {
            return font.clone();
        }
        let font = look_up();
        if self.fonts.len() < Self::MAX_FONTS {
            self.fonts.push((name.to_vec(), font.clone()));
        }
        font
    }
}
