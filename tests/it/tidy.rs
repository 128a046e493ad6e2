//! The rules of the source tree, as a test: who names whom, who prints, how long a file is.

use std::fs;
use std::path::PathBuf;

use crate::shared::root;

/// Stages in the order of the flow: each names only those before it.
const STAGES: [&str; 10] =
    ["read", "repair", "segment", "interpret", "reconcile", "redact", "facts", "emit", "compare", "relate"];

/// What every stage may name, and what names no stage.
const GROUND: [&str; 9] = ["arithmetic", "error", "geom", "hex", "lang", "names", "note", "provenance", "terms"];

/// What stands over the stages.
const RIM: [&str; 6] = ["batch", "dump", "golden", "pipeline", "render", "review"];

/// A file past this length wants to be split by noun.
const MAX_LINES: usize = 400;

/// Rust files below a folder of the project, with their path from it and their text.
pub fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            // What cargo made below fuzz/ is no source of the project.
            if path.ends_with("target") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((relative(&path), text));
            }
        }
    }
    found.sort();
    found
}

fn relative(path: &std::path::Path) -> String {
    path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/")
}

fn all_sources() -> Vec<(String, String)> {
    ["src", "tests", "benches", "examples", "fuzz", "python"].iter().flat_map(|folder| sources(folder)).collect()
}

/// The module of a file below `src`: `read` of `src/read/pdf/mod.rs`.
fn module(path: &str) -> &str {
    let below = path.strip_prefix("src/").unwrap();
    below.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The code of a file without its comments, line by line.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")).map(|(i, line)| (i + 1, line))
}

/// The modules of the crate that a text names by `crate::NAME` or in `use crate::{…}`, over several lines too.
fn named(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (at, path) in text.match_indices("crate::") {
        let rest = &text[at + path.len()..];
        let mut depth = 0;
        let mut begins = true;
        for (i, c) in rest.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                c if begins && (c.is_alphanumeric() || c == '_') => {
                    let word = rest[i..].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                    names.push(word);
                    begins = false;
                }
                ',' if depth == 1 => begins = true,
                _ => {}
            }
            if depth == 0 && !begins {
                break;
            }
        }
    }
    names
}

#[test]
fn a_stage_names_only_earlier_stages() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let own = module(&path);
        let rank = STAGES.iter().position(|stage| *stage == own);
        let code: Vec<_> = code(&text).map(|(_, line)| line).collect();
        for name in named(&code.join("\n")) {
            let allowed = match (rank, STAGES.iter().position(|stage| *stage == name)) {
                (Some(own), Some(other)) => other <= own,
                (None, Some(_)) => !GROUND.contains(&own),
                (Some(_), None) => !RIM.contains(&name),
                (None, None) => !GROUND.contains(&own) || !RIM.contains(&name),
            };
            if !allowed {
                wrong.push(format!("{path}: {own} names {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_has_its_place_in_the_layers() {
    let known = |name: &str| {
        [&STAGES[..], &GROUND[..], &RIM[..], &["lib", "main", "cli", "args", "command"][..]]
            .iter()
            .any(|layer| layer.contains(&name))
    };
    let unknown: Vec<_> =
        sources("src").into_iter().map(|(path, _)| path).filter(|path| !known(module(path))).collect();
    assert!(unknown.is_empty(), "{unknown:?} stand in no layer");
}

#[test]
fn only_the_pdf_reader_names_a_pdf_library() {
    let wrong = lines_with(&["hayro_", "skrifa", "lopdf", "pdf_extract"], |path| path.starts_with("src/read/pdf/"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_wire_is_serializable() {
    // SerializedFileWriter is a type of the Parquet library.
    // What relations need of published reports is read back.
    let may = |path: &str| {
        let known = ["src/emit/wire.rs", "src/emit/parquet/mod.rs", "src/relate/wire.rs"];
        path.starts_with("src/emit/wire/") || known.contains(&path)
    };
    let wrong = lines_with(&["Serialize", "serde::"], may);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_main_prints() {
    let printing = ["println!", "print!", "eprintln!", "eprint!", "stdout", "stderr"];
    // The pool names the pipes of its workers.
    let wrong = lines_with(&printing, |path| ["src/cli.rs", "src/batch/pool.rs"].contains(&path));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_arguments_know_a_flag_and_no_variable_changes_a_result() {
    let wrong = lines_with(&["clap::", "#[arg", "env::var", "env::args"], |path| {
        path.starts_with("src/args/") || path == "src/main.rs"
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_float_holds_money() {
    let wrong = lines_with(&["to_f64", "to_f32", "from_f64", "from_f32"], |path| path == "src/emit/jsonl.rs");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Lines of code below `src` that hold one of the words, outside the files that may.
fn lines_with(words: &[&str], may: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources("src").into_iter().filter(|(path, _)| !may(path)) {
        for (line_no, line) in code(&text).filter(|(_, line)| words.iter().any(|word| holds(line, word))) {
            found.push(format!("{path}:{line_no}: {}", line.trim()));
        }
    }
    found
}

/// Whether a word begins somewhere in a line: `print!` does not in `reprint!`.
fn holds(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    let long: Vec<_> = all_sources()
        .into_iter()
        .map(|(path, text)| (text.lines().count(), path))
        .filter(|(n_lines, _)| *n_lines > MAX_LINES)
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn every_file_says_in_one_line_what_it_is_for() {
    let silent: Vec<_> =
        all_sources().into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "{silent:?} do not begin with //!");
}

#[test]
fn every_source_file_has_its_line_in_the_architecture() {
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let missing: Vec<_> = sources("src")
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| !architecture.contains(&format!("`{path}`")))
        .collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md has no line for {missing:?}");
}

#[test]
fn the_rules_see_what_breaks_them() {
    assert_eq!(named("use crate::segment::Layout;"), ["segment"]);
    assert_eq!(named("use crate::{emit, interpret::{Form, Fund},\n    read};"), ["emit", "interpret", "read"]);
    assert_eq!(named("let x = crate::read::read(crate::emit::A);"), ["read", "emit"]);
    assert!(holds("    println!()", "println!") && !holds("line.reprint", "print"));
    assert_eq!(module("src/read/pdf/mod.rs"), "read");
    let all: Vec<PathBuf> = sources("src").into_iter().map(|(path, _)| PathBuf::from(path)).collect();
    assert!(all.len() > STAGES.len(), "the source tree was not found");
}

#[test]
fn each_recipe_of_the_justfile_is_named_once_and_says_what_it_does() {
    let text = fs::read_to_string(root().join("justfile")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let mut names: Vec<&str> = Vec::new();
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.starts_with(|c: char| c.is_ascii_lowercase())) {
        assert!(i > 0 && lines[i - 1].starts_with("# "), "justfile:{}: {line}: expected a comment above", i + 1);
        names.push(line.split([' ', ':']).next().unwrap());
    }
    let n_recipes = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), n_recipes, "a recipe is named twice: {names:?}");
    assert!(n_recipes >= 7, "{names:?}");
}
