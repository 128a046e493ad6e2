//! The operators of a content stream, with word of whether all of it could be read.

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;

/// A tag that is put behind the content: unless it is what is read last, reading broke off before the end.
const END: &[u8] = b"mingzhang-end";
/// Unreadable operators in a row after which the rest is given up.
const MAX_UNREADABLE: usize = 100;

/// The bytes of a content stream, marked at their end.
pub(super) struct Content {
    bytes: Vec<u8>,
}

impl Content {
    /// Marks the end of some content.
    pub(super) fn new(mut bytes: Vec<u8>) -> Self {
        bytes.extend_from_slice(b"\n/");
        bytes.extend_from_slice(END);
        bytes.extend_from_slice(b" MP\n");
        Self { bytes }
    }

    /// How many bytes it has.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Hands on operators until there is no more, or `each` says stop; false where some could not be read.
    pub(super) fn read(&self, mut each: impl FnMut(TypedInstruction<'_, '_>) -> bool) -> bool {
        let mut operations = TypedIter::new(&self.bytes);
        let (mut n_unreadable, mut is_sound, mut at_end) = (0, true, false);
        while n_unreadable < MAX_UNREADABLE {
            match operations.next() {
                Some(operation) => {
                    is_sound &= n_unreadable == 0;
                    n_unreadable = 0;
                    at_end =
                        matches!(&operation, TypedInstruction::MarkedContentPoint(point) if point.0.as_ref() == END);
                    if !each(operation) {
                        return is_sound;
                    }
                }
                // A path operator without its operands, or more operands than any operator takes: what
                // follows can still be read.
                None => n_unreadable += 1,
            }
        }
        is_sound && at_end
    }
}
