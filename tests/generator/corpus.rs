//! The documents of `corpus/`: few, small, and each with traits of its own.

use serde_json::Value;

use super::knobs::{Damage, Drawing, FakeBold, Kind, Options, Plant, Rulings, Size, ToUnicode};
use super::layout::Block;
use super::model::Figures;
use super::rng::Rng;
use super::scan::Kind as Scan;
use super::truth::sha256;
use super::{Document, scan_file};

/// A file of the corpus.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// Its name; within a folder of `corpus/` behind that one's.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

/// The folder of scanned documents within `corpus/`.
pub(crate) const SCANS: &str = "scans";

/// Every file of `corpus/`, the manifest last.
pub(crate) fn files() -> Vec<File> {
    let mut files = Vec::new();
    let mut manifest = String::from("id\ttraits\tsha256\n");
    let mut add = |id: &str, ending: &str, traits: &str, bytes: Vec<u8>, truth: &Value| {
        manifest.push_str(&format!("{id}\t{traits}\t{}\n", sha256(&bytes)));
        files.push(File { name: format!("{id}.{ending}"), bytes });
        files.push(File { name: format!("{id}.truth.json"), bytes: pretty(truth) });
    };
    for (options, traits) in documents() {
        let document = super::generate(&options);
        add(&options.name, "pdf", traits, document.pdf, &document.truth);
    }
    let source = super::generate(&dumped());
    for (id, damages, traits) in dumps() {
        let (text, truth) = source.dump(id, damages, 7);
        add(id, "txt", traits, text.into_bytes(), &truth);
    }
    for scan in scans() {
        let rng = &mut Rng::new(scan.seed);
        let (pdf, truth) = scan_file::scan(&scan.printed, &scan.name, scan.kind, rng);
        add(&format!("{SCANS}/{}", scan.name), "pdf", scan.traits, pdf, &truth);
    }
    files.push(File { name: "manifest.tsv".to_owned(), bytes: manifest.into_bytes() });
    files
}

/// JSON with a line for each thing down to a table's row, and what is below on that line.
fn pretty(truth: &Value) -> Vec<u8> {
    let mut text = String::new();
    push_json(truth, 0, &mut text);
    text.push('\n');
    text.into_bytes()
}

/// How deep things stand on lines of their own: report, tables, one table, its rows.
const N_OPEN_LEVELS: usize = 4;

fn push_json(value: &Value, depth: usize, out: &mut String) {
    let (open, close, parts): (char, char, Vec<(String, &Value)>) = match value {
        Value::Object(map) if depth < N_OPEN_LEVELS && !map.is_empty() => {
            ('{', '}', map.iter().map(|(k, v)| (format!("\"{k}\": "), v)).collect())
        }
        Value::Array(items) if depth < N_OPEN_LEVELS && !items.is_empty() => {
            ('[', ']', items.iter().map(|v| (String::new(), v)).collect())
        }
        _ => return out.push_str(&value.to_string()),
    };
    out.push(open);
    for (i, (key, part)) in parts.iter().enumerate() {
        out.push_str(if i == 0 { "\n" } else { ",\n" });
        out.push_str(&" ".repeat(depth + 1));
        out.push_str(key);
        push_json(part, depth + 1, out);
    }
    out.push('\n');
    out.push_str(&" ".repeat(depth));
    out.push(close);
}

const SUMMARY: &str = "revenue_expenditure_summary";
const REVENUE: &str = "revenue_summary";
const FUND: &str = "government_fund_expenditure";
const PROJECTS: &str = "project_expenditure";

fn small(name: &str, seed: u64) -> Options {
    Options { name: name.to_owned(), seed, size: Size::Small, n_projects: 6, n_forms: 0, ..Options::default() }
}

fn documents() -> Vec<(Options, &'static str)> {
    let plain = Drawing::default;
    vec![
        (
            Options {
                drawing: Drawing { bold: FakeBold::RunTwice, running_head: true, ..plain() },
                n_forms: 1,
                only: vec![
                    SUMMARY,
                    REVENUE,
                    "expenditure_summary",
                    "general_public_budget_basic_expenditure",
                    PROJECTS,
                ],
                ..small("budget-run-twice", 11)
            },
            "budget, 万元, bold runs drawn twice, headers repeated, running heads",
        ),
        (
            Options {
                kind: Kind::FinalAccounts,
                yuan: true,
                separators: true,
                column_numbers: true,
                n_forms: 1,
                only: vec![SUMMARY, REVENUE, "expenditure_summary", FUND, "three_public_expenses"],
                drawing: Drawing {
                    bold: FakeBold::Stroked,
                    rulings: Rulings::FilledRects,
                    caption_in_grid: true,
                    ..plain()
                },
                ..small("accounts-filled-rects", 22)
            },
            "final accounts, 元, thin filled rectangles, bold by render mode 2, 栏次 rows, captions in the grid, self-evaluation form",
        ),
        (
            Options {
                split_codes: true,
                unit_column: true,
                n_projects: 9,
                n_forms: 2,
                only: vec![REVENUE, "general_public_budget_expenditure", FUND, PROJECTS],
                drawing: Drawing {
                    bold: FakeBold::GlyphTwice,
                    rulings: Rulings::CellOutlines,
                    repeat_header: false,
                    scrambled: true,
                    ..plain()
                },
                ..small("forms-glyph-twice", 33)
            },
            "budget, 万元, bold glyphs drawn twice in turn, a rectangle a cell, codes in three columns, cells over several rows, runs scrambled",
        ),
        (
            Options {
                n_forms: 1,
                two_horizons: false,
                government_fund: true,
                compare_years: true,
                plants: vec![Plant::TotalOff, Plant::FormAgainstProject, Plant::UnitLabel, Plant::StaleParagraph],
                drawing: Drawing { rulings: Rulings::CellEdges, to_unicode: ToUnicode::FontOnly, ..plain() },
                ..small("planted-contradictions", 44)
            },
            "budget, 万元, government fund, years compared, four planted contradictions, a segment a cell edge, no ToUnicode",
        ),
        (
            Options {
                zeros_printed: true,
                mixed_units: true,
                only: vec![SUMMARY, REVENUE, "fiscal_appropriation_summary", "three_public_expenses", PROJECTS],
                drawing: Drawing { rulings: Rulings::None, bold: FakeBold::Shadow, ..plain() },
                ..small("budget-no-rulings", 55)
            },
            "budget, 万元 and 元, no rulings, shadowed bold, zeros printed",
        ),
        (
            Options {
                kind: Kind::FinalAccounts,
                rounded: true,
                only: vec![SUMMARY, REVENUE, "fiscal_appropriation_summary", "general_public_budget_basic_expenditure"],
                drawing: Drawing { rulings: Rulings::Dashed, bold: FakeBold::FourTimes, rotated: true, ..plain() },
                ..small("accounts-dashed-rotated", 66)
            },
            "final accounts, 万元 rounded one by one, dashed rulings, bold drawn four times, landscape pages by /Rotate 90",
        ),
        (
            Options {
                compare_years: true,
                only: vec![SUMMARY, "general_public_budget_expenditure", "three_public_expenses", PROJECTS],
                ..small("budget-years-compared", 99)
            },
            "budget, 万元, years compared",
        ),
    ]
}

fn dumped() -> Options {
    let only = vec![SUMMARY, REVENUE, "general_public_budget_expenditure", FUND, PROJECTS];
    Options { n_forms: 1, only, ..small("dump", 77) }
}

fn dumps() -> Vec<(&'static str, &'static [Damage], &'static str)> {
    vec![
        ("dump-clean", &[], "budget, 万元, text dump without damage"),
        (
            "dump-damaged",
            &[
                Damage::DoubledRuns,
                Damage::InterleavedHeaders,
                Damage::WrappedCells,
                Damage::CutNumbers,
                Damage::JoinedCells,
                Damage::PunctuationSpaces,
            ],
            "the same with doubled runs, interleaved headers, wrapped, cut and joined cells, blanks beside punctuation",
        ),
    ]
}

/// A page that is scanned.
pub(crate) struct Scanned {
    /// Its name.
    pub(crate) name: String,
    /// The page as printed.
    pub(crate) printed: Document,
    kind: Scan,
    seed: u64,
    traits: &'static str,
}

/// One page a kind of scan, each of another table.
pub(crate) fn scans() -> Vec<Scanned> {
    let page = |kind: Scan, seed: u64, table: &'static str, traits: &'static str| {
        let name = Scan::ALL.iter().find(|(other, _)| *other == kind).map_or("", |(_, name)| name);
        let yuan = matches!(kind, Scan::Clean | Scan::Turned);
        let options = Options { yuan, separators: kind == Scan::Clean, only: vec![table], ..small(name, seed) };
        let tables = |blocks: &mut Vec<Block>| blocks.retain(|block| matches!(block, Block::Table(_)));
        let printed = super::generate_of(&Figures::draw(&options), &options, tables);
        Scanned { name: options.name, printed, kind, seed, traits }
    };
    vec![
        page(Scan::Clean, 101, "expenditure_summary", "scan: 300 dpi, grey, straight"),
        page(
            Scan::Office,
            102,
            "general_public_budget_expenditure",
            "scan: 200 dpi, grey JPEG, askew, uneven light, noise",
        ),
        page(Scan::Fax, 103, SUMMARY, "scan: 200 dpi, black and white, CCITT group 4, askew"),
        page(
            Scan::Coarse,
            104,
            "general_public_budget_basic_expenditure",
            "scan: 150 dpi, colour JPEG of low quality, askew, uneven light, noise",
        ),
        page(Scan::Turned, 105, REVENUE, "scan: as office, turned by quarters"),
        page(Scan::Sealed, 106, "fiscal_appropriation_summary", "scan: as office in colour, under a red seal"),
        page(
            Scan::Marked,
            107,
            "general_public_budget_expenditure",
            "scan: as office, with a black stamp, strokes of a pen, a hole, a dark edge",
        ),
    ]
}
