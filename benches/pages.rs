//! Pages a second, and the share of each stage: the documents of `corpus/` and `../shared/corpus`, or the files given.
//!
//! `cargo bench --bench pages -- FILE.pdf ...`; one document at a time, the fastest of three runs.

mod documents;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use documents::documents;
use mingzhang::{emit, interpret, read, reconcile, repair, segment};

/// Runs over each document; the fastest is the one that nothing else disturbed.
const N_RUNS: usize = 3;

/// The stages in the order of the flow.
const STAGES: [&str; 6] = ["read", "repair", "segment", "interpret", "reconcile", "emit"];

fn main() {
    // `cargo bench` adds flags of its own.
    let files: Vec<PathBuf> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).map(PathBuf::from).collect();
    if !files.is_empty() {
        measure("the files given", &files);
        return;
    }
    for folder in ["corpus", "../shared/corpus/real", "../shared/corpus/facsimile", "../shared/corpus/wide"] {
        let found = documents(Path::new(folder));
        if found.is_empty() {
            println!("{folder}: skipped, no document there");
        } else {
            measure(folder, &found);
        }
    }
}

fn measure(name: &str, files: &[PathBuf]) {
    let mut n_pages = 0;
    let mut sums = [Duration::ZERO; STAGES.len()];
    for bytes in files.iter().filter_map(|path| fs::read(path).ok()) {
        let runs = (0..N_RUNS).filter_map(|_| run(&bytes));
        let Some((pages, times)) = runs.min_by_key(|(_, times)| times.iter().sum::<Duration>()) else { continue };
        n_pages += pages;
        sums.iter_mut().zip(times).for_each(|(sum, time)| *sum += time);
    }
    let whole: Duration = sums.iter().sum();
    let rate = f64::from(n_pages) / whole.as_secs_f64();
    println!("{name}: {} documents, {n_pages} pages, {rate:.0} pages a second", files.len());
    for (stage, sum) in STAGES.iter().zip(sums) {
        let share = 100.0 * sum.as_secs_f64() / whole.as_secs_f64();
        println!("    {stage:10} {:8.1} ms {share:5.1} %", sum.as_secs_f64() * 1e3);
    }
}

/// The number of pages of a document, and the time of each stage.
fn run(bytes: &[u8]) -> Option<(u32, [Duration; STAGES.len()])> {
    let mut times = [Duration::ZERO; STAGES.len()];
    let mut start = Instant::now();
    let mut lap = |stage: usize| {
        let now = Instant::now();
        times[stage] = now - start;
        start = now;
    };
    let raw = read::read(bytes).ok()?;
    let n_pages = raw.source.n_pages;
    lap(0);
    let clean = repair::repair(raw);
    lap(1);
    let layout = segment::segment(clean);
    lap(2);
    let disclosure = interpret::interpret(layout);
    lap(3);
    let reconciliation = reconcile::reconcile(disclosure);
    lap(4);
    let publication = emit::Publication::new("bench.pdf", bytes, reconciliation);
    black_box(emit::json::to_string(publication.report(), emit::json::Layout::Compact).ok()?);
    lap(5);
    Some((n_pages, times))
}
