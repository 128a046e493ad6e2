//! Why the column of an amount is no more than the likeliest of several, and the note that says so.

use crate::note::{Note, NoteKind};
use crate::segment::TableRow;

/// What makes the place of a text doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// Blank cells left no trace, and the row fits its columns in more than one way.
    BlanksLost,
    /// Another reading of the header is as likely.
    HeaderRivalled,
    /// The header has a name that no report prints: two names in one, a sentence, a piece of a name.
    HeaderUnlikely,
    /// Columns hold other things than their names say.
    HeaderMisfit,
    /// Sums that the header or the rows promise do not hold.
    SumsBroken,
    /// The row, or one beside it, has lost its name or a part of it.
    NamesTorn,
    /// Amounts were cut in two or have run together.
    NumbersTorn,
    /// Nothing but the order of the amounts tells their columns.
    PlacesUnclear,
    /// The order of the text does not show what stands in one row, or which title stands over which table.
    OrderUnclear,
    /// Models read the header from a picture, and nothing else bears it out.
    HeaderUnproven,
    /// Models read the name or code of the row from a picture, and it may say something else.
    NameUnproven,
    /// A stamp, a stroke of a pen, a hole or a shadow lies over the amount in a picture.
    Covered,
}

impl Doubt {
    /// The word for it in what `mingzhang dump` prints.
    pub fn code(self) -> &'static str {
        self.told().0
    }

    /// A sentence about the row of this name.
    fn sentence(self, row: &str) -> String {
        self.told().1.replace("{row}", row)
    }

    /// Its word and its sentence.
    fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::BlanksLost => ("blanks-lost", "blank cells are lost in the row `{row}`"),
            Self::HeaderRivalled => ("header-rivalled", "the header over the row `{row}` can be read in another way"),
            Self::HeaderUnlikely => ("header-unlikely", "names have run together in the header over the row `{row}`"),
            Self::HeaderMisfit => {
                ("header-misfit", "the header over the row `{row}` says other things than its columns hold")
            }
            Self::SumsBroken => ("sums-broken", "sums that the columns of the row `{row}` promise do not hold"),
            Self::NamesTorn => ("names-torn", "names are torn or lost at the row `{row}`"),
            Self::NumbersTorn => ("numbers-torn", "amounts are cut or have run together at the row `{row}`"),
            Self::PlacesUnclear => ("places-unclear", "order alone tells the columns of the row `{row}`"),
            Self::OrderUnclear => {
                ("order-unclear", "the order of the text does not show what stands in the row `{row}`")
            }
            Self::HeaderUnproven => {
                ("header-unproven", "nothing bears out what was read of the header over the row `{row}`")
            }
            Self::NameUnproven => ("name-unproven", "what names the row `{row}` may say something else"),
            Self::Covered => ("covered", "something lies over amounts of the row `{row}`"),
        }
    }
}

/// One note for each row with a text whose column is doubtful.
pub fn note(rows: &[TableRow], notes: &mut Vec<Note>) {
    for row in rows {
        let doubtful = || row.cells.iter().flatten().filter(|cell| cell.doubt.is_some());
        let Some(doubt) = doubtful().find_map(|cell| cell.doubt) else { continue };
        let texts: Vec<&str> = doubtful().map(|cell| cell.text.as_str()).collect();
        let name = row.cells.iter().flatten().find(|cell| cell.doubt.is_none()).map_or("", |cell| cell.text.trim());
        let message = format!("{}: the columns of {} are the likeliest", doubt.sentence(name), texts.join(", "));
        notes.push(Note::new(NoteKind::ColumnGuessed, message, row.provenance));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provenance::Provenance;
    use crate::segment::Cell;

    #[test]
    fn a_note_tells_the_reason_the_row_and_what_is_doubtful_in_it() {
        let cell = |text: &str, doubt| {
            let provenance = Provenance::page(3);
            Some(Cell { text: text.into(), provenance, n_columns: 1, n_rows: 1, doubt, inset: None })
        };
        let doubtful = Some(Doubt::HeaderRivalled);
        let row = TableRow {
            cells: vec![cell("甲", None), cell("1.00", doubtful), None, cell("2.00", doubtful)],
            provenance: Provenance::page(3),
        };
        let sound = TableRow { cells: vec![cell("乙", None), cell("3.00", None)], provenance: Provenance::page(3) };
        let mut notes = Vec::new();
        note(&[row, sound], &mut notes);
        let messages: Vec<&str> = notes.iter().map(|note| note.message.as_str()).collect();
        assert_eq!(
            messages,
            ["the header over the row `甲` can be read in another way: the columns of 1.00, 2.00 are the likeliest"]
        );
    }
}
