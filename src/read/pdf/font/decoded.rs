//! What codes of a composite font were found to mean: each is worked out once.

use std::collections::{BTreeSet, HashMap};

use super::Shown;
use super::composite::CompositeFont;
use crate::read::UnicodeSource;

/// The codes met so far.
#[derive(Default)]
pub(super) struct Decoded {
    shown: Vec<Shown>,
    /// By first byte: what is known of codes whose first bytes alone tell their length.
    leads: Vec<Lead>,
    /// All others, by code and length.
    others: HashMap<(u32, usize), u32>,
}

/// Codes that begin with one byte; numbers are places in `shown` counted from 1, 0 is not known yet.
#[derive(Clone, Default)]
struct Lead {
    /// The code of this byte alone.
    one: u32,
    /// The codes of two bytes, by the second.
    two: Option<Box<[u32; 256]>>,
}

impl Decoded {
    /// The first code of a string: what it shows, the code and its length.
    pub(super) fn next(&mut self, bytes: &[u8], font: &CompositeFont<'_>) -> Option<(&Shown, u32, usize)> {
        let (place, code, len) = match self.known(bytes) {
            Some(known) => known,
            None => {
                let (code, len) = font.next_code(bytes)?;
                (self.place(code, len, font), code, len)
            }
        };
        Some((self.shown.get(place as usize - 1)?, code, len))
    }

    /// Whether what ToUnicode said of the codes met so far makes no text: more accented letters than plain ones, and
    /// signs among them that no language mixes. Programs that merge subsets of fonts leave such maps behind. A map that
    /// is wrong in few places is believed: what it gives can still be told by a reader, and sums guard the digits.
    pub(super) fn is_gibberish(&self) -> bool {
        /// Letters and signs of Latin-1 that hardly any text has; a text has one or two of them at most.
        const ODD: &str = "¯¶½¾¿ÐÞßðýþÿ÷";
        const MIN_ODD: usize = 3;
        /// Of all characters, one in so many is accented.
        const MOSTLY: usize = 5;
        let chars: BTreeSet<char> =
            self.shown.iter().filter(|s| s.text.source == UnicodeSource::ToUnicode).map(|s| s.text.ch).collect();
        let n_of = |kind: fn(char) -> bool| chars.iter().filter(|ch| kind(**ch)).count();
        let n_odd = n_of(|ch| ODD.contains(ch));
        let n_accented = n_of(|ch| ('\u{a1}'..='\u{24f}').contains(&ch) && ch.is_alphanumeric());
        let n_plain = n_of(|ch| ch.is_ascii_alphabetic());
        n_odd >= MIN_ODD && n_accented > n_plain && n_accented * MOSTLY >= chars.len()
    }

    fn known(&self, bytes: &[u8]) -> Option<(u32, u32, usize)> {
        let first = *bytes.first()?;
        let lead = self.leads.get(usize::from(first))?;
        if lead.one != 0 {
            return Some((lead.one, u32::from(first), 1));
        }
        let second = *bytes.get(1)?;
        let place = lead.two.as_ref()?[usize::from(second)];
        (place != 0).then_some((place, u32::from(first) << 8 | u32::from(second), 2))
    }

    fn place(&mut self, code: u32, len: usize, font: &CompositeFont<'_>) -> u32 {
        if let Some(place) = self.others.get(&(code, len)) {
            return *place;
        }
        self.shown.push(font.show(code, len as u8));
        let place = self.shown.len() as u32;
        if self.leads.is_empty() {
            self.leads = vec![Lead::default(); 256];
        }
        let [.., high, low] = code.to_be_bytes();
        match len {
            1 if font.is_settled(code, 1) => self.leads[usize::from(low)].one = place,
            2 if font.is_settled(code, 2) => {
                self.leads[usize::from(high)].two.get_or_insert_with(|| Box::new([0; 256]))[usize::from(low)] = place;
            }
            _ => {
                self.others.insert((code, len), place);
            }
        }
        place
    }
}
