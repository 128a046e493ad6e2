//! What reading costs: the reader beside nothing but a walk over the typed operations of the same files.
//!
//! `cargo bench --bench read -- FILE.pdf ...`; without a file, the documents of `corpus/`.

mod documents;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use documents::documents;
use hayro_syntax::Pdf;
use mingzhang::read::{RawBody, read};
use mingzhang::repair::repair;

/// Runs over each file; the fastest is the one that nothing else disturbed.
const N_RUNS: usize = 5;
/// What is measured takes at least this long: the system counts a thread's time in steps.
const MIN_TIME: Duration = Duration::from_millis(200);

fn main() {
    // `cargo bench` adds flags of its own.
    let mut paths: Vec<PathBuf> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).map(PathBuf::from).collect();
    if paths.is_empty() {
        paths = documents(Path::new("corpus"));
    }
    let mut sums = [Duration::ZERO; 3];
    let mut n_pages = 0;
    for path in &paths {
        let Ok(bytes) = fs::read(path) else { panic!("expected a readable file: {}", path.display()) };
        let Ok(raw) = read(&bytes) else { panic!("expected a readable PDF: {}", path.display()) };
        n_pages += raw.source.n_pages;
        sums[0] += fastest(|| walk(&bytes));
        sums[1] += fastest(|| read(&bytes).map_or(0, |raw| n_glyphs(&raw.body)));
        sums[2] += fastest(|| read(&bytes).map_or(0, |raw| repair(raw).notes.len()));
    }
    let names = ["walk of typed operations", "read", "read and repair"];
    for (name, sum) in names.iter().zip(sums) {
        let rate = f64::from(n_pages) / sum.as_secs_f64();
        let ratio = sum.as_secs_f64() / sums[0].as_secs_f64();
        println!("{name:25} {:8.1} ms, {rate:7.0} pages a second, {ratio:5.2} times the walk", sum.as_secs_f64() * 1e3);
    }
    println!("{} files, {n_pages} pages", paths.len());
}

/// Looks at every operator of every page.
fn walk(bytes: &[u8]) -> usize {
    let Ok(pdf) = Pdf::new(bytes.to_vec()) else { return 0 };
    let mut n = 0;
    for page in pdf.pages().iter() {
        let mut operations = page.typed_operations();
        while let Some(operation) = operations.next() {
            black_box(&operation);
            n += 1;
        }
    }
    n
}

fn n_glyphs(body: &RawBody) -> usize {
    match body {
        RawBody::Pages(pages) => pages.iter().map(|page| page.glyphs.len()).sum(),
        RawBody::Dump(_) => 0,
    }
}

/// The shortest time that some work took, each time done often enough to be measured.
fn fastest(mut work: impl FnMut() -> usize) -> Duration {
    let start = Instant::now();
    black_box(work());
    let n = (MIN_TIME.as_secs_f64() / start.elapsed().as_secs_f64()).clamp(1.0, 1e4).ceil() as u32;
    let times = (0..N_RUNS).map(|_| {
        let (start, start_on_processor) = (Instant::now(), processor_time());
        for _ in 0..n {
            black_box(work());
        }
        let time = match (start_on_processor, processor_time()) {
            (Some(start), Some(end)) => end.saturating_sub(start),
            _ => start.elapsed(),
        };
        time / n
    });
    times.min().unwrap_or_default()
}

/// How long this thread has had a processor, where the system tells: a busy machine changes it little.
fn processor_time() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
