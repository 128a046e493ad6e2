//! A run that is killed, or finds the disk full, goes on to the same bytes; and no two runs share a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use mingzhang::emit::Publication;

use crate::command::{command, dump_of, files, folder_of_dumps, lines, mingzhang, reports, status, stderr};

/// Kills in all; each run is killed once or several times before it may end.
const N_KILLS: u64 = 20;

/// Everything that a run leaves but its journal, which tells times.
fn left(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut left = files(out);
    left.remove("journal.jsonl");
    left
}

fn n_lines(path: &Path) -> usize {
    fs::read(path).map_or(0, |bytes| bytes.iter().filter(|byte| **byte == b'\n').count())
}

/// Waits until something holds, or the child has ended.
fn wait_until(child: &mut Child, holds: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !holds() && child.try_wait().unwrap().is_none() {
        assert!(Instant::now() < deadline, "the run does not get there");
        std::thread::sleep(Duration::from_micros(200));
    }
}

/// Numbers that look random and are the same each time.
fn random(seed: u64) -> u64 {
    let mixed = (seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32
}

#[test]
fn killed_at_any_moment_a_run_goes_on_to_the_same_bytes() {
    const N_DUMPS: usize = 24;
    let folder = folder_of_dumps(N_DUMPS);
    fs::write(folder.path().join("in/broken.pdf"), b"%PDF-1.7\nnothing").unwrap();
    fn args(out: &str) -> [&str; 9] {
        ["extract", "in", "--jobs", "2", "--format", "json,jsonl", "--resume", "--out", out]
    }
    let output = mingzhang(&args("whole"), folder.path());
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    let whole = left(&folder.path().join("whole"));
    assert_eq!(reports(&folder.path().join("whole")).len(), N_DUMPS);
    let mut n_amid = 0;
    for kill in 0..N_KILLS {
        // Of five kills the last three hit one run after the other in the same folder.
        let out = format!("out-{}", if kill % 5 < 2 { kill } else { kill / 5 * 5 + 2 });
        let journal = folder.path().join(&out).join("journal.jsonl");
        let n_before = n_lines(&journal);
        let n_due = n_before + random(kill) as usize % (N_DUMPS + 2 - n_before.min(N_DUMPS));
        let mut child = command(&args(&out), folder.path()).stderr(Stdio::null()).spawn().unwrap();
        wait_until(&mut child, || n_lines(&journal) >= n_due);
        std::thread::sleep(Duration::from_micros(random(kill + 1000) % 3000));
        child.kill().unwrap();
        child.wait().unwrap();
        n_amid += usize::from((1..=N_DUMPS).contains(&n_lines(&journal)));
        if kill % 5 < 2 || kill % 5 == 4 {
            let output = mingzhang(&args(&out), folder.path());
            assert_eq!(status(&output), 2, "kill {kill}: {}", stderr(&output));
            let now = left(&folder.path().join(&out));
            assert_eq!(whole.keys().collect::<Vec<_>>(), now.keys().collect::<Vec<_>>(), "kill {kill}");
            assert!(whole == now, "kill {kill}: some file has other bytes");
        }
    }
    assert!(n_amid >= N_KILLS as usize / 4, "only {n_amid} kills came amid a run");
}

#[cfg(unix)]
#[test]
fn a_run_that_finds_the_disk_full_stops_and_goes_on_later_to_the_same_bytes() {
    let folder = folder_of_dumps(6);
    let args = ["extract", "in", "--jobs", "2", "--format", "json,jsonl", "--resume", "--out"];
    let output = mingzhang(&[&args[..], &["whole"]].concat(), folder.path());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let whole = left(&folder.path().join("whole"));
    let largest = whole.iter().filter(|(name, _)| name.ends_with(".json")).map(|(_, bytes)| bytes.len()).max().unwrap();
    let records = whole["jsonl/records.jsonl"].len();
    // No file may grow past the limit: first not even a report can be written, then not the export of all.
    for (out, limit) in [("no-report", largest / 2), ("no-export", records - 1024)] {
        let program = env!("CARGO_BIN_EXE_mingzhang");
        let script = format!("trap '' XFSZ; ulimit -f {}; exec {program} {} {out}", limit / 512, args.join(" "));
        let output =
            std::process::Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().unwrap();
        assert_eq!(status(&output), 3, "{out}: {}", stderr(&output));
        assert!(stderr(&output).contains(&format!("mingzhang: {out}: ")), "{}", stderr(&output));
        assert!(!folder.path().join(out).join("index.jsonl").exists());
        let output = mingzhang(&[&args[..], &[out]].concat(), folder.path());
        assert_eq!(status(&output), 0, "{out}: {}", stderr(&output));
        assert!(whole == left(&folder.path().join(out)), "{out}: some file has other bytes");
    }
}

#[test]
fn a_resumed_run_does_only_what_is_not_done() {
    let folder = folder_of_dumps(5);
    let out = folder.path().join("out");
    let run = |more: &[&str]| {
        let output = mingzhang(&[&["extract", "in", "--out", "out", "--resume"], more].concat(), folder.path());
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        lines(&out.join("journal.jsonl")).len()
    };
    assert_eq!(run(&[]), 5);
    assert_eq!(run(&[]), 5);
    // A result that is gone, one that is cut short, a file that is new and one that changed.
    fs::remove_file(out.join("00.txt.json")).unwrap();
    fs::write(out.join("01.txt.json"), "{").unwrap();
    fs::write(folder.path().join("in/new.txt"), dump_of(2100)).unwrap();
    fs::write(folder.path().join("in/02.txt"), dump_of(2101)).unwrap();
    assert_eq!(run(&[]), 9);
    // Other options make everything anew.
    assert_eq!(run(&["--pretty"]), 15);
    assert_eq!(run(&["--pretty"]), 15);
}

#[test]
fn without_resume_everything_is_done_again() {
    let folder = folder_of_dumps(2);
    for n in [2, 4] {
        assert_eq!(status(&mingzhang(&["extract", "in", "--out", "out"], folder.path())), 0);
        assert_eq!(lines(&folder.path().join("out/journal.jsonl")).len(), n);
    }
}

#[test]
fn a_second_run_in_the_same_folder_says_so_and_stops() {
    let folder = folder_of_dumps(2);
    let text = dump_of(2001);
    let reconciliation = mingzhang::extract(text.as_bytes()).unwrap();
    let hash = Publication::new("", text.as_bytes(), reconciliation).into_report().source.sha256;
    let plant = format!("loop={hash}");
    let args = ["extract", "in", "--out", "out", "--jobs", "2", "--timeout", "60", "--plant", &plant];
    let mut first = command(&args, folder.path()).stderr(Stdio::null()).spawn().unwrap();
    let journal = folder.path().join("out/journal.jsonl");
    wait_until(&mut first, || n_lines(&journal) == 1);
    let second = mingzhang(&["extract", "in", "--out", "out"], folder.path());
    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!((status(&second), stderr(&second)), (3, "mingzhang: out: another run is at work in this folder\n"));
    let third = mingzhang(&["extract", "in", "--out", "out", "--resume"], folder.path());
    assert_eq!(status(&third), 0, "{}", stderr(&third));
}

#[test]
fn neither_the_number_of_jobs_nor_the_kind_of_isolation_changes_a_byte() {
    let folder = folder_of_dumps(20);
    let mut seen = Vec::new();
    for (out, more) in [("a", &["--jobs", "1"][..]), ("b", &["--jobs", "3"]), ("c", &["--in-process"])] {
        let args = [&["extract", "in", "--format", "json,jsonl", "--out", out], more].concat();
        assert_eq!(status(&mingzhang(&args, folder.path())), 0);
        seen.push(left(&folder.path().join(out)));
    }
    assert!(seen[0] == seen[1], "the number of jobs changes a file");
    assert!(seen[0] == seen[2], "work in the process changes a file");
}
