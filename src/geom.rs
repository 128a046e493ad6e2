//! Rectangles on a page as it is seen: points, origin at the top left, y downwards.

/// An axis-parallel rectangle; `x0 <= x1`, `y0 <= y1`, in points from the page's top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left.
    pub x0: f32,
    /// Top.
    pub y0: f32,
    /// Right.
    pub x1: f32,
    /// Bottom.
    pub y1: f32,
}

/// Where a band of a page that was turned to be read stands on the page as seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placing {
    /// Where the band begins, down the page; it ends where the next one begins.
    pub from: f32,
    /// `[a b c d e f]`: a point `(x, y)` stands at `(ax + cy + e, bx + dy + f)`.
    pub matrix: [f32; 6],
}

impl Placing {
    /// Where a rectangle stands on the page as seen, by the bands of its page.
    pub fn seen(bands: &[Self], rect: &Rect) -> Rect {
        let Some(band) = bands.iter().rev().find(|band| band.from <= rect.center_y()) else { return *rect };
        let [a, b, c, d, e, f] = band.matrix;
        let corner = |x: f32, y: f32| (a * x + c * y + e, b * x + d * y + f);
        let corners =
            [corner(rect.x0, rect.y0), corner(rect.x1, rect.y0), corner(rect.x0, rect.y1), corner(rect.x1, rect.y1)];
        let at = |(x, y): (f32, f32)| Rect { x0: x, y0: y, x1: x, y1: y };
        corners.into_iter().map(at).reduce(|all, corner| all.union(&corner)).unwrap_or(*rect)
    }
}

/// How a text stands in its cell: indentation shows the level of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inset {
    /// From the left wall to the first character of its first line, in ems of the text.
    pub left: f32,
    /// As much is free on either side: the distance from the wall may only follow from the length of the text.
    pub centered: bool,
}

impl Rect {
    /// A rectangle from any two opposite corners.
    pub fn from_corners(xa: f32, ya: f32, xb: f32, yb: f32) -> Self {
        Self { x0: xa.min(xb), y0: ya.min(yb), x1: xa.max(xb), y1: ya.max(yb) }
    }

    /// Width in points.
    pub fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    /// Height in points.
    pub fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    /// Horizontal middle.
    pub fn center_x(&self) -> f32 {
        (self.x0 + self.x1) / 2.0
    }

    /// Vertical middle.
    pub fn center_y(&self) -> f32 {
        (self.y0 + self.y1) / 2.0
    }

    /// The smallest rectangle that covers both.
    pub fn union(&self, other: &Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// The common part, if it has an area or is a common line.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        let r = Self {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        };
        (r.x0 <= r.x1 && r.y0 <= r.y1).then_some(r)
    }

    /// Length of the common horizontal extent, 0 where there is none.
    pub fn overlap_x(&self, other: &Self) -> f32 {
        (self.x1.min(other.x1) - self.x0.max(other.x0)).max(0.0)
    }

    /// Length of the common vertical extent, 0 where there is none.
    pub fn overlap_y(&self, other: &Self) -> f32 {
        (self.y1.min(other.y1) - self.y0.max(other.y0)).max(0.0)
    }

    /// Whether the point lies inside or on the border.
    pub fn contains(&self, x: f32, y: f32) -> bool {
        x >= self.x0 && x <= self.x1 && y >= self.y0 && y <= self.y1
    }

    /// Whether the middle of another rectangle lies in this one.
    pub fn contains_middle(&self, other: &Self) -> bool {
        self.contains(other.center_x(), other.center_y())
    }
}
