//! SVG elements, written so that the same page gives the same bytes and any text gives sound XML.

use std::borrow::Cow;

use crate::geom::Rect;

/// Elements, one a line.
#[derive(Default)]
pub(super) struct Svg {
    text: String,
}

impl Svg {
    /// A group of a class; nothing where nothing is drawn in it.
    pub(super) fn group(&mut self, class: &str, fill: impl FnOnce(&mut Self)) {
        let start = self.text.len();
        self.push(&format!("<g class=\"{class}\">\n"));
        let empty = self.text.len();
        fill(self);
        if self.text.len() == empty {
            self.text.truncate(start);
        } else {
            self.push("</g>\n");
        }
    }

    /// A rectangle of a class within its group, with a title that viewers show under the pointer.
    pub(super) fn rect(&mut self, rect: &Rect, class: Option<&str>, title: &str) {
        let class = class.map_or(String::new(), |class| format!(" class=\"{class}\""));
        self.push(&format!(
            "<rect{class} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{}</title></rect>\n",
            number(rect.x0),
            number(rect.y0),
            number(rect.width()),
            number(rect.height()),
            escaped(title)
        ));
    }

    /// A line of a width in points.
    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), width: Option<f32>, title: &str) {
        let width = width.map_or(String::new(), |width| format!(" stroke-width=\"{}\"", number(width)));
        self.push(&format!(
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"{width}><title>{}</title></line>\n",
            number(from.0),
            number(from.1),
            number(to.0),
            number(to.1),
            escaped(title)
        ));
    }

    /// A text whose baseline starts at a point, of a size in points or of the group's.
    pub(super) fn label(&mut self, x: f32, y: f32, size: Option<f32>, text: &str) {
        let size = size.map_or(String::new(), |size| format!(" font-size=\"{}\"", number(size)));
        self.push(&format!("<text x=\"{}\" y=\"{}\"{size}>{}</text>\n", number(x), number(y), escaped(text)));
    }

    /// A number in a disc around a point.
    pub(super) fn badge(&mut self, x: f32, y: f32, n: usize) {
        let (x, top, base) = (number(x), number(y), number(y + 2.5));
        self.push(&format!("<circle cx=\"{x}\" cy=\"{top}\" r=\"6\"/><text x=\"{x}\" y=\"{base}\">{n}</text>\n"));
    }

    /// Elements as they are.
    pub(super) fn push(&mut self, element: &str) {
        self.text.push_str(element);
    }

    /// All elements.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// A coordinate with two decimals at most; what is no number or off every page is brought to a place that can be drawn.
pub(super) fn number(value: f32) -> String {
    /// Beyond this a viewer's arithmetic ends, and no page reaches so far.
    const FAR: f32 = 1.0e6;
    let value = if value.is_nan() { 0.0 } else { value.clamp(-FAR, FAR) };
    // Adding zero turns the negative zero of rounding into zero.
    let text = format!("{:.2}", (value * 100.0).round() / 100.0 + 0.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Text for XML: markup escaped, and characters that no XML may hold replaced.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let odd = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\u{fffe}' | '\u{ffff}') || c.is_control();
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            c if odd(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_always_drawable() {
        let of = [0.0, -0.001, 12.5, 595.276, f32::NAN, f32::INFINITY].map(number);
        assert_eq!(of, ["0", "0", "12.5", "595.28", "0", "1000000"]);
    }

    #[test]
    fn text_that_xml_may_not_hold_is_replaced() {
        assert_eq!(escaped("a<b & \u{1}"), "a&lt;b &amp; \u{fffd}");
        assert_eq!(escaped("合计"), "合计");
    }
}
