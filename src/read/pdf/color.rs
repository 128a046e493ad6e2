//! Colours, only as far as needed to tell whether something can be seen.

use hayro_syntax::object::{Array, Name, Number, Object, Stream};
use hayro_syntax::page::Resources;

use crate::read::Tone;

/// What is painted with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Ink {
    /// A plain colour.
    Rgb([u8; 3]),
    /// A pattern, an image, or a colour space that is not followed.
    Unknown,
}

impl Ink {
    pub(super) const BLACK: Self = Self::Rgb([0; 3]);
    pub(super) const WHITE: Self = Self::Rgb([255; 3]);

    /// Whether the eye cannot tell the two apart; unknown inks count as seen.
    pub(super) fn blends_with(self, other: Self) -> bool {
        self.contrast(other).is_some_and(|contrast| contrast <= INVISIBLE_CONTRAST)
    }

    /// What shows of the ink on paper where only a share of it is laid on.
    pub(super) fn thinned(self, alpha: f64) -> Self {
        match self {
            Self::Rgb(parts) if alpha < 1.0 => {
                Self::Rgb(parts.map(|part| byte(1.0 - alpha * (1.0 - f64::from(part) / 255.0))))
            }
            _ => self,
        }
    }

    /// How a glyph or line of this ink stands out from its ground; `None` where it blends with it.
    pub(super) fn tone_on(self, ground: Self) -> Option<Tone> {
        match self.contrast(ground) {
            None => Some(Tone::Unknown),
            Some(contrast) if contrast <= INVISIBLE_CONTRAST => None,
            Some(contrast) if contrast < FULL_CONTRAST / 2 => Some(Tone::Faint),
            Some(_) => Some(Tone::Strong),
        }
    }

    /// The largest difference of red, green or blue; `None` where one of the inks is not known.
    fn contrast(self, other: Self) -> Option<u8> {
        match (self, other) {
            (Self::Rgb([r, g, b]), Self::Rgb([other_r, other_g, other_b])) => {
                Some(r.abs_diff(other_r).max(g.abs_diff(other_g)).max(b.abs_diff(other_b)))
            }
            _ => None,
        }
    }

    /// From grey, 0 is black.
    pub(super) fn gray(v: f64) -> Self {
        Self::Rgb([byte(v); 3])
    }

    /// From red, green, blue.
    pub(super) fn rgb(r: f64, g: f64, b: f64) -> Self {
        Self::Rgb([byte(r), byte(g), byte(b)])
    }

    /// From the four printing inks.
    pub(super) fn cmyk(c: f64, m: f64, y: f64, k: f64) -> Self {
        let light = 1.0 - k.clamp(0.0, 1.0);
        Self::rgb(light * (1.0 - c), light * (1.0 - m), light * (1.0 - y))
    }
}

/// Of 255: producers write white as 0.996 or 254/255; text meant to be read differs by far more.
const INVISIBLE_CONTRAST: u8 = 10;
/// Black on white.
const FULL_CONTRAST: u8 = 255;

fn byte(v: f64) -> u8 {
    (v.clamp(0.0, 1.0) * 255.0).round() as u8
}

/// A colour space, by how its numbers are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Gray,
    Rgb,
    Cmyk,
    /// Lightness first, of 100.
    Lab,
    /// Amounts of ink: none of it is white.
    Tint,
    Unknown,
}

impl Space {
    /// The colour that a space starts with.
    pub(super) fn initial(self) -> Ink {
        match self {
            Self::Unknown => Ink::Unknown,
            _ => Ink::BLACK,
        }
    }

    /// Reads the operands of a colour operator.
    pub(super) fn ink(self, operands: &[Number]) -> Ink {
        let v = |i: usize| operands.get(i).map_or(0.0, Number::as_f64);
        match self {
            Self::Gray => Ink::gray(v(0)),
            Self::Rgb => Ink::rgb(v(0), v(1), v(2)),
            Self::Cmyk => Ink::cmyk(v(0), v(1), v(2), v(3)),
            Self::Lab if v(0) >= 98.0 && v(1).abs() < 3.0 && v(2).abs() < 3.0 => Ink::WHITE,
            Self::Tint if !operands.is_empty() && operands.iter().all(|n| n.as_f64() < 0.02) => Ink::WHITE,
            Self::Lab | Self::Tint | Self::Unknown => Ink::Unknown,
        }
    }

    /// The space of a `cs` operator.
    pub(super) fn resolve(name: &Name<'_>, resources: &Resources<'_>) -> Self {
        match Self::device(name) {
            Some(space) => space,
            None => resources.get_color_space(name).map_or(Self::Unknown, |object| Self::from_object(&object)),
        }
    }

    fn device(name: &[u8]) -> Option<Self> {
        match name {
            b"DeviceGray" | b"G" | b"CalGray" => Some(Self::Gray),
            b"DeviceRGB" | b"RGB" | b"CalRGB" => Some(Self::Rgb),
            b"DeviceCMYK" | b"CMYK" => Some(Self::Cmyk),
            b"Pattern" => Some(Self::Unknown),
            _ => None,
        }
    }

    fn from_object(object: &Object<'_>) -> Self {
        match object {
            Object::Name(name) => Self::device(name).unwrap_or(Self::Unknown),
            Object::Array(array) => Self::from_array(array),
            _ => Self::Unknown,
        }
    }

    fn from_array(array: &Array<'_>) -> Self {
        let mut items = array.iter::<Object<'_>>();
        let Some(Object::Name(family)) = items.next() else { return Self::Unknown };
        match family.as_ref() {
            b"ICCBased" => match items.next() {
                Some(Object::Stream(profile)) => Self::from_profile(&profile),
                _ => Self::Unknown,
            },
            b"Lab" => Self::Lab,
            b"Separation" | b"DeviceN" => Self::Tint,
            other => Self::device(other).unwrap_or(Self::Unknown),
        }
    }

    fn from_profile(profile: &Stream<'_>) -> Self {
        match profile.dict().get::<i32>("N") {
            Some(1) => Self::Gray,
            Some(3) => Self::Rgb,
            Some(4) => Self::Cmyk,
            _ => Self::Unknown,
        }
    }
}
