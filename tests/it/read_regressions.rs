//! Files that once broke the reader, found by fuzzing or made by mutation: each is read to an end in time.

use std::path::Path;
use std::time::{Duration, Instant};

/// Far more than any of them takes, on a busy machine too.
const MAX_TIME: Duration = Duration::from_secs(20);

#[test]
fn files_that_once_broke_the_reader_come_to_an_end() {
    let mut n = 0;
    for entry in std::fs::read_dir(Path::new("tests/regressions")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let start = Instant::now();
        let _ = mingzhang::extract(&bytes);
        assert!(start.elapsed() < MAX_TIME, "{}", path.display());
        n += 1;
    }
    assert!(n > 0);
}
