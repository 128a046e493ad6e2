//! The data of streams: inflated within limits, and with word of whether it is all there.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;

/// Of a stream packed more than once, at most this much is unpacked: two layers of nothing but zeros blow up a
/// million times.
const MAX_REPACKED: usize = 1 << 20;

/// What is in a stream.
pub(super) struct Data<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    /// False where it breaks off, or where its checksum says that it was changed.
    pub(super) is_whole: bool,
    /// Whether there is more than the limit.
    pub(super) is_cut: bool,
}

/// Unpacks a stream, up to a number of bytes; `None` where nothing can be had of it.
pub(super) fn unpack<'a>(stream: &Stream<'a>, limit: usize) -> Option<Data<'a>> {
    let filters = stream.filters();
    let raw = stream.raw_data();
    let has_predictor = stream.dict().contains_key("DecodeParms") || stream.dict().contains_key("DP");
    match filters.as_slice() {
        [] if !stream.dict().contains_key("Filter") => Some(cut(raw, limit)),
        [Filter::FlateDecode] if !has_predictor => inflate(&raw, limit),
        filters => {
            let packed = |f: &&Filter| matches!(f, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode);
            if filters.iter().filter(packed).count() > 1 && raw.len() > MAX_REPACKED / 1_000 {
                return None;
            }
            stream.decoded_data().ok().map(|bytes| cut(bytes, limit))
        }
    }
}

fn cut(mut bytes: Cow<'_, [u8]>, limit: usize) -> Data<'_> {
    let is_cut = bytes.len() > limit;
    if is_cut {
        match &mut bytes {
            Cow::Borrowed(bytes) => *bytes = bytes.get(..limit).unwrap_or_default(),
            Cow::Owned(bytes) => bytes.truncate(limit),
        }
    }
    Data { bytes, is_whole: true, is_cut }
}

/// Inflates what can be inflated.
fn inflate(raw: &[u8], limit: usize) -> Option<Data<'static>> {
    // Some writers leave a line end before the data.
    let packed = raw.trim_ascii_start();
    let packed = if packed.first().is_some_and(|b| b & 0x0f == 8) { packed } else { raw };
    let mut bytes = Vec::new();
    let is_whole = read_up_to(ZlibDecoder::new(packed), limit, &mut bytes);
    if !is_whole {
        // With a wrong checksum or header the data itself may be sound; it is read as far as it goes.
        for skip in [2, 0] {
            let mut bare = Vec::new();
            read_up_to(DeflateDecoder::new(packed.get(skip..).unwrap_or_default()), limit, &mut bare);
            if bare.len() > bytes.len() {
                bytes = bare;
            }
        }
        if bytes.is_empty() {
            return None;
        }
    }
    let is_cut = bytes.len() > limit;
    bytes.truncate(limit);
    Some(Data { bytes: Cow::Owned(bytes), is_whole, is_cut })
}

/// Reads one byte more than the limit at most; false where reading ended in an error.
fn read_up_to(decoder: impl Read, limit: usize, bytes: &mut Vec<u8>) -> bool {
    decoder.take((limit as u64).saturating_add(1)).read_to_end(bytes).is_ok()
}
