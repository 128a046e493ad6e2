//! Writes generated disclosures: NAME.pdf, NAME.txt, and the truth of each; or `corpus/` anew.

#[path = "../tests/generator/mod.rs"]
mod generator;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};

use generator::knobs::{Damage, FakeBold, Kind, Options, Plant, Rulings, Size, ToUnicode};
use generator::rng::Rng;
use generator::scale::{self, Filling};
use generator::scan::Kind as Scan;
use generator::scan_file;

/// Makes disclosures of invented departments, with their truth.
#[derive(Parser)]
struct Command {
    #[command(subcommand)]
    task: Option<Task>,
    #[command(flatten)]
    order: Order,
}

#[derive(Subcommand)]
enum Task {
    /// Writes the documents of corpus/ anew.
    Corpus {
        /// Folder to write to.
        #[arg(long, default_value = "corpus")]
        out: PathBuf,
    },
    /// Writes the reports of one small family as PDFs: a department of two units over two years, budgets and accounts.
    Family {
        /// Folder to write to.
        #[arg(long, default_value = "out")]
        out: PathBuf,
        /// Its seed.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Whether one figure of the year before is misprinted.
        #[arg(long)]
        misprinted: bool,
    },
    /// Writes the facts of families of reports, as a run publishes them, for `mingzhang relate`.
    Families {
        /// Folder to write to.
        #[arg(long, default_value = "out")]
        out: PathBuf,
        /// Seed of the first family; each one has the next.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many families, of six reports for the department and each of its units.
        #[arg(long, default_value_t = 1)]
        count: u64,
        /// How many units a department has.
        #[arg(long, default_value_t = 4)]
        units: usize,
    },
}

#[derive(Args)]
struct Order {
    /// Folder to write to.
    #[arg(long, default_value = "out")]
    out: PathBuf,
    /// Seed of the first document; each one has the next.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many documents.
    #[arg(long, default_value_t = 1)]
    count: u64,
    /// At least so many pages a document.
    #[arg(long)]
    pages: Option<usize>,
    /// Whether extra pages are forms (else rows of tables).
    #[arg(long)]
    fill_forms: bool,
    /// A different mix of traits for each seed.
    #[arg(long)]
    mix: bool,
    /// Final accounts (else a budget).
    #[arg(long)]
    accounts: bool,
    /// A handful of tables (else all).
    #[arg(long)]
    small: bool,
    /// Amounts in 元 (else 万元).
    #[arg(long)]
    yuan: bool,
    /// The 三公 table has the other unit.
    #[arg(long)]
    mixed_units: bool,
    /// Amounts in 万元 are rounded one by one.
    #[arg(long)]
    rounded: bool,
    /// Thousands separators.
    #[arg(long)]
    separators: bool,
    /// Zeros are printed.
    #[arg(long)]
    zeros: bool,
    /// Codes in three columns.
    #[arg(long)]
    split_codes: bool,
    /// Projects stand beside their unit, whose cell covers their rows.
    #[arg(long)]
    unit_column: bool,
    /// The general public budget beside that of the year before.
    #[arg(long)]
    compare_years: bool,
    /// A row of column numbers.
    #[arg(long)]
    column_numbers: bool,
    /// A government fund.
    #[arg(long)]
    government_fund: bool,
    /// Forms for the year alone.
    #[arg(long)]
    one_horizon: bool,
    /// Number of projects.
    #[arg(long)]
    projects: Option<usize>,
    /// Number of forms.
    #[arg(long)]
    forms: Option<usize>,
    /// none, stroked, run-twice, glyph-twice, four-times, shadow
    #[arg(long, default_value = "none")]
    bold: String,
    /// strokes, filled-rects, cell-outlines, cell-edges, dashed, doubled, none
    #[arg(long, default_value = "strokes")]
    rulings: String,
    /// present, font-only, nothing
    #[arg(long, default_value = "present")]
    to_unicode: String,
    /// Headers stand on the first page of a table only.
    #[arg(long)]
    header_once: bool,
    /// Title, department and unit in ruled cells.
    #[arg(long)]
    caption_in_grid: bool,
    /// The report's title on top of every page.
    #[arg(long)]
    running_head: bool,
    /// Landscape pages by /Rotate 90.
    #[arg(long)]
    rotated: bool,
    /// Runs drawn in a random order.
    #[arg(long)]
    scrambled: bool,
    /// Each glyph placed on its own.
    #[arg(long)]
    glyphwise: bool,
    /// total-off, form-against-project, unit-label, stale-paragraph
    #[arg(long, value_delimiter = ',')]
    plant: Vec<String>,
    /// Writes a scan of the pages with tables too: clean, office, fax, coarse, turned, sealed
    #[arg(long, value_delimiter = ',')]
    scan: Vec<String>,
    /// Writes text dumps too: clean, and one with each damage named (or all).
    #[arg(long, value_delimiter = ',')]
    dump: Vec<String>,
}

fn main() -> io::Result<()> {
    let command = Command::parse();
    match &command.task {
        Some(Task::Corpus { out }) => {
            fs::create_dir_all(out.join(generator::corpus::SCANS))?;
            for file in generator::corpus::files() {
                fs::write(out.join(&file.name), &file.bytes)?;
            }
            Ok(())
        }
        Some(Task::Families { out, seed, count, units }) => {
            fs::create_dir_all(out)?;
            let mut index = String::new();
            for seed in *seed..seed + count {
                for member in generator::family::family(seed, *units, None).members {
                    fs::write(out.join(&member.name), member.report.to_string())?;
                    index.push_str(&format!("{}\n", serde_json::json!({"report": member.name})));
                }
            }
            fs::write(out.join("index.jsonl"), index)
        }
        Some(Task::Family { out, seed, misprinted }) => {
            fs::create_dir_all(out)?;
            let mut reports = generator::family_print::print(*seed, *misprinted).into_iter();
            reports.try_for_each(|report| fs::write(out.join(&report.name), &report.pdf))
        }
        None => command.order.write(),
    }
}

impl Order {
    fn write(&self) -> io::Result<()> {
        fs::create_dir_all(&self.out)?;
        for seed in self.seed..self.seed + self.count {
            let mut options = if self.mix { Options::mixed(seed) } else { self.options()? };
            options.seed = seed;
            options.name = format!("generated-{seed:04}");
            if let Some(n_pages) = self.pages {
                let filling = if self.fill_forms { Filling::Forms } else { Filling::Tables };
                options = scale::to_pages(options, n_pages, filling);
            }
            self.document(&options)?;
        }
        Ok(())
    }

    fn document(&self, options: &Options) -> io::Result<()> {
        let document = generator::generate(options);
        let write = |name: &str, bytes: &[u8]| fs::write(Path::new(&self.out).join(name), bytes);
        write(&format!("{}.pdf", options.name), &document.pdf)?;
        write(&format!("{}.truth.json", options.name), document.truth.to_string().as_bytes())?;
        for word in &self.scan {
            let name = format!("{}-{word}", options.name);
            let (pdf, truth) = scan_file::scan(&document, &name, named(&Scan::ALL, word)?, &mut Rng::new(options.seed));
            write(&format!("{name}.pdf"), &pdf)?;
            write(&format!("{name}.truth.json"), truth.to_string().as_bytes())?;
        }
        let mut wanted: Vec<(String, Vec<Damage>)> = Vec::new();
        for word in &self.dump {
            match word.as_str() {
                "clean" => wanted.push(("clean".to_owned(), Vec::new())),
                "all" => wanted.extend(Damage::ALL.iter().map(|(d, name)| ((*name).to_owned(), vec![*d]))),
                _ => wanted.push((word.clone(), vec![named(&Damage::ALL, word)?])),
            }
        }
        for (word, damages) in wanted {
            let name = format!("{}-{word}", options.name);
            let (text, truth) = document.dump(&name, &damages, options.seed);
            write(&format!("{name}.txt"), text.as_bytes())?;
            write(&format!("{name}.truth.json"), truth.to_string().as_bytes())?;
        }
        Ok(())
    }

    fn options(&self) -> io::Result<Options> {
        let mut options = Options {
            kind: if self.accounts { Kind::FinalAccounts } else { Kind::Budget },
            size: if self.small { Size::Small } else { Size::Full },
            yuan: self.yuan,
            mixed_units: self.mixed_units,
            rounded: self.rounded,
            separators: self.separators,
            zeros_printed: self.zeros,
            split_codes: self.split_codes,
            unit_column: self.unit_column,
            compare_years: self.compare_years,
            column_numbers: self.column_numbers,
            government_fund: self.government_fund,
            two_horizons: !self.one_horizon,
            ..Options::default()
        };
        options.n_projects = self.projects.unwrap_or(options.n_projects);
        options.n_forms = self.forms.unwrap_or(options.n_forms);
        options.plants = self.plant.iter().map(|p| named(&Plant::ALL, p)).collect::<io::Result<_>>()?;
        options.drawing.bold = named(&FakeBold::ALL, &self.bold)?;
        options.drawing.rulings = named(&Rulings::ALL, &self.rulings)?;
        options.drawing.to_unicode = named(&ToUnicode::ALL, &self.to_unicode)?;
        options.drawing.repeat_header = !self.header_once;
        options.drawing.caption_in_grid = self.caption_in_grid;
        options.drawing.running_head = self.running_head;
        options.drawing.rotated = self.rotated;
        options.drawing.scrambled = self.scrambled;
        options.drawing.glyphwise = self.glyphwise;
        Ok(options)
    }
}

fn named<T: Copy>(all: &[(T, &str)], word: &str) -> io::Result<T> {
    let names: Vec<&str> = all.iter().map(|(_, name)| *name).collect();
    let found = all.iter().find(|(_, name)| *name == word).map(|(value, _)| *value);
    found.ok_or_else(|| io::Error::other(format!("{word}: expected one of {}", names.join(", "))))
}
