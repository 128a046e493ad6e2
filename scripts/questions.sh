#!/usr/bin/env bash
# Compares the answers that the READMEs print of corpus/ with those that DuckDB and SQLite give; with --bless, prints them
# anew. Needs Python with duckdb, as $python.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${program:-./target/release/mingzhang}
out=target/prove/questions
rm -rf "$out"
# Status 1 means that reports contradict themselves.
"$program" extract corpus/*.pdf corpus/*.txt --format parquet,sqlite --out "$out" --quiet || [ $? -le 1 ]
"${python:-python3}" scripts/questions.py "$out" "$@"
