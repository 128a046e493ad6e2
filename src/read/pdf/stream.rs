//! The data of streams: inflated within limits, and with word of whether it is all there.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;

/// Of a stream packed more than once, at most this much is unpacked: two layers of nothing but zeros blow up a
/// million times.
const MAX_REPACKED: usize = 1 << 20;

/// How many times as large content usually becomes, so that one piece of memory holds it.
const USUAL_RATIO: usize = 6;
/// The smallest piece of memory that is asked for.
const MIN_ROOM: usize = 1 << 10;

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
    let is_whole = inflate_up_to(packed, true, limit, &mut bytes);
    if !is_whole {
        // With a wrong checksum or header the data itself may be sound; it is read as far as it goes.
        for skip in [2, 0] {
            let mut bare = Vec::new();
            inflate_up_to(packed.get(skip..).unwrap_or_default(), false, limit, &mut bare);
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

/// Inflates until there is more than the limit; false where the data is damaged or breaks off before.
fn inflate_up_to(packed: &[u8], has_header: bool, limit: usize, bytes: &mut Vec<u8>) -> bool {
    let mut decoder = Decompress::new(has_header);
    loop {
        // One more than the limit tells that there is more.
        let room = bytes.len().max(packed.len().saturating_mul(USUAL_RATIO)).max(MIN_ROOM);
        bytes.reserve(room.min(limit.saturating_add(1).saturating_sub(bytes.len())));
        let (n_in, n_out) = (decoder.total_in(), bytes.len());
        let rest = usize::try_from(n_in).ok().and_then(|n| packed.get(n..)).unwrap_or_default();
        match decoder.decompress_vec(rest, bytes, FlushDecompress::None) {
            Ok(Status::StreamEnd) => return true,
            Err(_) => return false,
            Ok(_) if bytes.len() > limit => return true,
            Ok(_) if decoder.total_in() == n_in && bytes.len() == n_out => return false,
            Ok(_) => {}
        }
    }
}
