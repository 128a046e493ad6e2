#!/usr/bin/env bash
# Proves `mingzhang review` in a real browser: five generated documents with planted errors are gone through by key, one error
# is accepted and one corrected, both are found in the Parquet; also the static site, forged requests, two tabs, accessibility
# by axe-core, and the screenshots of the READMEs. Installs Chromium and npm where it may; elsewhere it says what is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

work=target/prove/review
python=${python:-target/prove/venv/bin/python}
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$chromium" ] || ! command -v npm >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq >/dev/null &&
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium nodejs npm fonts-noto-cjk >/dev/null || true
    fi
    chromium=$(command -v chromium || command -v chromium-browser || true)
fi
if [ -z "$chromium" ] || ! command -v npm >/dev/null; then
    echo 'skipped: no Chromium or no npm, so the page of `mingzhang review` stays unproven in a browser'
    exit 0
fi
mkdir -p "$work"
if [ ! -d "$work/node_modules/axe-core" ] &&
    ! npm install --prefix "$work" --silent --no-audit --no-fund playwright-core@1.65 axe-core@4.14 >/dev/null; then
    echo 'skipped: npm cannot install playwright-core and axe-core, so the page of `mingzhang review` stays unproven in a browser'
    exit 0
fi

program=${program:-target/release/mingzhang}
[ -x "$program" ] || cargo build --release --features full --quiet
rm -rf "$work/in" "$work/out" "$work/site" "$work/export" "$work/corpus"
# The dev build of the generator is that of the tests.
cargo run --quiet --features full,ocr --example generate -- --count 5 --small --plant total-off --out "$work/in"
rm -f "$work/in"/*.txt
"$program" extract "$work/in" --out "$work/out" --format json --quiet || [ $? -le 1 ]
"$program" extract corpus/*.pdf corpus/*.txt --out "$work/corpus" --format json --quiet || [ $? -le 1 ]
NODE_PATH="$work/node_modules" node scripts/prove-review.mjs "$program" "$work" "$chromium" "$@"

# What was decided in the browser is in what is published.
"$program" export "$work/out" --format parquet,csv --out "$work/export"
"$python" scripts/prove-review.py "$work"
