//! The data of streams: inflated within limits, and with word of whether it is all there.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Filter;
use hayro_syntax::object::{Dict, Object, Stream};

use super::ascii;
use super::limits::Ledger;

/// A stream packed more than once may be this long: two layers of nothing but zeros blow up a million times.
const MAX_REPACKED: usize = 1 << 10;

/// How many times as large content usually becomes, so that one piece of memory holds it.
const USUAL_RATIO: usize = 8;
/// The smallest piece of memory that is asked for.
const MIN_ROOM: usize = 1 << 10;

/// What is in a stream.
pub(super) struct Data<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    /// False where it breaks off, or where its checksum says that it was changed.
    pub(super) is_whole: bool,
    /// Whether there is more than may be unpacked.
    pub(super) is_cut: bool,
}

/// Unpacks a stream within the limits of its document; `None` where nothing can be had of it.
pub(super) fn unpack<'a>(stream: &Stream<'a>, ledger: &Ledger) -> Option<Data<'a>> {
    let raw = stream.raw_data();
    let limit = ledger.bytes_of(raw.len());
    let data = unpack_up_to(stream, raw, limit);
    ledger.inflated(data.as_ref().map_or(0, |data| data.bytes.len()));
    data
}

fn unpack_up_to<'a>(stream: &Stream<'a>, raw: Cow<'a, [u8]>, limit: usize) -> Option<Data<'a>> {
    if stream.filters().is_empty() && !stream.dict().contains_key("Filter") {
        return Some(cut(raw, limit));
    }
    let (bytes, filters) = unspelt(stream, raw);
    let rest = filters.as_slice();
    let predictor = has_predictor(stream.dict());
    match rest {
        [] => Some(cut(bytes, limit)),
        [Filter::FlateDecode] if !predictor => inflate(&bytes, limit),
        [Filter::FlateDecode] => {
            // Undoing a prediction makes nothing larger.
            let data = inflate(&bytes, limit)?;
            if data.is_cut { Some(data) } else { decoded(stream, limit) }
        }
        [Filter::LzwDecode] if lzw_length(&bytes, limit) > limit => {
            Some(Data { bytes: Cow::default(), is_whole: true, is_cut: true })
        }
        [Filter::LzwDecode] => decoded(stream, limit),
        // Each byte of a run stands for less than a hundred.
        [Filter::RunLengthDecode] if bytes.len() <= limit / 100 => decoded(stream, limit),
        _ if bytes.len() <= MAX_REPACKED => decoded(stream, limit),
        _ => None,
    }
}

/// What is left of a stream's data, and of its filters, without those that spell bytes in letters and make nothing larger.
pub(super) fn unspelt<'a>(stream: &Stream<'a>, raw: Cow<'a, [u8]>) -> (Cow<'a, [u8]>, Vec<Filter>) {
    let mut filters = stream.filters().to_vec();
    let mut bytes = raw;
    while let Some(first @ (Filter::Ascii85Decode | Filter::AsciiHexDecode | Filter::Crypt)) = filters.first() {
        match first {
            Filter::Ascii85Decode => bytes = Cow::Owned(ascii::base85(&bytes)),
            Filter::AsciiHexDecode => bytes = Cow::Owned(ascii::hex(&bytes)),
            // The raw data is deciphered already.
            _ => {}
        }
        filters.remove(0);
    }
    (bytes, filters)
}

fn decoded<'a>(stream: &Stream<'a>, limit: usize) -> Option<Data<'a>> {
    stream.decoded_data().ok().map(|bytes| cut(bytes, limit))
}

/// Whether bytes were stored as their differences from their neighbours.
fn has_predictor(dict: &Dict<'_>) -> bool {
    let says_so = |params: &Dict<'_>| params.get::<i32>("Predictor").is_some_and(|predictor| predictor > 1);
    ["DecodeParms", "DP"].iter().any(|key| match dict.get::<Object<'_>>(key) {
        Some(Object::Dict(params)) => says_so(&params),
        Some(Object::Array(array)) => array.iter::<Dict<'_>>().any(|params| says_so(&params)),
        _ => false,
    })
}

/// How long LZW data is when unpacked, or more than a limit.
pub(super) fn lzw_length(packed: &[u8], limit: usize) -> usize {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut lengths = vec![1_usize; 4096];
    let (mut next, mut before, mut total) = (END + 1, None, 0_usize);
    let (mut held, mut n_held) = (0_u32, 0);
    for byte in packed {
        held = held << 8 | u32::from(*byte);
        n_held += 8;
        let width = match next {
            0..=510 => 9,
            511..=1022 => 10,
            1023..=2046 => 11,
            _ => 12,
        };
        if n_held < width {
            continue;
        }
        n_held -= width;
        let code = (held >> n_held) as usize & ((1 << width) - 1);
        held &= (1 << n_held) - 1;
        if code == CLEAR {
            (next, before) = (END + 1, None);
            continue;
        }
        if code == END || total > limit {
            break;
        }
        let length = match before {
            Some(before) if code >= next => before + 1,
            _ => lengths.get(code).copied().unwrap_or(1),
        };
        total = total.saturating_add(length);
        if let (Some(before), Some(slot)) = (before, lengths.get_mut(next)) {
            *slot = before + 1;
            next += 1;
        }
        before = Some(length);
    }
    total
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
pub(super) fn inflate(raw: &[u8], limit: usize) -> Option<Data<'static>> {
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

/// How long packed data is when inflated, or more than a limit, and whether it is whole up to there; nothing of it is kept.
pub(super) fn inflated_length(packed: &[u8], limit: usize) -> (usize, bool) {
    let mut decoder = Decompress::new(true);
    let mut buffer = vec![0; 1 << 16];
    let length = |decoder: &Decompress| usize::try_from(decoder.total_out()).unwrap_or(usize::MAX);
    loop {
        let (n_in, n_out) = (decoder.total_in(), decoder.total_out());
        let rest = usize::try_from(n_in).ok().and_then(|n| packed.get(n..)).unwrap_or_default();
        let status = decoder.decompress(rest, &mut buffer, FlushDecompress::None);
        let is_stuck = decoder.total_in() == n_in && decoder.total_out() == n_out;
        if !matches!(status, Ok(Status::Ok | Status::BufError)) || is_stuck || length(&decoder) > limit {
            let is_whole = matches!(status, Ok(Status::StreamEnd)) || length(&decoder) > limit;
            return (length(&decoder), is_whole);
        }
    }
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
