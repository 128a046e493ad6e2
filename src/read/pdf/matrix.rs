//! Affine transforms of page content, in double precision.

use hayro_syntax::object::{Array, Dict, Object};

/// `[a b c d e f]` as in a content stream: a point `(x, y)` goes to `(ax + cy + e, bx + dy + f)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix {
    pub(super) a: f64,
    pub(super) b: f64,
    pub(super) c: f64,
    pub(super) d: f64,
    pub(super) e: f64,
    pub(super) f: f64,
}

impl Matrix {
    pub(super) const IDENTITY: Self = Self::new(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);

    pub(super) const fn new(a: f64, b: f64, c: f64, d: f64, e: f64, f: f64) -> Self {
        Self { a, b, c, d, e, f }
    }

    /// The `Matrix` of a form, if it has one.
    pub(super) fn of_form(dict: &Dict<'_>) -> Option<Self> {
        let array = dict.get::<Array<'_>>("Matrix")?;
        let mut numbers = array.iter::<Object<'_>>().map(|o| o.into_f32().map_or(0.0, f64::from));
        let mut next = || numbers.next();
        Some(Self::new(next()?, next()?, next()?, next()?, next()?, next()?))
    }

    /// Where a point goes.
    pub(super) fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }

    /// First `self`, then `next`.
    pub(super) fn then(&self, next: &Self) -> Self {
        Self {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    /// A shift by `(x, y)` first, then `self`.
    pub(super) fn shifted(&self, x: f64, y: f64) -> Self {
        let (e, f) = self.apply(x, y);
        Self { e, f, ..*self }
    }

    /// How much longer a length becomes, on average over directions.
    pub(super) fn scale(&self) -> f64 {
        (self.a * self.d - self.b * self.c).abs().sqrt()
    }

    /// The smallest upright rectangle around a transformed rectangle: `(x0, y0, x1, y1)`.
    pub(super) fn bounds(&self, x0: f64, y0: f64, x1: f64, y1: f64) -> (f64, f64, f64, f64) {
        let corners = [self.apply(x0, y0), self.apply(x1, y0), self.apply(x1, y1), self.apply(x0, y1)];
        let mut out = (f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY);
        for (x, y) in corners {
            out = (out.0.min(x), out.1.min(y), out.2.max(x), out.3.max(y));
        }
        out
    }

    /// Whether every number in it is usable.
    pub(super) fn is_finite(&self) -> bool {
        [self.a, self.b, self.c, self.d, self.e, self.f].iter().all(|v| v.is_finite())
    }
}
