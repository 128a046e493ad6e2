# Formatting, lints and the whole test suite: what has to pass before a commit.
check:
    cargo fmt --check
    cargo clippy --all-targets --features full -- -D warnings
    cargo test --features full

# The tests alone; words select some of them by name.
test *WORDS:
    cargo test --features full -- {{WORDS}}

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

# Pages a second and the time of each stage, over corpus/ and ../shared or the files given.
bench *FILES:
    cargo bench --bench pages -- {{FILES}}

# Draws what was read and segmented on a page over the page's picture.
render FILE PAGE *ARGS:
    cargo run --quiet --features full -- render {{FILE}} --page {{PAGE}} -o target/page.svg {{ARGS}}

# The 500-page document of tables that speed is measured on.
long-document:
    test -e target/long/generated-0001.pdf || cargo run --quiet --example generate -- --out target/long --pages 500

# Compares the glyphs found with those of PDFium and poppler, on the shared corpus or the files given.
compare-readers *FILES:
    cargo build --quiet --bins --example glyphs
    python3 scripts/compare-readers.py {{FILES}}

# CPU time of reading a 500-page document, beside a mere walk over its operations, PDFium, poppler and PyMuPDF.
bench-readers: long-document
    cargo build --quiet --release --bins
    python3 scripts/bench-readers.py target/long/generated-0001.pdf
    cargo bench --quiet --bench read -- target/long/generated-0001.pdf

# Scores and times pdfplumber, camelot, PyMuPDF and this product on real disclosures, and whole extraction of a long one.
compare-tables: long-document
    cargo build --quiet --release --bins
    python3 scripts/compare-tables.py
    python3 scripts/bench-tables.py target/long/generated-0001.pdf

# Prints the shared PDFs anew with cairo and compares what comes of both.
compare-reprints:
    cargo build --quiet --release --bins
    python3 scripts/compare-reprints.py

# Reads the shared PDFs through other extractors' text and compares with what the PDFs themselves give.
compare-dumps *ARGS:
    cargo build --quiet --bins
    python3 scripts/compare-dumps.py target/debug/mingzhang target/dumps ../shared/corpus/real/*.pdf ../shared/corpus/wide/*.pdf {{ARGS}}

# Typesets the tables of the shared truth files anew in drawn styles, and compares what comes of the PDFs and of their text.
compare-typeset *ARGS:
    cargo build --quiet --bins
    python3 scripts/compare-typeset.py target/debug/mingzhang target/typeset ../shared/corpus/real/*.truth.json {{ARGS}}

# Counts the rows of the wide corpus that pdfplumber reads differently, by cause, and draws a sample to look at.
compare-wide *ARGS:
    cargo build --quiet --release --bins
    python3 -W ignore scripts/compare-wide.py {{ARGS}}

# Plants faults into the interpreted documents, one at a time, 200 a document, and prints how many are noticed.
mutate *PATHS="../shared/corpus/real ../shared/corpus/text ../shared/corpus/facsimile ../shared/corpus/wide corpus":
    cargo run --quiet --release --example mutate -- {{PATHS}}

# What reading costs beside a walk over the operators of the same files.
bench-read *FILES:
    cargo bench --bench read -- {{FILES}}

# Fuzzes a target (reader, cmaps, content, dump, scan) from seeds of corpus/; needs cargo-fuzz and a nightly toolchain.
fuzz TARGET SECONDS="900":
    python3 scripts/fuzz-seeds.py {{TARGET}}
    cargo +nightly fuzz run --fuzz-dir fuzz {{TARGET}} -- -max_total_time={{SECONDS}} -rss_limit_mb=2048 -timeout=20
