//! What codes of a composite font were found to mean: each is worked out once.

use std::collections::HashMap;

use super::Shown;
use super::composite::CompositeFont;

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
