//! Fonts and CMaps of one document, each read once.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use hayro_cmap::{CMap, CMapName, load_embedded};
use hayro_syntax::object::{Array, Dict, ObjRef, Stream};

use super::{PdfFont, names};
use crate::read::Font;
use crate::read::pdf::limits::Ledger;
use crate::read::pdf::stream::unpack;

/// The fonts met so far.
pub(in crate::read::pdf) struct FontStore<'a> {
    /// What the document may still cost.
    pub(super) ledger: Rc<Ledger>,
    /// Whether all that the font being read depends on is there and sound.
    pub(super) is_whole: Cell<bool>,
    loaded: RefCell<HashMap<Key, Rc<PdfFont<'a>>>>,
    listed: RefCell<Vec<Font>>,
    /// Fonts whose ToUnicode maps an earlier reading found to give gibberish.
    distrusted: Distrusted,
    cmaps: RefCell<HashMap<Vec<u8>, Option<Rc<CMap>>>>,
    /// The place in the list by name, bold and italic.
    numbers: RefCell<HashMap<(String, bool, bool), u16>>,
}

/// Fonts whose ToUnicode maps are not to be believed.
#[derive(Default)]
pub(in crate::read::pdf) struct Distrusted(HashSet<Key>);

impl Distrusted {
    /// Whether there is none.
    pub(in crate::read::pdf) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What makes a font dictionary the same one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Object(u32, i32),
    /// A dictionary written in place, by where it stands in the file.
    Place(usize),
}

impl<'a> FontStore<'a> {
    /// No fonts yet; what is known of some of them.
    pub(in crate::read::pdf) fn new(ledger: Rc<Ledger>, distrusted: Distrusted) -> Self {
        Self {
            ledger,
            is_whole: Cell::new(true),
            loaded: RefCell::default(),
            listed: RefCell::default(),
            distrusted,
            cmaps: RefCell::default(),
            numbers: RefCell::default(),
        }
    }

    /// The data of a map, which is kept; one that is cut off is of no use.
    pub(super) fn unpack_map<'s>(&self, stream: &Stream<'s>) -> Option<Cow<'s, [u8]>> {
        let data = unpack(stream, &self.ledger);
        if data.as_ref().is_none_or(|data| !data.is_whole) {
            self.is_whole.set(false);
        }
        data.filter(|data| !data.is_cut && self.ledger.keep(data.bytes.len())).map(|data| data.bytes)
    }

    /// The data of a font program; one that is cut off is of no use.
    pub(super) fn unpack<'s>(&self, stream: &Stream<'s>) -> Option<Cow<'s, [u8]>> {
        unpack(stream, &self.ledger).filter(|data| !data.is_cut).map(|data| data.bytes)
    }

    /// The font of an entry of a font resource dictionary.
    pub(in crate::read::pdf) fn get(&self, fonts: &Dict<'a>, name: &[u8]) -> Option<Rc<PdfFont<'a>>> {
        let object = fonts.get_ref(name);
        if let Some(font) = object.and_then(|ObjRef { obj_number, gen_number }| {
            self.loaded.borrow().get(&Key::Object(obj_number, gen_number)).cloned()
        }) {
            return Some(font);
        }
        let dict = fonts.get::<Dict<'a>>(name)?;
        self.load(object, &dict)
    }

    /// The font of a dictionary.
    pub(in crate::read::pdf) fn load(&self, object: Option<ObjRef>, dict: &Dict<'a>) -> Option<Rc<PdfFont<'a>>> {
        let key = match object {
            Some(object) => Key::Object(object.obj_number, object.gen_number),
            None => Key::Place(dict.data().as_ptr() as usize),
        };
        if let Some(font) = self.loaded.borrow().get(&key) {
            return Some(font.clone());
        }
        let font = Rc::new(PdfFont::new(self.list(dict), dict, self, !self.distrusted.0.contains(&key)));
        self.loaded.borrow_mut().insert(key, font.clone());
        Some(font)
    }

    /// The fonts whose ToUnicode maps gave gibberish.
    pub(in crate::read::pdf) fn gibberish(&self) -> Distrusted {
        let loaded = self.loaded.borrow();
        Distrusted(loaded.iter().filter(|(_, font)| font.is_gibberish()).map(|(key, _)| *key).collect())
    }

    /// The index of an equal font in the document's list: subsets of one font are one font.
    fn list(&self, dict: &Dict<'a>) -> u16 {
        let descendant = descendant(dict);
        let descriptor = descendant.as_ref().unwrap_or(dict).get::<Dict<'_>>("FontDescriptor");
        self.number(names::describe(dict, descriptor.as_ref()))
    }

    /// The index of what scanned pages are printed in, whatever that is.
    #[cfg(feature = "pictures")]
    pub(in crate::read::pdf) fn of_scans(&self) -> u16 {
        self.number(Font { name: "scan".to_owned(), bold: false, italic: false })
    }

    fn number(&self, font: Font) -> u16 {
        let mut listed = self.listed.borrow_mut();
        let mut numbers = self.numbers.borrow_mut();
        if let Some(number) = numbers.get(&(font.name.clone(), font.bold, font.italic)) {
            return *number;
        }
        // Fonts beyond what an index can hold are all one.
        let Ok(number) = u16::try_from(listed.len()) else { return u16::MAX };
        numbers.insert((font.name.clone(), font.bold, font.italic), number);
        listed.push(font);
        number
    }

    /// A predefined CMap.
    pub(super) fn predefined(&self, name: &[u8]) -> Option<Rc<CMap>> {
        if let Some(known) = self.cmaps.borrow().get(name) {
            return known.clone();
        }
        let cmap = load_embedded(CMapName::from_bytes(name)).and_then(|data| CMap::parse(data, load_embedded));
        let cmap = cmap.map(Rc::new);
        self.cmaps.borrow_mut().insert(name.to_vec(), cmap.clone());
        cmap
    }

    /// The name of a listed font.
    pub(in crate::read::pdf) fn name(&self, index: u16) -> String {
        self.listed.borrow().get(usize::from(index)).map(|font| font.name.clone()).unwrap_or_default()
    }

    /// All fonts, in the order of first use.
    pub(in crate::read::pdf) fn into_listed(self) -> Vec<Font> {
        self.listed.into_inner()
    }
}

/// The CID font of a composite font.
pub(super) fn descendant<'a>(font: &Dict<'a>) -> Option<Dict<'a>> {
    let array = font.get::<Array<'a>>("DescendantFonts");
    match array {
        Some(array) => array.iter::<Dict<'a>>().next(),
        // Some producers forget the array.
        None => font.get::<Dict<'a>>("DescendantFonts"),
    }
}
