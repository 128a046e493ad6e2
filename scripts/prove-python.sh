#!/usr/bin/env bash
# Builds the wheel once, installs it where nothing of the project is, and proves the Python package there: types, tests,
# Daft and Spark. MATURIN_PROFILE=dev builds it as `cargo build` does; the command in target/prove/python/bin is for whatever
# else has to be proven.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(seconds)" 'BEGIN { printf "%.1f s", b - a }'; }

venv=$PWD/target/prove/python
tools=(daft maturin mypy pandas pandas-stubs pyarrow pyspark pytest)
if ! "$venv/bin/python" -c 'import daft, mypy, pandas, pyarrow, pyspark, pytest, maturin' 2>/dev/null; then
    mkdir -p target/prove
    # Without these tools nothing is proven, and that must not pass for a proof.
    if ! python3 -m venv "$venv" || ! "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "${tools[@]}"; then
        echo "failed: pip cannot install ${tools[*]}, so the package stays unproven" >&2
        exit 1
    fi
fi
if ! command -v java >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    (apt-get update && apt-get install --yes --no-install-recommends default-jre-headless) >/dev/null 2>&1 || true
fi
if ! command -v java >/dev/null; then
    echo 'skipped: Spark, for there is no Java and apt-get cannot install default-jre-headless'
    export WITHOUT_SPARK=1
fi

wheels=target/prove/wheels
begun=$(seconds)
rm -rf "$wheels"
"$venv/bin/python" -m maturin build --quiet --profile "${MATURIN_PROFILE:-release}" --out "$wheels"
wheel=$(ls "$wheels"/*.whl)
echo "wheel: $(stat -c %s "$wheel" | awk '{ printf "%.1f MB", $1 / 1e6 }'), built in $(since "$begun")"

# A machine where nothing else is: from pip install to the first figures.
fresh=target/prove/fresh
rm -rf "$fresh"
python3 -m venv "$fresh"
begun=$(seconds)
"$fresh/bin/python" -m pip install --quiet --disable-pip-version-check "$wheel"
"$fresh/bin/python" -c 'import mingzhang; print(mingzhang.extract("corpus/budget-run-twice.pdf"))'
echo "from pip install to the first figures: $(since "$begun")"
begun=$(seconds)
"$fresh/bin/python" -m pip install --quiet --disable-pip-version-check "$wheel[ocr]"
"$fresh/bin/python" python/tests/installed_models.py corpus/scans
echo "from pip install with the models to the scans: $(since "$begun")"

"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps "$wheel"
"$venv/bin/mypy" --strict --python-executable "$venv/bin/python" python/mingzhang python/examples python/tests
begun=$(seconds)
said=target/prove/pytest.txt
if ! "$venv/bin/python" -m pytest --quiet -p no:cacheprovider -W ignore -rsP python/tests >"$said" 2>&1; then
    cat "$said"
    exit 1
fi
grep -E '^(on_|SKIPPED)| passed' "$said"
echo "tests of the package: $(since "$begun")"
