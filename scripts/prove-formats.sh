#!/usr/bin/env bash
# Proves the published formats with the tools of those who load them: frictionless, DuckDB, pyarrow, pandas, polars, sqlite3,
# openpyxl, jsonschema; and what the READMEs print as answers of questions.
set -euo pipefail
cd "$(dirname "$0")/.."

python=target/prove/venv/bin/python
if ! "$python" -c 'import duckdb, frictionless, jsonschema, openpyxl, pandas, polars, pyarrow' 2>/dev/null; then
    mkdir -p target/prove
    # Without these tools nothing is proven, and that must not pass for a proof.
    if ! python3 -m venv target/prove/venv ||
        ! "$python" -m pip install --quiet --disable-pip-version-check \
            duckdb frictionless jsonschema openpyxl pandas polars pyarrow; then
        echo 'failed: pip cannot install duckdb, frictionless, jsonschema, openpyxl, pandas, polars and pyarrow, so the formats stay unproven' >&2
        exit 1
    fi
fi

# A program that is there already is the one to prove.
if [ -z "${program:-}" ]; then
    cargo build --release --features full --quiet
    program=./target/release/mingzhang
fi
mkdir -p target/prove
"$program" schema >target/prove/report.schema.json
inputs=(corpus)
if [ -d ../shared/corpus/real ]; then inputs+=(../shared/corpus/real); else echo 'skipped: ../shared/corpus/real is absent'; fi
for input in "${inputs[@]}"; do
    for redact in '' '--redact contacts'; do
        out=target/prove/out
        rm -rf "$out"
        # Status 1 means that reports contradict themselves, which planted errors are there for.
        # shellcheck disable=SC2086
        "$program" extract "$input" --format json,jsonl,csv,parquet,sqlite,xlsx --out "$out" $redact --quiet || [ $? -le 1 ]
        echo "$input $redact"
        "$python" scripts/prove-formats.py "$out" target/prove/report.schema.json
    done
done
program=$program python=$python bash scripts/questions.sh
