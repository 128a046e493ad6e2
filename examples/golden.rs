//! `check` shows where goldens differ from what is made now; `bless ID…` shows it and makes them anew.

#[path = "../tests/golden/mod.rs"]
mod golden;

use std::io;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match args.split_first() {
        Some((verb, [])) if verb == "check" => check(),
        Some((verb, ids)) if verb == "bless" && !ids.is_empty() => bless(ids),
        _ => {
            eprintln!("usage: golden check | golden bless ID…");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// Shows every difference; whether there is none.
fn check() -> io::Result<bool> {
    let documents = golden::documents(Path::new("."))?;
    let mut n_differences = 0;
    for document in &documents {
        n_differences += show(document)?;
    }
    let orphans = golden::orphans(Path::new("golden"), &documents)?;
    for id in &orphans {
        println!("golden/{id}: its document is gone");
    }
    println!("{} documents, {} differences", documents.len(), n_differences + orphans.len());
    Ok(documents.iter().any(|document| document.is_own) && n_differences + orphans.len() == 0)
}

/// Shows what differs for each id, then makes its golden anew; that of a document that is gone is removed.
fn bless(ids: &[String]) -> io::Result<bool> {
    let documents = golden::documents(Path::new("."))?;
    let golden_folder = Path::new("golden");
    let mut all_known = true;
    for id in ids {
        if let Some(document) = documents.iter().find(|document| document.id == *id) {
            show(document)?;
            golden::bless(golden_folder, document)?;
        } else if golden::orphans(golden_folder, &documents)?.contains(id) {
            println!("golden/{id}: its document is gone");
            std::fs::remove_dir_all(golden_folder.join(id))?;
        } else {
            eprintln!("{id}: there is no such document");
            all_known = false;
        }
    }
    Ok(all_known)
}

/// Prints the differences of one document; how many there are.
fn show(document: &golden::Document) -> io::Result<usize> {
    let differences = golden::differences(Path::new("golden"), document)?;
    for difference in &differences {
        println!("golden/{}:\n{}", difference.file, difference.text);
    }
    Ok(differences.len())
}
