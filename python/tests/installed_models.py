"""Scans are read where the package was installed with its extra ``ocr``, and nothing else says where models are.

usage: python installed_models.py CORPUS/scans
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import mingzhang

scans = sorted(Path(sys.argv[1]).glob("*.pdf"))
assert scans
unread = mingzhang.extract(scans[0])
assert not unread.tables

named = {outcome.path.name: outcome.report() for outcome in mingzhang.extract_many(scans, ocr=True)}
for path in scans:
    truth = json.loads(path.with_suffix("").with_suffix(".truth.json").read_text(encoding="utf-8"))
    report = named[path.name]
    columns = [i for i, column in enumerate(truth["tables"][0]["columns"]) if column["role"] == "amount"]
    cells = [[row["cells"][i] for i in columns] for row in truth["tables"][0]["rows"]]
    read = [[row.cells[i] for i in columns] for row in report.tables[0].rows]
    if "covered" in truth["x_truth"]:
        # Something lies over a few figures: those are told, and the tests of the library ask which.
        assert any(note["code"] == "reading-unsure" for note in report.to_dict()["diagnostics"]), path
        assert len(read) == len(cells), path
    else:
        assert read == cells, path

office = Path(sys.argv[1]) / "office.pdf"
said = mingzhang.extract_json(office, ocr=True)
assert mingzhang.extract(office, ocr=True).to_dict() == named[office.name].to_dict()
ran = subprocess.run(
    [sys.executable, "-m", "mingzhang", "extract", office, "--ocr", "installed"], capture_output=True, check=True
)
assert ran.stdout.decode().rstrip("\n") == said
print(f"{len(scans)} scans are read by the models that pip brought")
