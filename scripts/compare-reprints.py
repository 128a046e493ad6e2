#!/usr/bin/env python3
"""Prints the shared PDFs anew with cairo and compares what comes of both: a page that looks the same must read the same.

    python3 scripts/compare-reprints.py [OUT]

Cairo draws with other operators, fonts and maps than the programs that bureaus use: text in single glyphs, bold as stroked
outlines, clips around each cell. Real and facsimile reprints are scored against the truth, those of `wide`, which has none,
against what comes of the originals. Documents whose characters cairo cannot keep (fonts that are not embedded) come out
lower. Fails where a wrong amount says `confirmed`.

Needs poppler's pdftocairo.
"""

import concurrent.futures
import json
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SETS = ("real", "facsimile", "wide")


def extract(binary, source, out):
    shutil.rmtree(out, ignore_errors=True)
    run = subprocess.run([binary, "extract", source, "--out", out, "--quiet"], capture_output=True, text=True)
    if run.returncode > 2:
        sys.exit(run.stderr)


def reprint(job):
    source, target = job
    subprocess.run(["pdftocairo", "-pdf", source, target], stderr=subprocess.DEVNULL, check=False)


def main():
    if not SHARED.exists():
        sys.exit(f"skipped: {SHARED} is absent")
    out = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "target" / "reprints").resolve()
    binary = str(ROOT / "target" / "release" / "mingzhang")
    n_wrong = 0
    for name in SETS:
        corpus, printed = SHARED / "corpus" / name, out / name
        truth = corpus
        printed.mkdir(parents=True, exist_ok=True)
        jobs = [(pdf, printed / pdf.name) for pdf in sorted(corpus.glob("*.pdf"))]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            list(pool.map(reprint, jobs))
        if not any(corpus.glob("*.truth.json")):
            truth = out / f"{name}.truth"
            extract(binary, str(corpus), truth)
            for report in truth.glob("*.pdf.json"):
                report.rename(truth / report.name.replace(".pdf.json", ".truth.json"))
        extract(binary, str(printed), out / f"{name}.out")
        scores = out / f"{name}.scores.json"
        # Figures of an earlier run must not stand in for a scorer that failed.
        scores.unlink(missing_ok=True)
        score = [sys.executable, SHARED / "tools" / "score.py", out / f"{name}.out", truth, "--json", scores]
        print(f"== {name}", subprocess.run(score, capture_output=True, text=True, check=False).stdout, sep="\n")
        n_wrong += json.loads(scores.read_text())["total"]["wrong_checked"]
    return 1 if n_wrong else 0


if __name__ == "__main__":
    sys.exit(main())
