//! What the README shows is what the program prints.

use std::fs;
use std::process::Command;

use crate::shared::root;

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// Arguments and shown lines of each example.
fn examples(readme: &str) -> Vec<(Vec<String>, String)> {
    let parts = readme.split("<!-- example: ").skip(1);
    parts
        .map(|part| {
            let (args, rest) = part.split_once(" -->").unwrap();
            let block = rest.split_once("```json\n").unwrap().1.split_once("```").unwrap().0;
            (args.split(' ').map(str::to_owned).collect(), block.to_owned())
        })
        .collect()
}

#[test]
fn each_example_stands_in_the_output_to_the_letter() {
    let readme = readme();
    let examples = examples(&readme);
    assert_eq!(examples.len(), 2);
    for (args, shown) in examples {
        let output = Command::new(env!("CARGO_BIN_EXE_mingzhang")).args(&args).current_dir(root()).output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let first = shown.lines().next().unwrap();
        let n_lines = shown.lines().count();
        let there: Vec<_> = printed.lines().skip_while(|line| *line != first).take(n_lines).collect();
        assert_eq!(there.join("\n") + "\n", shown, "mingzhang {}", args.join(" "));
    }
}

#[test]
fn ci_runs_both_commands_as_they_are_printed() {
    let readme = readme();
    let commands: Vec<_> = readme.split("```sh\n").skip(1).take(2).map(|b| b.split_once("\n```").unwrap().0).collect();
    assert_eq!(commands.len(), 2);
    let ci = fs::read_to_string(root().join(".ci/run")).unwrap();
    for command in commands {
        assert!(ci.lines().any(|line| line.starts_with(command)), ".ci/run does not run: {command}");
    }
}
