//! What can be asked of a document: how big, which figures, how it is drawn, how its dump is damaged.

use super::rng::Rng;

/// How bold text is made without a bold font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FakeBold {
    /// Not at all: headings look like text.
    None,
    /// Filled and stroked (render mode 2).
    Stroked,
    /// The whole run drawn twice, a third of a point apart.
    RunTwice,
    /// Each glyph drawn twice in turn.
    GlyphTwice,
    /// The whole run drawn four times around its place.
    FourTimes,
    /// A grey copy below and to the right, then the run.
    Shadow,
}

impl FakeBold {
    /// Every kind, with the name used on the command line and in the manifest.
    pub(crate) const ALL: [(Self, &str); 6] = [
        (Self::None, "none"),
        (Self::Stroked, "stroked"),
        (Self::RunTwice, "run-twice"),
        (Self::GlyphTwice, "glyph-twice"),
        (Self::FourTimes, "four-times"),
        (Self::Shadow, "shadow"),
    ];
}

/// How the lines of tables are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rulings {
    /// One stroke a line.
    Strokes,
    /// One thin filled rectangle a line.
    FilledRects,
    /// A stroked rectangle for every cell.
    CellOutlines,
    /// A stroke for each side of each cell.
    CellEdges,
    /// Strokes with a dash pattern.
    Dashed,
    /// Two strokes side by side.
    Doubled,
    /// No lines.
    None,
}

impl Rulings {
    /// Every kind, with the name used on the command line and in the manifest.
    pub(crate) const ALL: [(Self, &str); 7] = [
        (Self::Strokes, "strokes"),
        (Self::FilledRects, "filled-rects"),
        (Self::CellOutlines, "cell-outlines"),
        (Self::CellEdges, "cell-edges"),
        (Self::Dashed, "dashed"),
        (Self::Doubled, "doubled"),
        (Self::None, "none"),
    ];
}

/// What tells a reader which character a glyph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ToUnicode {
    /// A ToUnicode CMap.
    Present,
    /// Only the `cmap` of the embedded font.
    FontOnly,
    /// Nothing: the text cannot be recovered.
    Nothing,
}

impl ToUnicode {
    /// Every kind, with the name used on the command line and in the manifest.
    pub(crate) const ALL: [(Self, &str); 3] =
        [(Self::Present, "present"), (Self::FontOnly, "font-only"), (Self::Nothing, "nothing")];
}

/// How the document is drawn.
#[derive(Clone, Debug)]
pub(crate) struct Drawing {
    /// Bold text.
    pub(crate) bold: FakeBold,
    /// Table lines.
    pub(crate) rulings: Rulings,
    /// Whether the column headers stand on continuation pages again.
    pub(crate) repeat_header: bool,
    /// Whether title, department and unit stand in ruled cells on top of the table.
    pub(crate) caption_in_grid: bool,
    /// Whether the report's title stands on top of every page.
    pub(crate) running_head: bool,
    /// Whether landscape pages are portrait pages with /Rotate 90.
    pub(crate) rotated: bool,
    /// Whether runs are drawn in a random order.
    pub(crate) scrambled: bool,
    /// Whether each glyph is placed on its own.
    pub(crate) glyphwise: bool,
    /// What the fonts tell.
    pub(crate) to_unicode: ToUnicode,
}

impl Default for Drawing {
    fn default() -> Self {
        Self {
            bold: FakeBold::None,
            rulings: Rulings::Strokes,
            repeat_header: true,
            caption_in_grid: false,
            running_head: false,
            rotated: false,
            scrambled: false,
            glyphwise: false,
            to_unicode: ToUnicode::Present,
        }
    }
}

/// Budget or final accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 部门预算
    Budget,
    /// 部门决算
    FinalAccounts,
}

/// How much of a disclosure is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// A handful of tables and a short narrative.
    Small,
    /// Every table, the narrative in full.
    Full,
}

/// A contradiction put in on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plant {
    /// A total with a wrong digit.
    TotalOff,
    /// A form's funds against its project's row.
    FormAgainstProject,
    /// A table in 元 under the label 万元, or the other way round.
    UnitLabel,
    /// Last year's figure in a paragraph.
    StaleParagraph,
}

impl Plant {
    /// Every kind, with the name used on the command line and in the manifest.
    pub(crate) const ALL: [(Self, &str); 4] = [
        (Self::TotalOff, "total-off"),
        (Self::FormAgainstProject, "form-against-project"),
        (Self::UnitLabel, "unit-label"),
        (Self::StaleParagraph, "stale-paragraph"),
    ];
}

/// Damage that extractors do to the text of a dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    /// Bold runs twice: 2023年2023年.
    DoubledRuns,
    /// Bold glyphs twice: 项项目目.
    DoubledGlyphs,
    /// A doubled run whose wrapped second line stands below by itself, doubled too.
    DoubledWrapped,
    /// The lines of neighbouring header cells in turn.
    InterleavedHeaders,
    /// A wrapped cell's lines on lines of their own.
    WrappedCells,
    /// Numbers with blanks inside: 13     4.70.
    CutNumbers,
    /// No blank between two cells.
    JoinedCells,
    /// Blanks beside CJK punctuation and digits.
    PunctuationSpaces,
    /// Digits as full-width forms.
    FullWidthDigits,
    /// Blank cells leave no trace.
    LostBlanks,
    /// A new page is told by one blank before its first line, not by a form feed.
    LostFormFeeds,
}

impl Damage {
    /// Every kind, with the name used on the command line and in the manifest.
    pub(crate) const ALL: [(Self, &str); 11] = [
        (Self::DoubledRuns, "doubled-runs"),
        (Self::DoubledGlyphs, "doubled-glyphs"),
        (Self::DoubledWrapped, "doubled-wrapped"),
        (Self::InterleavedHeaders, "interleaved-headers"),
        (Self::WrappedCells, "wrapped-cells"),
        (Self::CutNumbers, "cut-numbers"),
        (Self::JoinedCells, "joined-cells"),
        (Self::PunctuationSpaces, "punctuation-spaces"),
        (Self::FullWidthDigits, "full-width-digits"),
        (Self::LostBlanks, "lost-blanks"),
        (Self::LostFormFeeds, "lost-form-feeds"),
    ];
}

/// Everything that decides a document; the same options make the same bytes.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Name of the files, without ending.
    pub(crate) name: String,
    /// Decides names and figures.
    pub(crate) seed: u64,
    /// Budget or final accounts.
    pub(crate) kind: Kind,
    /// How much of it.
    pub(crate) size: Size,
    /// Whether tables are in 元 (else 万元).
    pub(crate) yuan: bool,
    /// Whether the 三公 table has the other unit, as some files do.
    pub(crate) mixed_units: bool,
    /// Whether figures in 万元 are rounded one by one, so that sums may be off by the last digit.
    pub(crate) rounded: bool,
    /// Whether amounts have thousands separators.
    pub(crate) separators: bool,
    /// Whether nothing is printed as 0.00.
    pub(crate) zeros_printed: bool,
    /// Whether a functional code stands in three columns.
    pub(crate) split_codes: bool,
    /// Whether projects stand beside their unit, whose cell covers their rows (else below it).
    pub(crate) unit_column: bool,
    /// Whether the table of the general public budget sets the year beside the one before.
    pub(crate) compare_years: bool,
    /// Whether tables have a row of column numbers.
    pub(crate) column_numbers: bool,
    /// Whether there is a government fund.
    pub(crate) government_fund: bool,
    /// Number of projects.
    pub(crate) n_projects: usize,
    /// Number of declaration forms, at most one a project.
    pub(crate) n_forms: usize,
    /// Whether forms hold the whole period and the year side by side.
    pub(crate) two_horizons: bool,
    /// Kinds of tables that are kept; all where there is none.
    pub(crate) only: Vec<&'static str>,
    /// Contradictions.
    pub(crate) plants: Vec<Plant>,
    /// How it is drawn.
    pub(crate) drawing: Drawing,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            name: "generated".to_owned(),
            seed: 1,
            kind: Kind::Budget,
            size: Size::Full,
            yuan: false,
            mixed_units: false,
            rounded: false,
            separators: false,
            zeros_printed: false,
            split_codes: false,
            unit_column: false,
            compare_years: false,
            column_numbers: false,
            government_fund: false,
            n_projects: 8,
            n_forms: 4,
            two_horizons: true,
            only: Vec::new(),
            plants: Vec::new(),
            drawing: Drawing::default(),
        }
    }
}

impl Options {
    /// A mix of traits that follows from the seed: for batches that should hold a bit of everything readable.
    pub(crate) fn mixed(seed: u64) -> Self {
        let mut rng = Rng::new(seed).fork(8);
        let n_projects = 4 + rng.below(16);
        Self {
            seed,
            kind: if rng.chance(30) { Kind::FinalAccounts } else { Kind::Budget },
            yuan: rng.chance(30),
            mixed_units: rng.chance(15),
            separators: rng.chance(40),
            zeros_printed: rng.chance(20),
            split_codes: rng.chance(30),
            unit_column: rng.chance(30),
            compare_years: rng.chance(30),
            column_numbers: rng.chance(30),
            government_fund: rng.chance(30),
            n_projects,
            n_forms: rng.below(n_projects / 2 + 1),
            two_horizons: rng.chance(60),
            drawing: Drawing {
                bold: rng.pick(&FakeBold::ALL).0,
                rulings: rng.pick(&Rulings::ALL[..6]).0,
                repeat_header: rng.chance(60),
                caption_in_grid: rng.chance(15),
                running_head: rng.chance(30),
                rotated: rng.chance(25),
                scrambled: rng.chance(25),
                glyphwise: rng.chance(25),
                to_unicode: if rng.chance(25) { ToUnicode::FontOnly } else { ToUnicode::Present },
            },
            ..Self::default()
        }
    }
}
