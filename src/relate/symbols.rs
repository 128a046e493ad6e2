//! Texts that many figures share, each kept once.

use std::collections::HashMap;

/// A text by its number; the first is no text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Symbol(u32);

impl Symbol {
    /// No text.
    pub(super) const NONE: Self = Self(0);

    /// Whether there is a text.
    pub(super) fn is_some(self) -> bool {
        self != Self::NONE
    }
}

/// The texts.
#[derive(Debug, Default)]
pub(super) struct Symbols {
    numbers: HashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
}

impl Symbols {
    /// The symbol of a text, which is kept where it is new.
    pub(super) fn of(&mut self, text: &str) -> Symbol {
        if let Some(number) = self.numbers.get(text) {
            return Symbol(*number);
        }
        self.texts.push(text.into());
        // A library of four thousand million texts does not fit into memory.
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.into(), number);
        Symbol(number)
    }

    /// The symbol of a text that may be missing.
    pub(super) fn of_some(&mut self, text: Option<&str>) -> Symbol {
        text.map_or(Symbol::NONE, |text| self.of(text))
    }

    /// The symbol of a text that some report has.
    pub(super) fn known(&self, text: &str) -> Option<Symbol> {
        self.numbers.get(text).copied().map(Symbol)
    }

    /// The text of a symbol.
    pub(super) fn text(&self, symbol: Symbol) -> Option<&str> {
        self.texts.get((symbol.0 as usize).checked_sub(1)?).map(AsRef::as_ref)
    }
}
