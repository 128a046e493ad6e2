//! Pages a second: every document of `corpus/` and of `../shared/corpus`, one at a time, the median of three runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Runs over each document; the median leaves out a run that something else disturbed.
const N_RUNS: usize = 3;

fn main() {
    for folder in ["corpus", "../shared/corpus/real", "../shared/corpus/facsimile", "../shared/corpus/wide"] {
        let documents = documents(Path::new(folder));
        if documents.is_empty() {
            println!("{folder}: skipped, no document there");
            continue;
        }
        let (mut n_pages, mut seconds) = (0, Duration::ZERO);
        for bytes in &documents {
            let mut times = [Duration::ZERO; N_RUNS];
            let mut pages = 0;
            for time in &mut times {
                let start = Instant::now();
                let report = mingzhang::extract_report("bench", bytes);
                *time = start.elapsed();
                pages = report.map_or(0, |report| report.source.pages);
            }
            times.sort();
            seconds += times[N_RUNS / 2];
            n_pages += pages;
        }
        let rate = f64::from(n_pages) / seconds.as_secs_f64();
        println!("{folder}: {} documents, {n_pages} pages, {rate:.0} pages a second", documents.len());
    }
}

/// The bytes of every PDF in a folder, in the order of names.
fn documents(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "pdf"));
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).collect()
}
