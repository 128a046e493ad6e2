//! Runs the command in a folder of its own, and looks at what it left there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::shared::DUMP;

/// The command with arguments, in a folder.
pub fn command(args: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingzhang"));
    command.args(args).current_dir(folder).env("LC_ALL", "C");
    command
}

/// What the command says and prints.
pub fn mingzhang(args: &[&str], folder: &Path) -> Output {
    command(args, folder).output().unwrap()
}

pub fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

pub fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// A folder with files of the given content.
pub fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// A disclosure like [`DUMP`], of another year: other bytes.
pub fn dump_of(year: usize) -> String {
    DUMP.replace("2031", &year.to_string())
}

/// A folder with so many different dumps in `in/`: `00.txt`, `01.txt`, …
pub fn folder_of_dumps(n: usize) -> TempDir {
    let dumps: Vec<_> = (0..n).map(|i| (format!("in/{i:02}.txt"), dump_of(2000 + i))).collect();
    folder(&dumps.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect::<Vec<_>>())
}

/// Files below a folder with their bytes by their path from it, hidden ones too.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// The reports below a folder by their path from it, sorted.
pub fn reports(folder: &Path) -> Vec<String> {
    files(folder).into_keys().filter(|name| name.ends_with(".json")).collect()
}

/// The objects of a file of JSON Lines.
pub fn lines(path: &Path) -> Vec<Json> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// One text field of each object.
pub fn field(objects: &[Json], name: &str) -> Vec<String> {
    objects.iter().map(|object| object[name].as_str().unwrap_or("null").to_owned()).collect()
}
