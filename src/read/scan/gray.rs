//! Grey pictures: turned, levelled and scaled.

/// White paper.
pub(super) const WHITE: u8 = 255;

/// A grey picture: 0 is ink, 255 paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gray {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<u8>,
}

impl Gray {
    /// Blank paper.
    pub(super) fn blank(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![WHITE; width * height] }
    }

    /// A row of pixels.
    pub(super) fn row(&self, y: usize) -> &[u8] {
        self.pixels.get(y * self.width..(y + 1) * self.width).unwrap_or_default()
    }

    /// Whether a pixel is darker than that; none is beyond the page.
    pub(super) fn is_darker(&self, x: u32, y: u32, than: u8) -> bool {
        self.row(y as usize).get(x as usize).is_some_and(|pixel| *pixel < than)
    }

    /// A row of pixels, to be painted.
    pub(super) fn row_mut(&mut self, y: usize) -> &mut [u8] {
        self.pixels.get_mut(y * self.width..(y + 1) * self.width).unwrap_or_default()
    }

    /// Rows become columns.
    pub(super) fn transposed(&self) -> Self {
        let mut out = Self::blank(self.height, self.width);
        // In blocks, so that neither picture is walked across its rows for long.
        const BLOCK: usize = 32;
        for y0 in (0..self.height).step_by(BLOCK) {
            for x0 in (0..self.width).step_by(BLOCK) {
                for y in y0..(y0 + BLOCK).min(self.height) {
                    for x in x0..(x0 + BLOCK).min(self.width) {
                        out.pixels[x * self.height + y] = self.pixels[y * self.width + x];
                    }
                }
            }
        }
        out
    }

    /// Turned by so many quarters, clockwise.
    pub(super) fn turned(&self, quarters: u8) -> Self {
        let flipped = |picture: Self| {
            let mut out = picture;
            let width = out.width.max(1);
            out.pixels.chunks_mut(width).for_each(<[u8]>::reverse);
            out
        };
        match quarters % 4 {
            0 => self.clone(),
            1 => flipped(self.transposed()),
            2 => {
                let mut out = self.clone();
                out.pixels.reverse();
                out
            }
            _ => {
                let mut out = self.clone();
                let width = out.width.max(1);
                out.pixels.chunks_mut(width).for_each(<[u8]>::reverse);
                out.transposed()
            }
        }
    }

    /// Turned by an angle around its middle, clockwise, in radians; the size stays.
    pub(super) fn rotated(&self, angle: f64) -> Self {
        let (sin, cos) = angle.sin_cos();
        let (mx, my) = (self.width as f64 / 2.0, self.height as f64 / 2.0);
        let mut out = Self::blank(self.width, self.height);
        // Fixed point: 16 bits behind the point.
        let one = 65536.0;
        let (step_x, step_y) = ((cos * one) as i64, (-sin * one) as i64);
        let (w, h) = (self.width as i64, self.height as i64);
        for (y, row) in out.pixels.chunks_mut(self.width.max(1)).enumerate() {
            let dy = y as f64 + 0.5 - my;
            let start = |v: f64| ((v - 0.5) * one) as i64;
            let mut sx = start(mx + (0.5 - mx) * cos + dy * sin);
            let mut sy = start(my - (0.5 - mx) * sin + dy * cos);
            for pixel in row {
                let (x, y) = (sx >> 16, sy >> 16);
                if x >= 0 && y >= 0 && x + 1 < w && y + 1 < h {
                    let at = (y * w + x) as usize;
                    let (fx, fy) = (((sx >> 8) & 255) as u32, ((sy >> 8) & 255) as u32);
                    let p = |idx: usize| u32::from(self.pixels[idx]);
                    let top = p(at) * (256 - fx) + p(at + 1) * fx;
                    let below = at + self.width;
                    let bottom = p(below) * (256 - fx) + p(below + 1) * fx;
                    *pixel = ((top * (256 - fy) + bottom * fy) >> 16) as u8;
                }
                sx += step_x;
                sy += step_y;
            }
        }
        out
    }

    /// What touches ink gets half of its darkness: the grey edges that a scanner in black and white left out.
    pub(super) fn with_grey_edges(&self) -> Self {
        let mut out = self.clone();
        for y in 0..self.height {
            let above = y.checked_sub(1).map_or(&[][..], |y| self.row(y));
            let (row, below) = (self.row(y), self.row(y + 1));
            for (x, pixel) in out.row_mut(y).iter_mut().enumerate() {
                let beside = [row.get(x.wrapping_sub(1)), row.get(x + 1), above.get(x), below.get(x)];
                let darkest = beside.into_iter().flatten().fold(*pixel, |least, other| least.min(*other));
                *pixel = pixel.midpoint(darkest);
            }
        }
        out
    }

    /// A part of the picture made so many pixels high and wide.
    pub(super) fn scaled(&self, [x0, y0, x1, y1]: [f32; 4], width: usize, height: usize) -> Self {
        let mut out = Self::blank(width, height);
        let (step_x, step_y) = ((x1 - x0) / width as f32, (y1 - y0) / height as f32);
        // Pixels that are made smaller are mixed first, so that no stroke is stepped over.
        let reach = (step_y.max(step_x) / 2.0).max(0.5);
        let weights = |at: f32, end: usize| -> Vec<(usize, f32)> {
            let from = (at - reach - 0.5).floor() as i64;
            let to = (at + reach + 0.5).ceil() as i64;
            let mut all: Vec<(usize, f32)> = (from..=to)
                .filter_map(|i| {
                    let weight = (1.0 - (i as f32 + 0.5 - at).abs() / (2.0 * reach)).max(0.0);
                    (weight > 0.0).then(|| (i.clamp(0, end as i64 - 1) as usize, weight))
                })
                .collect();
            let sum: f32 = all.iter().map(|(_, w)| w).sum();
            all.iter_mut().for_each(|(_, w)| *w /= sum.max(1e-6));
            all
        };
        if self.width == 0 || self.height == 0 {
            return out;
        }
        let across: Vec<_> = (0..width).map(|x| weights(x0 + (x as f32 + 0.5) * step_x, self.width)).collect();
        for y in 0..height {
            let down = weights(y0 + (y as f32 + 0.5) * step_y, self.height);
            for (x, columns) in across.iter().enumerate() {
                let mut sum = 0.0;
                for (row, wy) in &down {
                    let row = self.row(*row);
                    sum += wy * columns.iter().map(|(column, wx)| wx * f32::from(row[*column])).sum::<f32>();
                }
                out.pixels[y * width + x] = sum.round() as u8;
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_quarters_are_a_whole_turn() {
        let page = Gray { width: 3, height: 2, pixels: vec![1, 2, 3, 4, 5, 6] };
        assert_eq!(page.turned(1).pixels, [4, 1, 5, 2, 6, 3]);
        assert_eq!(page.turned(1).turned(1), page.turned(2));
        assert_eq!(page.turned(2).turned(1), page.turned(3));
        assert_eq!(page.turned(3).turned(1), page);
    }

    #[test]
    fn ink_gets_grey_edges_and_stays() {
        let mut page = Gray::blank(4, 3);
        page.row_mut(1)[1] = 0;
        let edged = page.with_grey_edges();
        assert_eq!(edged.pixels, [255, 127, 255, 255, 127, 0, 127, 255, 255, 127, 255, 255]);
        assert_eq!(Gray::blank(0, 0).with_grey_edges(), Gray::blank(0, 0));
    }
}
