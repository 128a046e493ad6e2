#!/usr/bin/env bash
# Brings the model that reads scanned pages (PP-OCRv6 small, Apache-2.0) out of the PyPI package rapidocr into a folder:
#   scripts/ocr-models.sh FOLDER
# and then: mingzhang extract --ocr FOLDER ... Needs pip; 27 MB are loaded, 21 MB stay.
set -euo pipefail

folder=${1:?expected a folder for the models}
package=rapidocr==3.10.0
models='6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884  PP-OCRv6_rec_small.onnx'

mkdir -p "$folder"
if (cd "$folder" && sha256sum --check --quiet <<<"$models" 2>/dev/null); then
  exit 0
fi
loaded=$(mktemp -d)
trap 'rm -rf "$loaded"' EXIT
python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$loaded" "$package"
python3 - "$loaded" "$models" <<'PY'
import pathlib, sys, zipfile

loaded = pathlib.Path(sys.argv[1])
names = [line.split()[1] for line in sys.argv[2].splitlines()]
with zipfile.ZipFile(next(loaded.glob("*.whl"))) as package:
    for name in names:
        (loaded / name).write_bytes(package.read(f"rapidocr/models/{name}"))
PY
(cd "$loaded" && sha256sum --check --quiet <<<"$models")
while read -r _ name; do
  mv "$loaded/$name" "$folder/$name"
done <<<"$models"
