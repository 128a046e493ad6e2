//! Content streams: operators change the graphics state and draw on the canvas.

use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_syntax::page::Resources;

use super::canvas::Canvas;
use super::color::{Ink, Space};
use super::damage::{Loss, lacks_resources};
use super::document::Document;
use super::known::Known;
use super::limits::{MAX_HELD, MAX_STATES};
use super::marked::MarkedContent;
use super::matrix::Matrix;
use super::operators::Content;
use super::path::Path;
use super::show::TextObject;
use super::state::State;
use crate::geom::Rect;

/// Runs content streams of one page.
pub(super) struct Interpreter<'d, 'a> {
    pub(super) document: &'d Document<'a>,
    pub(super) canvas: Canvas,
    pub(super) state: State<'a>,
    saved: Vec<State<'a>>,
    path: Path,
    /// Where the pen stands, in user space.
    pen: (f64, f64),
    /// A clip operator waits for the path to be painted.
    clips: bool,
    pub(super) text: TextObject,
    pub(super) marked: MarkedContent,
    page_fonts: Dict<'a>,
    /// Bytes of the streams that are being run.
    n_held: usize,
}

impl<'d, 'a> Interpreter<'d, 'a> {
    /// An interpreter for a page.
    pub(super) fn new(document: &'d Document<'a>, page: Rect, base: Matrix, page_fonts: Dict<'a>) -> Self {
        Self {
            document,
            canvas: Canvas::new(page, document.ledger.clone(), document.spare_glyphs.take()),
            state: State::new(base, page),
            saved: Vec::new(),
            path: Path::default(),
            pen: (0.0, 0.0),
            clips: false,
            text: TextObject::default(),
            marked: MarkedContent::default(),
            page_fonts,
            n_held: 0,
        }
    }

    /// Forgets all state but what was drawn.
    pub(super) fn restart(&mut self, page: Rect, base: Matrix) {
        self.state = State::new(base, page);
        self.saved.clear();
        self.path.clear();
        self.clips = false;
        self.text = TextObject::default();
    }

    /// Runs one stream; whatever it leaves open is closed again.
    pub(super) fn run(&mut self, content: &Content, resources: &Resources<'a>, depth: usize) {
        self.n_held += content.len();
        if self.n_held > MAX_HELD {
            self.canvas.budget.stop("more content inside other content than a page may have");
        }
        let floor = self.saved.len();
        let marks = self.marked.depth();
        let mut known = Known::default();
        let is_sound = content.read(|operation| {
            let goes_on = self.canvas.budget.operator(&self.document.ledger);
            if goes_on {
                self.step(operation, resources, floor, depth, &mut known);
            }
            goes_on
        });
        if !is_sound {
            self.document.damage.lose(Loss::Broken);
        }
        self.n_held -= content.len();
        while self.marked.depth() > marks {
            self.marked.end(&mut self.canvas);
        }
        if self.saved.len() > floor {
            self.saved.truncate(floor + 1);
            if let Some(state) = self.saved.pop() {
                self.state = state;
            }
        }
    }

    fn step(
        &mut self,
        operation: TypedInstruction<'_, '_>,
        resources: &Resources<'a>,
        floor: usize,
        depth: usize,
        known: &mut Known<'a>,
    ) {
        use TypedInstruction as Op;
        match operation {
            Op::SaveState(_) => {
                if self.saved.len() >= MAX_STATES {
                    return self.canvas.budget.stop("more saved states than a page may have");
                }
                self.saved.push(self.state.clone());
            }
            Op::RestoreState(_) if self.saved.len() > floor => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            Op::Transform(o) => {
                let matrix = Matrix::new(f(o.0), f(o.1), f(o.2), f(o.3), f(o.4), f(o.5));
                let ctm = matrix.then(&self.state.ctm);
                if ctm.is_finite() {
                    self.state.ctm = ctm;
                }
            }
            Op::LineWidth(o) => self.state.line_width = f(o.0).abs(),
            Op::LineCap(o) => self.state.square_cap = o.0.as_i64() == 2,
            Op::SetGraphicsState(o) => {
                if let Some(dict) = resources.get_ext_g_state(o.0) {
                    self.extended_state(&dict);
                }
            }

            Op::MoveTo(o) => self.go(f(o.0), f(o.1), Path::move_to),
            Op::LineTo(o) => self.go(f(o.0), f(o.1), Path::line_to),
            Op::CubicTo(o) => self.go(f(o.4), f(o.5), Path::curve_to),
            Op::CubicStartTo(o) => self.go(f(o.2), f(o.3), Path::curve_to),
            Op::CubicEndTo(o) => self.go(f(o.2), f(o.3), Path::curve_to),
            Op::ClosePath(_) => self.path.close(),
            Op::RectPath(o) => {
                let (x, y, w, h) = (f(o.0), f(o.1), f(o.2), f(o.3));
                let ctm = &self.state.ctm;
                self.path.rect([ctm.apply(x, y), ctm.apply(x + w, y), ctm.apply(x + w, y + h), ctm.apply(x, y + h)]);
                self.pen = (x, y);
            }
            Op::StrokePath(_) => self.paint(None, true),
            Op::CloseAndStrokePath(_) => {
                self.path.close();
                self.paint(None, true);
            }
            Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) => self.paint(Some(false), false),
            Op::FillPathEvenOdd(_) => self.paint(Some(true), false),
            Op::FillAndStrokeNonZero(_) => self.paint(Some(false), true),
            Op::FillAndStrokeEvenOdd(_) => self.paint(Some(true), true),
            Op::CloseFillAndStrokeNonZero(_) => {
                self.path.close();
                self.paint(Some(false), true);
            }
            Op::CloseFillAndStrokeEvenOdd(_) => {
                self.path.close();
                self.paint(Some(true), true);
            }
            Op::EndPath(_) => self.paint(None, false),
            Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => self.clips = true,
            Op::ColorSpaceStroke(o) => {
                let space = known.space(o.0, resources);
                self.state.stroke.set(space, space.initial());
            }
            Op::ColorSpaceNonStroke(o) => {
                let space = known.space(o.0, resources);
                self.state.fill.set(space, space.initial());
            }
            Op::StrokeColor(o) => self.state.stroke.ink = self.state.stroke.space.ink(&o.0),
            Op::NonStrokeColor(o) => self.state.fill.ink = self.state.fill.space.ink(&o.0),
            Op::StrokeColorNamed(o) => {
                let space = self.state.stroke.space;
                self.state.stroke.ink = if o.1.is_some() { Ink::Unknown } else { space.ink(&o.0) };
            }
            Op::NonStrokeColorNamed(o) => {
                let space = self.state.fill.space;
                self.state.fill.ink = if o.1.is_some() { Ink::Unknown } else { space.ink(&o.0) };
            }
            Op::StrokeColorDeviceGray(o) => self.state.stroke.set(Space::Gray, Ink::gray(f(o.0))),
            Op::NonStrokeColorDeviceGray(o) => self.state.fill.set(Space::Gray, Ink::gray(f(o.0))),
            Op::StrokeColorDeviceRgb(o) => {
                self.state.stroke.set(Space::Rgb, Ink::rgb(f(o.0), f(o.1), f(o.2)));
            }
            Op::NonStrokeColorDeviceRgb(o) => {
                self.state.fill.set(Space::Rgb, Ink::rgb(f(o.0), f(o.1), f(o.2)));
            }
            Op::StrokeColorCmyk(o) => {
                self.state.stroke.set(Space::Cmyk, Ink::cmyk(f(o.0), f(o.1), f(o.2), f(o.3)));
            }
            Op::NonStrokeColorCmyk(o) => {
                self.state.fill.set(Space::Cmyk, Ink::cmyk(f(o.0), f(o.1), f(o.2), f(o.3)));
            }
            Op::Shading(_) if self.marked.is_shown() => {
                let clip = self.state.clip;
                self.canvas.fill(clip, Ink::Unknown, false, &clip);
            }

            Op::XObject(o) => match resources.get_x_object(o.0) {
                Some(stream) => self.x_object(&stream, resources, depth),
                None if !resources.x_objects.contains_key(o.0) => {}
                None => self.document.damage.lose(Loss::Drawing),
            },
            Op::InlineImage(o) => self.image(o.0.dict(), None),
            Op::CharacterSpacing(o) => self.state.text.char_spacing = f(o.0),
            Op::WordSpacing(o) => self.state.text.word_spacing = f(o.0),
            Op::HorizontalScaling(o) => self.state.text.h_scale = f(o.0) / 100.0,
            Op::TextLeading(o) => self.state.text.leading = f(o.0),
            Op::TextFont(o) => {
                self.state.text.font = known.font(o.0, || {
                    let fonts = &self.document.fonts;
                    // Forms that forget a font of their own mean the page's.
                    fonts.get(&resources.fonts, o.0).or_else(|| fonts.get(&self.page_fonts, o.0))
                });
                self.state.text.size = f(o.1);
            }
            Op::TextRenderingMode(o) => self.state.text.mode = o.0.as_i64(),
            Op::TextRise(o) => self.state.text.rise = f(o.0),
            Op::BeginText(_) => self.text.begin(),
            Op::EndText(_) => {}
            Op::NextLine(o) => self.text.next_line(f(o.0), f(o.1)),
            Op::NextLineAndSetLeading(o) => {
                self.state.text.leading = -f(o.1);
                self.text.next_line(f(o.0), f(o.1));
            }
            Op::SetTextMatrix(o) => {
                self.text.set(Matrix::new(f(o.0), f(o.1), f(o.2), f(o.3), f(o.4), f(o.5)));
            }
            Op::NextLineUsingLeading(_) => self.text.next_line(0.0, -self.state.text.leading),
            Op::ShowText(o) => self.show(o.0.as_bytes()),
            Op::NextLineAndShowText(o) => {
                self.text.next_line(0.0, -self.state.text.leading);
                self.show(o.0.as_bytes());
            }
            Op::ShowTextWithParameters(o) => {
                self.state.text.word_spacing = f(o.0);
                self.state.text.char_spacing = f(o.1);
                self.text.next_line(0.0, -self.state.text.leading);
                self.show(o.2.as_bytes());
            }
            Op::ShowTexts(o) => self.show_adjusted(o.0),
            Op::BeginMarkedContent(_) => self.open_marked(None, true),
            Op::BeginMarkedContentWithProperties(o) => self.begin_marked(o.0, o.1, resources),
            Op::EndMarkedContent(_) => self.marked.end(&mut self.canvas),
            _ => {}
        }
    }

    fn go(&mut self, x: f64, y: f64, how: fn(&mut Path, (f64, f64))) {
        self.pen = (x, y);
        how(&mut self.path, self.state.ctm.apply(x, y));
    }

    /// Paints the path, clips by it if asked, and starts a new one.
    fn paint(&mut self, even_odd_fill: Option<bool>, stroke: bool) {
        if self.marked.is_shown() {
            if let Some(even_odd) = even_odd_fill {
                self.path.fill(even_odd, &self.state, &mut self.canvas);
            }
            if stroke {
                self.path.stroke(&self.state, &mut self.canvas);
            }
        }
        if std::mem::take(&mut self.clips) {
            // An empty clip path hides everything.
            let area = self.path.bounds().and_then(|bounds| bounds.intersection(&self.state.clip));
            self.state.clip = area.unwrap_or(NOTHING);
        }
        self.path.clear();
    }

    fn extended_state(&mut self, dict: &Dict<'a>) {
        if let Some(width) = dict.get::<f32>("LW") {
            self.state.line_width = f64::from(width.abs());
        }
        if let Some(alpha) = dict.get::<f32>("ca") {
            self.state.fill.alpha = f64::from(alpha);
        }
        if let Some(alpha) = dict.get::<f32>("CA") {
            self.state.stroke.alpha = f64::from(alpha);
        }
        let mut opaque = self.state.opaque_mode;
        match dict.get::<Object<'_>>("BM") {
            Some(Object::Name(name)) => opaque = matches!(name.as_ref(), b"Normal" | b"Compatible"),
            Some(_) => opaque = false,
            None => {}
        }
        match dict.get::<Object<'_>>("SMask") {
            Some(Object::Dict(_)) => opaque = false,
            Some(Object::Name(_)) if !dict.contains_key("BM") => opaque = true,
            _ => {}
        }
        self.state.opaque_mode = opaque;
        if let Some(font) = dict.get::<Array<'a>>("Font") {
            let object = font.raw_iter().next().and_then(|item| item.as_obj_ref());
            let mut items = font.flex_iter();
            if let Some(dict) = items.next::<Dict<'a>>() {
                self.state.text.font = self.document.fonts.load(object, &dict);
                self.state.text.size = items.next::<f32>().map_or(0.0, f64::from);
            }
        }
    }

    fn x_object(&mut self, stream: &Stream<'a>, resources: &Resources<'a>, depth: usize) {
        let dict = stream.dict();
        if !self.marked.is_shown() || !self.document.is_content_shown(dict, "OC") {
            return;
        }
        match dict.get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => self.image(dict, Some(stream)),
            Some(b"Form") => self.form(stream, resources, depth),
            // A subtype is required; without one, what has a bounding box is a form.
            None if dict.contains_key("BBox") => self.form(stream, resources, depth),
            _ => {}
        }
    }

    /// Draws a form in the current state.
    pub(super) fn form(&mut self, stream: &Stream<'a>, resources: &Resources<'a>, depth: usize) {
        if !self.document.ledger.allows_form(depth) {
            return self.canvas.budget.stop("more forms inside forms than a page may have");
        }
        let dict = stream.dict();
        let Some(data) = self.document.unpack(stream, &mut self.canvas.budget) else { return };
        let content = Content::new(data.into_owned());
        let before = self.state.clone();
        let text = std::mem::take(&mut self.text);
        if let Some(ctm) = Matrix::of_form(dict).map(|matrix| matrix.then(&self.state.ctm)).filter(Matrix::is_finite) {
            self.state.ctm = ctm;
        }
        if let Some(bounds) = dict.get::<hayro_syntax::object::Rect>("BBox") {
            let (x0, y0, x1, y1) = self.state.ctm.bounds(bounds.x0, bounds.y0, bounds.x1, bounds.y1);
            let bounds = Rect { x0: x0 as f32, y0: y0 as f32, x1: x1 as f32, y1: y1 as f32 };
            self.state.clip = bounds.intersection(&self.state.clip).unwrap_or(NOTHING);
        }
        if lacks_resources(dict) {
            self.document.damage.lose(Loss::Resources);
        }
        match dict.get::<Dict<'a>>("Resources") {
            Some(own) => self.run(&content, &Resources::new(own), depth + 1),
            None => self.run(&content, resources, depth + 1),
        }
        self.path.clear();
        self.text = text;
        self.state = before;
    }

    /// An image fills the unit square; unless something of it can be seen through, it hides what is beneath.
    fn image(&mut self, dict: &Dict<'_>, stream: Option<&Stream<'a>>) {
        self.document.hold(stream, self.state.ctm);
        if self.marked.is_shown() && self.state.fill.alpha > 0.0 {
            let ctm = &self.state.ctm;
            let upright = (ctm.b == 0.0 && ctm.c == 0.0) || (ctm.a == 0.0 && ctm.d == 0.0);
            let masks = ["SMask", "Mask", "SMaskInData", "ImageMask", "IM"];
            let opaque = upright
                && self.state.opaque_mode
                && self.state.fill.alpha >= 1.0
                && !masks.iter().any(|key| dict.contains_key(key));
            let (x0, y0, x1, y1) = self.state.ctm.bounds(0.0, 0.0, 1.0, 1.0);
            let area = Rect { x0: x0 as f32, y0: y0 as f32, x1: x1 as f32, y1: y1 as f32 };
            self.canvas.image(area, opaque, &self.state.clip);
        }
    }

    fn open_marked(&mut self, actual_text: Option<Vec<u8>>, shown: bool) {
        if self.marked.depth() >= MAX_STATES {
            return self.canvas.budget.stop("more open marked content than a page may have");
        }
        self.marked.begin(actual_text, shown, &self.canvas);
    }

    fn begin_marked(&mut self, tag: &Name<'_>, properties: &Object<'_>, resources: &Resources<'a>) {
        let mut shown = true;
        let mut actual = None;
        match properties {
            Object::Name(name) => {
                if tag.as_ref() == b"OC" {
                    shown = self.document.is_content_shown(&resources.properties, name);
                } else if let Some(dict) = resources.properties.get::<Dict<'_>>(name.as_ref()) {
                    actual = dict.get::<hayro_syntax::object::String<'_>>("ActualText").map(|s| s.as_bytes().to_vec());
                }
            }
            Object::Dict(dict) => {
                actual = dict.get::<hayro_syntax::object::String<'_>>("ActualText").map(|s| s.as_bytes().to_vec());
            }
            _ => {}
        }
        self.open_marked(actual, shown);
    }
}

/// A clip that nothing lies inside of.
const NOTHING: Rect = Rect { x0: -1.0e9, y0: -1.0e9, x1: -1.0e9, y1: -1.0e9 };

fn f(number: Number) -> f64 {
    number.as_f64()
}
