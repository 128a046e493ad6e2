//! What all pages of a document share: fonts and the optional content that is switched off.

use std::borrow::Cow;
use std::cell::Cell;
#[cfg(feature = "pictures")]
use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef, Object, Stream};

use super::damage::{Damage, Loss};
use super::font::{Distrusted, FontStore};
use super::limits::{Budget, Ledger};
use super::matrix::Matrix;
#[cfg(feature = "pictures")]
use super::scanned::{Drawing, MAX_STRIPS};
use super::stream::unpack;
use crate::read::Glyph;
use crate::read::scan::Ocr;

/// Membership dictionaries may name each other; deeper than this they are taken as shown.
const MAX_GROUPS: usize = 1_000;

/// One open document.
pub(super) struct Document<'a> {
    pub(super) fonts: FontStore<'a>,
    pub(super) ledger: Rc<Ledger>,
    /// The images of the current page, where a scan of it would be read.
    #[cfg(feature = "pictures")]
    pub(super) drawings: RefCell<Vec<Drawing<'a>>>,
    /// Reads pages that are pictures.
    #[cfg_attr(not(feature = "pictures"), allow(dead_code))]
    pub(super) ocr: Option<&'a Ocr>,
    /// Object numbers of the groups that are off.
    off: HashSet<(u32, i32)>,
    /// What of the current page is lost.
    pub(super) damage: Damage,
    /// Memory for the glyphs of the next page.
    pub(super) spare_glyphs: Cell<Vec<Glyph>>,
}

impl<'a> Document<'a> {
    /// Reads the catalog.
    pub(super) fn new(pdf: &'a Pdf, ledger: Rc<Ledger>, distrusted: Distrusted, ocr: Option<&'a Ocr>) -> Self {
        let off = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).and_then(|root| groups_off(&root));
        Self {
            fonts: FontStore::new(ledger.clone(), distrusted),
            ledger,
            #[cfg(feature = "pictures")]
            drawings: RefCell::default(),
            ocr,
            off: off.unwrap_or_default(),
            damage: Damage::default(),
            spare_glyphs: Cell::default(),
        }
    }

    /// Holds an image of the current page, where scans are read.
    #[cfg(feature = "pictures")]
    pub(super) fn hold(&self, stream: Option<&Stream<'a>>, place: Matrix) {
        let mut drawings = self.drawings.borrow_mut();
        if let (Some(stream), true) = (stream, self.ocr.is_some() && drawings.len() < MAX_STRIPS) {
            drawings.push(Drawing { stream: stream.clone(), place });
        }
    }

    /// Holds nothing: scans are not read.
    #[cfg(not(feature = "pictures"))]
    pub(super) fn hold(&self, _: Option<&Stream<'a>>, _: Matrix) {}

    /// The data of a content stream of the current page.
    pub(super) fn unpack(&self, stream: &Stream<'a>, budget: &mut Budget) -> Option<Cow<'a, [u8]>> {
        let Some(data) = unpack(stream, &self.ledger) else {
            self.damage.lose(Loss::Broken);
            return None;
        };
        if !data.is_whole {
            self.damage.lose(Loss::Broken);
        }
        if data.is_cut {
            budget.cut("a stream that inflates to more than it may");
        }
        Some(data.bytes)
    }

    /// Whether the optional content group, or membership, under a key of a dictionary is shown.
    pub(super) fn is_content_shown(&self, dict: &Dict<'_>, key: impl AsRef<[u8]>) -> bool {
        if self.off.is_empty() {
            return true;
        }
        let key = key.as_ref();
        if let Some(group) = dict.get_ref(key)
            && self.is_off(group)
        {
            return false;
        }
        match dict.get::<Dict<'_>>(key) {
            Some(group) if group.get::<Name<'_>>("Type").as_deref() == Some(b"OCMD") => self.is_member_shown(&group),
            _ => true,
        }
    }

    fn is_off(&self, group: ObjRef) -> bool {
        self.off.contains(&(group.obj_number, group.gen_number))
    }

    fn is_member_shown(&self, membership: &Dict<'_>) -> bool {
        let mut groups = Vec::new();
        if let Some(array) = membership.get::<Array<'_>>("OCGs") {
            groups.extend(array.raw_iter().filter_map(|item| item.as_obj_ref()).take(MAX_GROUPS));
        } else if let Some(group) = membership.get_ref("OCGs") {
            groups.push(group);
        }
        let (mut n_on, mut n_off) = (0, 0);
        for group in groups {
            if self.is_off(group) { n_off += 1 } else { n_on += 1 }
        }
        match membership.get::<Name<'_>>("P").as_deref() {
            Some(b"AllOn") => n_off == 0,
            Some(b"AnyOff") => n_off > 0,
            Some(b"AllOff") => n_on == 0,
            _ => n_on > 0 || n_off == 0,
        }
    }
}

fn groups_off(root: &Dict<'_>) -> Option<HashSet<(u32, i32)>> {
    let properties = root.get::<Dict<'_>>("OCProperties")?;
    let config = properties.get::<Dict<'_>>("D")?;
    let references = |dict: &Dict<'_>, key: &str| -> Vec<(u32, i32)> {
        let array = dict.get::<Array<'_>>(key).unwrap_or_default();
        let refs = array.raw_iter().filter_map(|item: MaybeRef<Object<'_>>| item.as_obj_ref());
        refs.map(|r| (r.obj_number, r.gen_number)).collect()
    };
    let mut off = HashSet::new();
    if config.get::<Name<'_>>("BaseState").as_deref() == Some(b"OFF") {
        off.extend(references(&properties, "OCGs"));
        for group in references(&config, "ON") {
            off.remove(&group);
        }
    }
    off.extend(references(&config, "OFF"));
    Some(off)
}
