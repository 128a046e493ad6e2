//! How large an image becomes when it is decoded, told before it is: a few bytes may claim more pixels than there is memory.

use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Object, Stream};

use super::stream::{inflate, inflated_length, lzw_length, unspelt};

/// An image that is packed again may take so many bytes, packed once.
const MAX_PACKED: usize = 64 << 20;
/// Images may have this many bytes more than their size asks for.
const SPARE: usize = 1 << 16;
/// Parts of a JPEG 2000 image, as many as its format can number.
const MAX_TILES: usize = 1 << 16;
/// The fax filter's width where none is told.
const FAX_COLUMNS: usize = 1728;

/// What an image's dictionary says of it.
pub(super) struct Claim {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Of one pixel, all channels together.
    pub(super) bits: usize,
}

/// Whether an image can be decoded within so many pixels, of which none takes more than four bytes.
pub(super) fn is_within(stream: &Stream<'_>, claim: &Claim, max_pixels: usize) -> bool {
    let row = claim.width.saturating_mul(claim.bits).div_ceil(8);
    // A byte a row says how its bytes were predicted.
    let size = row.saturating_add(1).saturating_mul(claim.height);
    if size > max_pixels.saturating_mul(4).saturating_add(claim.height) {
        return false;
    }
    let limit = size.saturating_mul(2).saturating_add(SPARE);
    let (mut bytes, filters) = unspelt(stream, stream.raw_data());
    let mut filters = filters.as_slice();
    while let [Filter::FlateDecode, rest @ ..] = filters
        && !rest.is_empty()
    {
        match inflate(&bytes, MAX_PACKED) {
            Some(data) if !data.is_cut => bytes = data.bytes,
            _ => return false,
        }
        filters = rest;
    }
    match filters {
        [] => true,
        [Filter::DctDecode] => jpeg(&bytes, max_pixels),
        [Filter::FlateDecode] => inflated_length(&bytes, limit).0 <= limit,
        [Filter::LzwDecode] => lzw_length(&bytes, limit) <= limit,
        // Each byte of a run stands for less than a hundred.
        [Filter::RunLengthDecode] => bytes.len() <= limit,
        [Filter::CcittFaxDecode] => columns(stream.dict()).saturating_mul(claim.height) <= max_pixels,
        [Filter::Jbig2Decode] => jbig2(&bytes).is_some_and(|n| n <= max_pixels),
        [Filter::JpxDecode] => jpx(&bytes, max_pixels),
        _ => false,
    }
}

/// The widest row that the parameters of any filter ask for.
fn columns(dict: &Dict<'_>) -> usize {
    let of = |params: &Dict<'_>| params.get::<usize>("Columns");
    let told = ["DecodeParms", "DP"].iter().filter_map(|key| match dict.get::<Object<'_>>(key)? {
        Object::Dict(params) => of(&params),
        Object::Array(array) => largest(&array, of),
        _ => None,
    });
    told.max().unwrap_or(FAX_COLUMNS)
}

fn largest(array: &Array<'_>, of: impl Fn(&Dict<'_>) -> Option<usize>) -> Option<usize> {
    array.iter::<Object<'_>>().filter_map(|item| if let Object::Dict(params) = item { of(&params) } else { None }).max()
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(N)?)?;
    Some(bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

/// Whether a JPEG keeps to so many pixels. Its first frame may say what it likes: writers are known that left the height
/// open, and the decoder makes it no larger than the dictionary says. A second frame would be taken as it is.
fn jpeg(bytes: &[u8], max_pixels: usize) -> bool {
    let (mut at, mut n_frames) = (2, 0);
    while let Some(marker) = number::<2>(bytes, at) {
        match marker {
            0xffff => at += 1,
            0xffda => return n_frames > 0,
            0xff01..=0xffcf | 0xffdb..=0xfffe => {
                let is_small = is_frame(marker) && pixels(bytes, at).is_some_and(|n| n <= max_pixels);
                if is_frame(marker) && n_frames > 0 && !is_small {
                    return false;
                }
                n_frames += usize::from(is_frame(marker));
                let Some(length) = number::<2>(bytes, at + 2) else { return false };
                at += 2 + length;
            }
            // Out of step, what the decoder takes for a frame is not known: none may be too large.
            _ => {
                let mut starts =
                    memchr::memchr_iter(0xff, bytes).filter(|at| number::<2>(bytes, *at).is_some_and(is_frame));
                return starts.all(|at| pixels(bytes, at).is_none_or(|n| n <= max_pixels));
            }
        }
    }
    false
}

/// Whether a marker begins a frame.
fn is_frame(marker: usize) -> bool {
    matches!(marker, 0xffc0..=0xffc3 | 0xffc5..=0xffc7 | 0xffc9..=0xffcb | 0xffcd..=0xffcf)
}

/// Pixels of the frame at a place.
fn pixels(bytes: &[u8], at: usize) -> Option<usize> {
    Some(number::<2>(bytes, at + 5)? * number::<2>(bytes, at + 7)?)
}

/// Pixels of the largest page or region of an image as JBIG2 (ISO/IEC 14492, 7.2 to 7.4); `None` where that is not told.
fn jbig2(bytes: &[u8]) -> Option<usize> {
    const UNKNOWN: usize = 0xffff_ffff;
    let (mut at, mut most, mut has_page, mut n_rows) = (0_usize, 0_usize, false, 0_usize);
    while let Some(segment) = number::<4>(bytes, at) {
        let kind = number::<1>(bytes, at + 4)?;
        let mut n_referred = number::<1>(bytes, at + 5)? >> 5;
        at += 6;
        if n_referred == 7 {
            n_referred = number::<4>(bytes, at - 1)? & 0x1fff_ffff;
            at += 3 + (n_referred + 1).div_ceil(8);
        }
        at = at.checked_add(n_referred.checked_mul(match segment {
            ..=256 => 1,
            257..=65_536 => 2,
            _ => 4,
        })?)?;
        at += if kind & 0x40 == 0 { 1 } else { 4 };
        let length = number::<4>(bytes, at)?;
        at += 4;
        // Where a segment ends by its content, what follows it is not seen from here.
        let end = at.checked_add(length).filter(|_| length != UNKNOWN)?;
        match kind & 0x3f {
            // A page, and the regions on it.
            kind @ (4..=7 | 20..=23 | 36..=43 | 48) => {
                let (width, height) = (number::<4>(bytes, at)?, number::<4>(bytes, at + 4)?);
                if height != UNKNOWN {
                    n_rows = n_rows.max(height);
                }
                has_page |= kind == 48;
                most = most.max(width);
            }
            // The end of a stripe.
            50 => n_rows = n_rows.max(number::<4>(bytes, at)? + 1),
            _ => {}
        }
        at = end;
    }
    has_page.then(|| most.saturating_mul(n_rows))
}

/// Whether each JPEG 2000 codestream in an image keeps to so many pixels (ISO/IEC 15444-1, A.5.1).
fn jpx(bytes: &[u8], max_pixels: usize) -> bool {
    const START: [u8; 4] = [0xff, 0x4f, 0xff, 0x51];
    let mut starts = memchr::memmem::find_iter(bytes, &START).peekable();
    let is_within = |at: usize| {
        let of = |i: usize| number::<4>(bytes, at + 8 + 4 * i);
        let sizes = [of(0)?, of(1)?, of(4)?, of(5)?];
        let n_tiles = sizes[0].div_ceil(sizes[2].max(1)).saturating_mul(sizes[1].div_ceil(sizes[3].max(1)));
        let n_channels = number::<2>(bytes, at + 40)?;
        Some(sizes[0].saturating_mul(sizes[1]) <= max_pixels && n_tiles <= MAX_TILES && n_channels <= 4)
    };
    starts.peek().is_some() && starts.all(|at| is_within(at) == Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page's segment, and one of a region.
    fn page(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (number, kind, length) in [(0_u32, 48, 19_u32), (1, 38, 18)] {
            bytes.extend(number.to_be_bytes());
            bytes.extend([kind, 0, 1]);
            bytes.extend(length.to_be_bytes());
            bytes.extend(width.to_be_bytes());
            bytes.extend(height.to_be_bytes());
            bytes.resize(bytes.len() + length as usize - 8, 0);
        }
        bytes
    }

    #[test]
    fn a_fax_page_tells_its_pixels_and_one_that_hides_them_none() {
        assert_eq!(jbig2(&page(1654, 2339)), Some(1654 * 2339));
        assert_eq!(jbig2(&page(65_535, 65_535)), Some(65_535 * 65_535));
        assert_eq!(jbig2(&[]), None);
        let mut endless = page(16, 16);
        endless[7..11].copy_from_slice(&[0xff; 4]);
        assert_eq!(jbig2(&endless), None);
    }

    #[test]
    fn a_photograph_may_leave_its_height_open_but_hides_no_second_one() {
        let frame =
            |height: u16| [&[0xff, 0xc0, 0, 11, 8][..], &height.to_be_bytes(), &[9, 0xb0, 1, 1, 0x11, 0]].concat();
        let photograph = |parts: &[Vec<u8>]| [&[0xff, 0xd8][..], &parts.concat(), &[0xff, 0xda]].concat();
        // A table of colours is no frame, whatever its bytes.
        let table = [&[0xff, 0xe2, 0, 15][..], &frame(0xffff)].concat();
        let most = 40_000_000;
        assert!(jpeg(&photograph(&[frame(0xffff)]), most));
        assert!(jpeg(&photograph(&[table, frame(3508)]), most));
        assert!(!jpeg(&photograph(&[frame(80), frame(0xffff)]), most));
        assert!(jpeg(&photograph(&[vec![0], frame(3508)]), most));
        assert!(!jpeg(&photograph(&[vec![0], frame(0xffff)]), most));
    }

    #[test]
    fn a_picture_of_too_many_pixels_or_tiles_is_told_before_it_is_decoded() {
        let picture = |size: [u32; 2], tile: [u32; 2]| {
            let mut bytes = vec![0, 0, 0xff, 0x4f, 0xff, 0x51, 0, 47, 0, 0];
            for number in [size[0], size[1], 0, 0, tile[0], tile[1], 0, 0] {
                bytes.extend(number.to_be_bytes());
            }
            bytes.extend([0, 3]);
            bytes
        };
        let most = 40_000_000;
        assert!(jpx(&picture([2480, 3508], [2480, 3508]), most));
        assert!(!jpx(&picture([60_000, 60_000], [60_000, 60_000]), most));
        assert!(!jpx(&picture([2480, 3508], [1, 1]), most));
        assert!(!jpx(&[picture([8, 8], [8, 8]), picture([60_000, 60_000], [1024, 1024])].concat(), most));
        assert!(!jpx(b"no picture", most));
    }
}
