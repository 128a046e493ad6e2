#!/usr/bin/env bash
# Scores what the program makes of the shared corpus against its truth, and fails below the bars that hold.
set -euo pipefail
cd "$(dirname "$0")/.."

corpus=../shared/corpus
score=../shared/tools/score.py
if [ ! -e "$score" ]; then
    echo "skipped: $score is absent"
    exit 0
fi
# The scorer checks the schema with jsonschema.
python3 -c 'import jsonschema' 2>/dev/null || python3 -m pip install --quiet jsonschema

# A program that is there already is the one to measure.
if [ -z "${program:-}" ]; then
    cargo build --release --features full --quiet
    program=./target/release/mingzhang
fi
out=target/score
for set in real facsimile; do
    rm -rf "$out/$set"
    # Status 1 means that reports contradict themselves, which planted errors are there for.
    "$program" extract "$corpus/$set" --out "$out/$set" || [ $? -le 1 ]
    python3 "$score" "$out/$set" "$corpus/$set" --json "$out/$set.json"
done
# The project's own documents; the scorer looks for NAME.json where the source was a dump.
rm -rf "$out/own"
"$program" extract corpus/*.pdf corpus/*.txt --out "$out/own" || [ $? -le 1 ]
for dump in "$out"/own/*.txt.json; do mv "$dump" "${dump%.txt.json}.json"; done
python3 "$score" "$out/own" corpus --json "$out/own.json"
python3 "../shared/tools/plants.py" "$out/facsimile" "$corpus/facsimile"
python3 scripts/bars.py "$out"
