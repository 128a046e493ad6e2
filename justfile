# Formatting, lints and the whole test suite: what has to pass before a commit.
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    cargo test

# The tests alone; words select some of them by name.
test *WORDS:
    cargo test -- {{WORDS}}

# Compares what is made of corpus/ with golden/, to the letter.
golden:
    cargo run --quiet --example golden -- check

# Shows how the goldens of these documents differ from what is made now, and makes them anew.
bless +IDS:
    cargo run --quiet --example golden -- bless {{IDS}}

# Prints what changes between BASE and the work tree, record by record, over corpus/ and ../shared.
drift BASE *PATHS:
    python3 scripts/drift.py {{BASE}} {{PATHS}}

# Prints what one stage (read, repair, segment, interpret, reconcile) makes of a document.
dump STAGE FILE *ARGS:
    cargo run --quiet -- dump --stage {{STAGE}} {{FILE}} {{ARGS}}

# Writes the documents of corpus/ anew.
corpus:
    cargo run --quiet --example generate -- corpus

# Pages a second over corpus/ and ../shared.
bench:
    cargo bench --bench pages

# What reading costs beside a walk over the operators of the same files.
bench-read *FILES:
    cargo bench --bench read -- {{FILES}}

# Fuzzes a target (reader, cmaps, content, dump) from seeds of corpus/; needs cargo-fuzz and a nightly toolchain.
fuzz TARGET SECONDS="900":
    python3 scripts/fuzz-seeds.py {{TARGET}}
    cargo +nightly fuzz run --fuzz-dir fuzz {{TARGET}} -- -max_total_time={{SECONDS}} -rss_limit_mb=2048 -timeout=20
# Plants faults into the interpreted documents, one at a time, 200 a document, and prints how many are noticed.
mutate *PATHS="../shared/corpus/real ../shared/corpus/text ../shared/corpus/facsimile ../shared/corpus/wide corpus":
    cargo run --quiet --release --example mutate -- {{PATHS}}
