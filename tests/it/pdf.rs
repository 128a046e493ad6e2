//! Small PDF files written in test code, object by object.

use std::fmt::Write as _;

use mingzhang::note::NoteKind;
use mingzhang::read::{Glyph, RawBody, RawDocument, RawPage, read};

/// Objects of a file under construction; the first is the catalog, the second the page tree.
pub(crate) struct PdfFile {
    objects: Vec<Vec<u8>>,
    page: String,
    fonts: String,
    resources: String,
}

impl PdfFile {
    /// A file with one page of 200 by 100 points.
    pub(crate) fn new() -> Self {
        Self {
            objects: vec![
                b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [] /D << /OFF [] >> >> >>".to_vec(),
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
                Vec::new(),
                Vec::new(),
            ],
            page: String::new(),
            fonts: String::new(),
            resources: String::new(),
        }
    }

    /// Adds an object and returns its number.
    pub(crate) fn add(&mut self, body: &str) -> usize {
        self.objects.push(body.as_bytes().to_vec());
        self.objects.len()
    }

    /// Adds a stream and returns its number.
    pub(crate) fn add_stream(&mut self, entries: &str, data: &[u8]) -> usize {
        self.objects.push(stream(entries, data));
        self.objects.len()
    }

    /// Replaces the catalog.
    pub(crate) fn catalog(mut self, entries: &str) -> Self {
        self.objects[0] = format!("<< /Type /Catalog /Pages 2 0 R {entries} >>").into_bytes();
        self
    }

    /// Adds entries to the page dictionary; without a `MediaBox` it is 200 by 100.
    pub(crate) fn page(mut self, entries: &str) -> Self {
        self.page.push_str(entries);
        self
    }

    /// Adds entries to the page's resources.
    pub(crate) fn resources(mut self, entries: &str) -> Self {
        self.resources.push_str(entries);
        self
    }

    /// Adds a font under a name.
    pub(crate) fn font(mut self, name: &str, dictionary: &str) -> Self {
        let number = self.add(dictionary);
        write!(self.fonts, "/{name} {number} 0 R ").unwrap();
        self
    }

    /// The standard font Helvetica as `F`.
    pub(crate) fn helvetica(self) -> Self {
        self.font("F", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    }

    /// A font of two-byte codes that are glyph numbers, not embedded, with the lines of a ToUnicode map.
    pub(crate) fn identity_font(mut self, name: &str, bf: &str) -> Self {
        let map = self.add_stream(
            "",
            format!("begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange {bf} endcmap").as_bytes(),
        );
        let cid = self.add(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Test /CIDSystemInfo << /Registry (Adobe) \
             /Ordering (Identity) /Supplement 0 >> /DW 1000 /W [1 [500 500]] >>",
        );
        self.font(
            name,
            &format!(
                "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Test /Encoding /Identity-H /DescendantFonts [{cid} 0 R] \
                 /ToUnicode {map} 0 R >>"
            ),
        )
    }

    /// A font of a named CMap, not embedded, every glyph one em wide.
    pub(crate) fn cmap_font(mut self, name: &str, cmap: &str) -> Self {
        let cid = self.add(
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) \
             /Ordering (GB1) /Supplement 2 >> /W [814 939 500] >>",
        );
        self.font(
            name,
            &format!(
                "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /{cmap} /DescendantFonts [{cid} 0 R] >>"
            ),
        )
    }

    /// A font of a named CMap over a character collection, not embedded.
    pub(crate) fn collection_font(mut self, name: &str, cmap: &str, ordering: &str) -> Self {
        let cid = self.add(&format!(
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) \
             /Ordering ({ordering}) /Supplement 2 >> >>"
        ));
        self.font(
            name,
            &format!(
                "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /{cmap} /DescendantFonts [{cid} 0 R] >>"
            ),
        )
    }

    /// More pages of 200 by 100 points after the first, with content streams and Helvetica as `F`.
    pub(crate) fn more_pages(mut self, contents: &[&str]) -> Self {
        let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
        let mut kids = "3 0 R".to_owned();
        for content in contents {
            let content = self.add_stream("", content.as_bytes());
            let page = self.add(&format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents {content} 0 R /Resources << /Font << /F \
                 {font} >> >> >>"
            ));
            write!(kids, " {page} 0 R").unwrap();
        }
        self.objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", contents.len() + 1).into_bytes();
        self
    }

    /// The bytes of the file, with a content stream.
    pub(crate) fn content(self, content: &str) -> Vec<u8> {
        self.content_stream("", content.as_bytes())
    }

    /// The bytes of the file, with a content stream that is packed.
    pub(crate) fn content_stream(mut self, entries: &str, data: &[u8]) -> Vec<u8> {
        let media = if self.page.contains("/MediaBox") { "" } else { "/MediaBox [0 0 200 100]" };
        self.objects[2] = format!(
            "<< /Type /Page /Parent 2 0 R {media} /Contents 4 0 R /Resources << /Font << {} >> {} >> {} >>",
            self.fonts, self.resources, self.page
        )
        .into_bytes();
        self.objects[3] = stream(entries, data);
        let mut out = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        for (i, object) in self.objects.iter().enumerate() {
            offsets.push(out.len());
            out.extend_from_slice(format!("{} 0 obj\n", i + 1).as_bytes());
            out.extend_from_slice(object);
            out.extend_from_slice(b"\nendobj\n");
        }
        let xref = out.len();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1);
        for offset in &offsets {
            writeln!(table, "{offset:010} 00000 n ").unwrap();
        }
        write!(table, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n", offsets.len() + 1).unwrap();
        out.extend_from_slice(table.as_bytes());
        out
    }
}

fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<< /Length {} {entries} >>\nstream\n", data.len()).into_bytes();
    out.extend_from_slice(data);
    out.extend_from_slice(b"\nendstream");
    out
}

/// Packs data as `FlateDecode` does.
pub(crate) fn deflate(data: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// Reads a file and hands out its first page.
pub(crate) fn document(bytes: &[u8]) -> (RawDocument, RawPage) {
    let raw = read(bytes).unwrap();
    let RawBody::Pages(pages) = &raw.body else { panic!("expected pages") };
    let page = pages[0].clone();
    (raw, page)
}

/// The first page of a file.
pub(crate) fn page(bytes: &[u8]) -> RawPage {
    document(bytes).1
}

/// The characters of glyphs.
pub(crate) fn text(glyphs: &[Glyph]) -> String {
    let mut out = String::new();
    glyphs.iter().for_each(|g| g.push_text(&mut out));
    out
}

/// The kinds of all notes.
pub(crate) fn kinds(raw: &RawDocument) -> Vec<NoteKind> {
    raw.notes.iter().map(|n| n.kind).collect()
}

/// Equal but for rounding.
pub(crate) fn near(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.01
}
