//! Files of one room that name each other, directly or through others: as few as there are, and each by name.

use std::collections::{BTreeMap, BTreeSet};

use crate::tidy::sources;

/// Circles that are left. FIXME: the first is the content of a page, which holds further content; the others want a file
/// for what both sides name, as most circles had.
const LEFT: [&str; 2] = [
    "batch::collect batch::folder batch::index batch::run batch::sweep",
    "read::pdf::annotation read::pdf::canvas read::pdf::content read::pdf::marked read::pdf::page read::pdf::path read::pdf::show read::pdf::turn",
];

/// Every path that a text names, with those of `use a::{b, c::{d}}` written out.
fn paths(text: &str) -> Vec<String> {
    fn spread(prefix: &str, list: &str, out: &mut Vec<String>) {
        let (mut depth, mut from) = (0, 0);
        for (at, ch) in list.char_indices().chain([(list.len(), ',')]) {
            match ch {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    let item = list[from..at].trim();
                    from = (at + 1).min(list.len());
                    match item.split_once("::{") {
                        Some((head, rest)) => spread(&format!("{prefix}::{head}"), rest.trim_end_matches('}'), out),
                        None => out.push(format!("{prefix}::{item}")),
                    }
                }
                _ => {}
            }
        }
    }
    let mut out = Vec::new();
    for (at, _) in text.match_indices("super::").chain(text.match_indices("crate::")) {
        if text[..at].ends_with(|ch: char| ch.is_alphanumeric() || ch == '_' || ch == ':') {
            continue;
        }
        let rest = &text[at..];
        let end = rest.find(|ch: char| !ch.is_alphanumeric() && ch != '_' && ch != ':').unwrap_or(rest.len());
        let path = rest[..end].trim_end_matches(':');
        if !rest[end..].starts_with('{') {
            out.push(path.to_owned());
            continue;
        }
        let mut depth = 0;
        let close = rest[end..].char_indices().find_map(|(i, ch)| {
            depth += i32::from(ch == '{') - i32::from(ch == '}');
            (depth == 0).then_some(end + i)
        });
        spread(path, &rest[end + 1..close.unwrap_or(rest.len())], &mut out);
    }
    out
}

/// The module file that a path leads to from the folder of a module.
fn file_of(own: &[&str], path: &str, files: &BTreeSet<String>) -> Option<String> {
    let mut at: Vec<&str> = if path.starts_with("crate::") { Vec::new() } else { own.to_vec() };
    let mut found = None;
    for part in path.split("::") {
        match part {
            "crate" => {}
            "super" => drop(at.pop()),
            part => {
                at.push(part);
                found = found.or_else(|| files.get(&at.join("::")).cloned());
            }
        }
    }
    found
}

#[test]
fn files_of_a_room_name_each_other_in_no_circle_but_those_left() {
    let mut texts = BTreeMap::new();
    for (path, text) in sources("src") {
        let name = path.trim_start_matches("src/").trim_end_matches(".rs").replace('/', "::");
        // A folder's own file tells its children from outside; they may name what it holds.
        if name.contains("::") && !name.ends_with("::mod") {
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
            let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            texts.insert(name, code.join("\n"));
        }
    }
    let files: BTreeSet<String> = texts.keys().cloned().collect();
    let mut names: BTreeMap<&String, BTreeSet<String>> = BTreeMap::new();
    for (own, text) in &texts {
        let parts: Vec<&str> = own.split("::").collect();
        let others = paths(text).into_iter().filter_map(|path| file_of(&parts, &path, &files));
        names.insert(own, others.filter(|other| other != own && other.starts_with(parts[0])).collect());
    }
    let reached = |from: &String| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from.clone()]);
        while let Some(at) = open.pop() {
            open.extend(names[&at].iter().filter(|next| seen.insert((*next).clone())).cloned());
        }
        seen
    };
    let reach: BTreeMap<&String, BTreeSet<String>> = files.iter().map(|file| (file, reached(file))).collect();
    let circles: BTreeSet<String> = files
        .iter()
        .filter(|file| reach[file].contains(*file))
        .map(|file| {
            let members: Vec<&str> = files
                .iter()
                .filter(|other| reach[file].contains(*other) && reach[other].contains(file))
                .map(String::as_str)
                .collect();
            members.join(" ")
        })
        .collect();
    assert_eq!(circles.iter().map(String::as_str).collect::<Vec<_>>(), LEFT);
}
