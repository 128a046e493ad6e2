//! The picture that a scanned page shows: its images, decoded and put where they stand on the page as seen.

use hayro_syntax::object::stream::{ImageColorSpace, ImageDecodeParams};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::matrix::Matrix;
use super::picture_size::{self, Claim};
use crate::geom::Rect;
use crate::read::scan::Raster;

/// More pixels than this of a page's images are not decoded.
pub(super) const MAX_PIXELS: usize = 40_000_000;
/// A page is put together from no more: A3 at 300 an inch.
const MAX_PAGE: f64 = 18_000_000.0;
/// The most pixels a point that a page is put together at: 300 a inch.
const MAX_SCALE: f64 = 300.0 / 72.0;
/// The fewest: coarser pictures are enlarged to it.
const MIN_SCALE: f64 = 1.5;
/// Pictures of more inks than this are no scans.
const MAX_CHANNELS: usize = 8;
/// Images of a page of strips.
pub(super) const MAX_STRIPS: usize = 400;

/// An image as a page draws it.
#[derive(Clone)]
pub(super) struct Drawing<'a> {
    pub(super) stream: Stream<'a>,
    /// From the unit square to the page as seen.
    pub(super) place: Matrix,
}

/// Decoded pixels, a byte a channel.
struct Pixels {
    raster: Raster,
    /// Paints black where it is dark, and nothing elsewhere.
    is_mask: bool,
}

/// The page's picture with its pixels a point; `None` where no image can be decoded.
pub(super) fn picture(drawings: &[Drawing<'_>], page: Rect) -> Option<(Raster, f32)> {
    let mut decoded: Vec<(Pixels, Matrix)> = Vec::new();
    let mut n_left = MAX_PIXELS;
    for drawing in drawings.iter().take(MAX_STRIPS) {
        let Some(pixels) = decode(&drawing.stream, n_left) else { continue };
        n_left = n_left.saturating_sub(pixels.raster.width * pixels.raster.height);
        decoded.push((pixels, drawing.place));
    }
    let densities = decoded.iter().map(|(pixels, place)| {
        let wide = (place.a.powi(2) + place.b.powi(2)).sqrt();
        let high = (place.c.powi(2) + place.d.powi(2)).sqrt();
        (pixels.raster.width as f64 / wide.max(1e-3)).max(pixels.raster.height as f64 / high.max(1e-3))
    });
    let area = f64::from(page.width()) * f64::from(page.height());
    let scale = densities.fold(0.0, f64::max).clamp(MIN_SCALE, MAX_SCALE).min((MAX_PAGE / area.max(1.0)).sqrt());
    let (width, height) = (f64::from(page.width()) * scale, f64::from(page.height()) * scale);
    if decoded.is_empty() || !(1.0..1e5).contains(&width) || !(1.0..1e5).contains(&height) {
        return None;
    }
    let (width, height) = (width.round() as usize, height.round() as usize);
    let channels = if decoded.iter().any(|(pixels, _)| pixels.raster.channels == 3) { 3 } else { 1 };
    let mut out = Raster { width, height, channels, pixels: vec![255; width * height * channels] };
    for (pixels, place) in &decoded {
        paint(&mut out, pixels, place, scale);
    }
    Some((out, scale as f32))
}

/// Paints an image where it stands.
fn paint(out: &mut Raster, pixels: &Pixels, place: &Matrix, scale: f64) {
    let det = place.a * place.d - place.b * place.c;
    if det.abs() < 1e-9 || !place.is_finite() {
        return;
    }
    let image = &pixels.raster;
    let (x0, y0, x1, y1) = place.bounds(0.0, 0.0, 1.0, 1.0);
    let clip = |v: f64, end: usize| (v * scale).round().clamp(0.0, end as f64) as usize;
    let (x0, x1, y0, y1) = (clip(x0, out.width), clip(x1, out.width), clip(y0, out.height), clip(y1, out.height));
    // Where the middle of a pixel of the page lies in the image; its first row is at the top of the unit square.
    let (w, h) = (image.width as f64, image.height as f64);
    let (step_u, step_v) = (place.d / det / scale * w, place.b / det / scale * h);
    for y in y0..y1 {
        let dx = (x0 as f64 + 0.5) / scale - place.e;
        let dy = (y as f64 + 0.5) / scale - place.f;
        let mut u = (place.d * dx - place.c * dy) / det * w;
        let mut v = h - (place.a * dy - place.b * dx) / det * h;
        for x in x0..x1 {
            let (column, row) = (u as usize, v as usize);
            if u >= 0.0 && v >= 0.0 && column < image.width && row < image.height {
                let from = (row * image.width + column) * image.channels;
                let to = (y * out.width + x) * out.channels;
                for channel in 0..out.channels {
                    let pixel = image.pixels[from + if image.channels == 3 { channel } else { 0 }];
                    if !pixels.is_mask || pixel < 128 {
                        out.pixels[to + channel] = pixel;
                    }
                }
            }
            u += step_u;
            v += step_v;
        }
    }
}

/// What the numbers of a pixel mean.
enum Colours {
    Gray,
    Rgb,
    Cmyk,
    /// A tint of some ink: 0 is paper.
    Ink(usize),
    Palette(Vec<[u8; 3]>),
}

impl Colours {
    fn n_channels(&self) -> usize {
        match self {
            Self::Gray | Self::Palette(_) => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
            Self::Ink(n) => *n,
        }
    }

    fn of(object: &Object<'_>, depth: usize) -> Option<Self> {
        if depth > 4 {
            return None;
        }
        match object {
            Object::Name(name) => Some(match name.as_ref() {
                b"DeviceRGB" | b"RGB" | b"CalRGB" => Self::Rgb,
                b"DeviceCMYK" | b"CMYK" => Self::Cmyk,
                _ => Self::Gray,
            }),
            Object::Array(array) => {
                let mut items = array.flex_iter();
                let kind = items.next::<Name<'_>>()?;
                match kind.as_ref() {
                    b"ICCBased" => match items.next::<Stream<'_>>()?.dict().get::<u8>("N") {
                        Some(3) => Some(Self::Rgb),
                        Some(4) => Some(Self::Cmyk),
                        _ => Some(Self::Gray),
                    },
                    b"CalRGB" | b"Lab" => Some(Self::Rgb),
                    b"Separation" => Some(Self::Ink(1)),
                    b"DeviceN" => Some(Self::Ink(items.next::<Array<'_>>()?.raw_iter().count().max(1))),
                    b"Indexed" | b"I" => Self::palette(array, depth),
                    _ => Some(Self::Gray),
                }
            }
            _ => None,
        }
    }

    fn palette(array: &Array<'_>, depth: usize) -> Option<Self> {
        let items: Vec<Object<'_>> = array.iter::<Object<'_>>().take(4).collect();
        let base = Self::of(items.get(1)?, depth + 1)?;
        let table = match items.get(3)? {
            Object::String(text) => text.as_bytes().to_vec(),
            Object::Stream(stream) => stream.decoded().ok()?.into_owned(),
            _ => return None,
        };
        Some(Self::Palette(table.chunks_exact(base.n_channels()).take(256).map(|entry| base.rgb(entry)).collect()))
    }

    fn rgb(&self, pixel: &[u8]) -> [u8; 3] {
        match (self, pixel) {
            (Self::Rgb, [r, g, b, ..]) => [*r, *g, *b],
            (Self::Cmyk, [c, m, y, k, ..]) => {
                [c, m, y].map(|ink| ((255 - u16::from(*ink)) * (255 - u16::from(*k)) / 255) as u8)
            }
            (Self::Ink(_), inks) => [255 - inks.iter().copied().max().unwrap_or(0); 3],
            (Self::Palette(table), [index, ..]) => table.get(usize::from(*index)).copied().unwrap_or([255; 3]),
            (_, [gray, ..]) => [*gray; 3],
            _ => [255; 3],
        }
    }
}

fn decode(stream: &Stream<'_>, max_pixels: usize) -> Option<Pixels> {
    let dict = stream.dict();
    let size = |long: &str, short: &str| dict.get::<u32>(long).or_else(|| dict.get::<u32>(short));
    let (width, height) = (size("Width", "W")?, size("Height", "H")?);
    if (width as usize).checked_mul(height as usize)? > max_pixels || width == 0 || height == 0 {
        return None;
    }
    let is_mask = dict.get::<bool>("ImageMask").or_else(|| dict.get::<bool>("IM")).unwrap_or(false);
    let space = dict.get::<Object<'_>>("ColorSpace").or_else(|| dict.get::<Object<'_>>("CS"));
    let named = space.as_ref().and_then(|space| Colours::of(space, 0));
    let bits = if is_mask { Some(1) } else { size("BitsPerComponent", "BPC").and_then(|b| u8::try_from(b).ok()) };
    let params = ImageDecodeParams {
        is_indexed: matches!(named, Some(Colours::Palette(_))),
        bpc: bits,
        num_components: named.as_ref().and_then(|named| u8::try_from(named.n_channels()).ok()),
        target_dimension: None,
        width,
        height,
    };
    let n = named.as_ref().map_or(1, Colours::n_channels);
    let claim = Claim { width: width as usize, height: height as usize, bits: n * usize::from(bits.unwrap_or(8)) };
    if !picture_size::is_within(stream, &claim, max_pixels) {
        return None;
    }
    let decoded = stream.decoded_image(&params).ok()?;
    let (mut width, mut height, mut bits) = (width as usize, height as usize, usize::from(bits.unwrap_or(8)));
    let mut own = None;
    if let Some(data) = &decoded.image_data {
        (width, height, bits) = (data.width as usize, data.height as usize, usize::from(data.bits_per_component));
        own = data.color_space.map(|space| match space {
            ImageColorSpace::Gray => Colours::Gray,
            ImageColorSpace::Rgb => Colours::Rgb,
            ImageColorSpace::Cmyk => Colours::Cmyk,
            ImageColorSpace::Unknown(n) => Colours::Ink(usize::from(n).max(1)),
        });
    }
    if width.checked_mul(height)? > max_pixels || width == 0 || height == 0 {
        return None;
    }
    let colours = named.or(own).unwrap_or(Colours::Gray);
    let inverted = inverted(dict);
    let n = colours.n_channels();
    if n > MAX_CHANNELS {
        return None;
    }
    let pixels = bytes(&decoded.data, width * n, height, bits, matches!(colours, Colours::Palette(_)))?;
    let is_gray = match &colours {
        Colours::Palette(table) => table.iter().all(|[r, g, b]| r == g && g == b),
        Colours::Gray | Colours::Ink(_) => true,
        Colours::Rgb | Colours::Cmyk => false,
    };
    let channels = if is_gray { 1 } else { 3 };
    let mut out = Vec::with_capacity(width * height * channels);
    if matches!((&colours, channels), (Colours::Gray, 1) | (Colours::Rgb, 3)) {
        out = pixels;
    } else {
        for pixel in pixels.chunks_exact(n) {
            out.extend_from_slice(colours.rgb(pixel).get(..channels)?);
        }
    }
    if inverted && !params.is_indexed {
        out.iter_mut().for_each(|v| *v = 255 - *v);
    }
    out.resize(width * height * channels, 255);
    Some(Pixels { raster: Raster { width, height, channels, pixels: out }, is_mask })
}

/// Whether the image's numbers run from light to dark.
fn inverted(dict: &Dict<'_>) -> bool {
    let array = dict.get::<Array<'_>>("Decode").or_else(|| dict.get::<Array<'_>>("D"));
    let mut numbers = array.iter().flat_map(|array| array.iter::<f32>());
    matches!((numbers.next(), numbers.next()), (Some(low), Some(high)) if low > high)
}

/// Samples of 1, 2, 4, 8 or 16 bits as bytes: stretched to the whole range, or as they are where they are indices.
fn bytes(data: &[u8], across: usize, height: usize, bits: usize, are_indices: bool) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(across.checked_mul(height)?);
    match bits {
        8 => out.extend_from_slice(data.get(..across * height).unwrap_or(data)),
        16 => out.extend(data.chunks_exact(2).take(across * height).map(|pair| pair[0])),
        1 | 2 | 4 => {
            let stride = (across * bits).div_ceil(8);
            let most = (1_u16 << bits) - 1;
            for row in data.chunks(stride).take(height) {
                for i in 0..across {
                    let at = i * bits;
                    let value = (u16::from(*row.get(at / 8)?) >> (8 - bits - at % 8)) & most;
                    out.push(if are_indices { value } else { value * 255 / most } as u8);
                }
            }
        }
        _ => return None,
    }
    Some(out)
}
