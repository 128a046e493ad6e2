#!/usr/bin/env bash
# Builds the wheel once, installs it where nothing of the project is, and runs the tests of the Python package there;
# MATURIN_PROFILE=dev builds it as `cargo build` does.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=target/prove/python
if ! "$venv/bin/python" -c 'import maturin, mypy, pandas, pyarrow, pytest' 2>/dev/null; then
    mkdir -p target/prove
    # Without these tools nothing is proven, and that must not pass for a proof.
    if ! python3 -m venv "$venv" ||
        ! "$venv/bin/python" -m pip install --quiet --disable-pip-version-check maturin mypy pandas pyarrow pytest; then
        echo 'failed: pip cannot install maturin, mypy, pandas, pyarrow and pytest, so the package stays unproven' >&2
        exit 1
    fi
fi
wheels=target/prove/wheels
rm -rf "$wheels"
"$venv/bin/python" -m maturin build --quiet --profile "${MATURIN_PROFILE:-release}" --out "$wheels"
ls -l "$wheels"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps "$wheels"/*.whl
venv=$PWD/$venv
"$venv/bin/mypy" --strict --python-executable "$venv/bin/python" python/mingzhang
"$venv/bin/python" -m pytest --quiet -p no:cacheprovider --import-mode=importlib python/tests
