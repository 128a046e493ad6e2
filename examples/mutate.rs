//! Plants faults into interpreted documents, one at a time, and prints how the arithmetic takes them.

#[path = "../tests/truth/mutate.rs"]
mod mutate;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use mingzhang::interpret::{Disclosure, interpret};
use mingzhang::{Error, read, repair, segment};
use mutate::{Fault, Score, Subject, measure};

/// So many faults of each of the five kinds: 200 a document.
const FAULTS_OF_A_KIND: usize = 40;

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let n_args = args.len();
    args.retain(|arg| arg != "-v");
    let verbose = args.len() < n_args;
    if args.is_empty() {
        eprintln!("usage: mutate [-v] PATH…    files, and folders of PDFs and text dumps");
        return ExitCode::from(2);
    }
    let mut all = Score::default();
    let mut kinds: BTreeMap<Fault, Score> = BTreeMap::new();
    for path in documents(&args) {
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let disclosure = match interpreted(&path) {
            Ok(disclosure) => disclosure,
            Err(error) => {
                println!("{name} skipped: {error}");
                continue;
            }
        };
        let subject = Subject::new(disclosure);
        let mut own = Score::default();
        let mut missed = Vec::new();
        for (fault, score) in measure(&name, &subject, FAULTS_OF_A_KIND, &mut missed) {
            own.add(&score);
            kinds.entry(fault).or_default().add(&score);
        }
        println!("{name} {}", own.line());
        if verbose {
            missed.iter().for_each(|line| println!("    {line}"));
        }
        all.add(&own);
    }
    for (fault, score) in &kinds {
        println!("{fault:?} {}", score.line());
    }
    println!("together {}", all.line());
    ExitCode::SUCCESS
}

/// The files named, and the PDFs and dumps in the folders named, by name.
fn documents(args: &[String]) -> Vec<PathBuf> {
    let mut result = Vec::new();
    for path in args.iter().map(PathBuf::from) {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path());
            let is_document = |p: &PathBuf| p.extension().is_some_and(|e| e == "pdf" || e == "txt");
            let mut files: Vec<PathBuf> = entries.filter(is_document).collect();
            files.sort();
            result.extend(files);
        } else {
            result.push(path);
        }
    }
    result
}

/// Everything but the reconciliation.
fn interpreted(path: &Path) -> Result<Disclosure, Error> {
    Ok(interpret(segment::segment(repair::repair(read::read(&std::fs::read(path)?)?))))
}
