//! What the README shows is what the program prints.

use std::fs;
use std::process::Command;

use crate::shared::root;

/// The same in English and in Chinese.
const READMES: [&str; 2] = ["README.md", "README.zh-CN.md"];

fn readme(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
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
    let in_english = examples(&readme("README.md"));
    assert_eq!(in_english.len(), 2);
    // Both show the same, so that one of them is run.
    assert_eq!(examples(&readme("README.zh-CN.md")), in_english);
    for (args, shown) in in_english {
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
    let ci = fs::read_to_string(root().join(".ci/run")).unwrap();
    for name in READMES {
        let readme = readme(name);
        let blocks = readme.split("```sh\n").skip(1).take(2);
        let commands: Vec<_> = blocks.map(|block| block.split_once("\n```").unwrap().0).collect();
        assert_eq!(commands.len(), 2);
        for command in commands {
            assert!(ci.lines().any(|line| line.starts_with(command)), "{name}: .ci/run does not run: {command}");
        }
    }
}

#[test]
fn every_error_code_class_of_difference_and_resource_is_in_both_readmes() {
    let codes = [
        "empty-file",
        "not-a-pdf",
        "not-a-disclosure",
        "damaged",
        "password-required",
        "limit-reached",
        "internal",
        "io",
    ];
    let of_workers = ["crashed", "timeout", "out-of-memory"];
    let classes = mingzhang::compare::Class::ALL.map(mingzhang::compare::Class::name);
    let resources = mingzhang::emit::flat::Resource::ALL.map(mingzhang::emit::flat::Resource::name);
    for name in READMES {
        let readme = readme(name);
        for word in codes.iter().chain(&of_workers).chain(&classes).chain(&resources) {
            assert!(readme.contains(&format!("`{word}`")), "{name} does not name {word}");
        }
    }
}

#[test]
fn every_command_that_the_readmes_show_is_one() {
    for name in READMES {
        let readme = readme(name);
        let commands = readme.lines().filter_map(|line| line.strip_prefix("mingzhang "));
        let mut n_commands = 0;
        for command in commands {
            let verb = command.split(' ').next().unwrap();
            let help = Command::new(env!("CARGO_BIN_EXE_mingzhang")).args([verb, "--help"]).output().unwrap();
            assert!(help.status.success(), "{name}: mingzhang {command}");
            n_commands += 1;
        }
        assert!(n_commands >= 5, "{name}: {n_commands}");
    }
}

#[test]
fn what_each_readme_shows_of_check_is_printed_in_that_order() {
    for name in READMES {
        let readme = readme(name);
        let (command, rest) = readme.split_once("```\n$ mingzhang ").unwrap().1.split_once('\n').unwrap();
        let shown = rest.split_once("```").unwrap().0;
        let output = Command::new(env!("CARGO_BIN_EXE_mingzhang"))
            .args(command.split(' '))
            .current_dir(root())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{name}");
        let printed = String::from_utf8(output.stdout).unwrap();
        let mut printed = printed.lines();
        for line in shown.lines().filter(|line| *line != "…") {
            assert!(printed.any(|there| there == line), "{name}: {line}");
        }
    }
}
