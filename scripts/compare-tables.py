#!/usr/bin/env python3
"""Table extraction, side by side: pdfplumber, camelot, PyMuPDF and this product against the truth of real disclosures.

    python3 scripts/compare-tables.py [--tool NAME]… [FOLDER]       FOLDER: PDFs with NAME.truth.json beside them

Every tool gives rows of cells a page, and is taken at its best: pdfplumber with doubled characters dropped, camelot by
rulings and, on pages without a ruled table, by alignment. A row of the truth that has an amount is looked for on its
page by its label, in one cell or over several; among the rows with the label the one with the most of its amounts
counts, each row once. Which column an amount stands in is not asked, as the tools know no columns.

  amounts  share of the truth's amounts that stand in their row
  rows     share of the truth's rows whose label is found and whose amounts are these, in this order, and no other
  foreign  amounts that stand in a row found and are none of its own, for each hundred of the truth

The packages get the pages that have rows in the truth; this product reads the whole file.

Needs `pip install pdfplumber camelot-py pymupdf`. CPU time (user and system) of extraction, without starting Python.
"""

import argparse
import collections
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import unicodedata
from decimal import Decimal, InvalidOperation

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "corpus" / "real"


def by_pdfplumber(path, pages):
    import pdfplumber

    yield
    with pdfplumber.open(path) as document:
        for number in pages:
            page = document.pages[number - 1]
            yield number, [row for table in page.dedupe_chars().extract_tables() for row in table]
            page.close()


def by_pymupdf(path, pages):
    import pymupdf

    yield
    document = pymupdf.open(path)
    for number in pages:
        yield number, [row for table in document[number - 1].find_tables().tables for row in table.extract()]


def by_camelot(path, pages):
    import camelot

    yield
    for number in pages:
        rows = []
        for flavor in ("lattice", "stream"):
            try:
                tables = camelot.read_pdf(path, pages=str(number), flavor=flavor, suppress_stdout=True)
            except Exception as error:  # it fails in many ways on pages without text, none of them documented
                print(f"camelot, {path}, page {number}, {flavor}: {error}", file=sys.stderr)
                continue
            rows = [list(row) for table in tables for row in table.df.itertuples(index=False)]
            if rows:
                break
        yield number, rows


PACKAGES = {"pdfplumber": by_pdfplumber, "PyMuPDF": by_pymupdf, "camelot": by_camelot}


def cpu():
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def work(tool, path, numbers):
    """What one package makes of pages of one file: its rows by page, and the CPU seconds it took."""
    pages = PACKAGES[tool](path, numbers)
    next(pages)  # loads the package
    start = cpu()
    rows = {number: rows for number, rows in pages}
    print(json.dumps({"seconds": cpu() - start, "rows": rows}))


def product(path):
    """The same by this product; the time of its whole process, all stages."""
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen([ROOT / "target" / "release" / "mingzhang", "extract", path], stdout=out)
        _, _, usage = os.wait4(child.pid, 0)
        child.returncode = 0
        out.seek(0)
        report = json.load(out)
    rows = collections.defaultdict(list)
    for table in report["tables"]:
        for row in table["rows"]:
            rows[row["page"]].append(row["cells"])
    return {"seconds": usage.ru_utime + usage.ru_stime, "rows": rows}


def norm(text):
    return "".join(unicodedata.normalize("NFKC", text or "").split())


def amount(text):
    try:
        value = Decimal(norm(text).replace(",", "").replace("¥", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


class Row:
    """A row of a tool: its texts run together, and what could be an amount in it."""

    def __init__(self, cells):
        self.text = "".join(norm(cell) for cell in cells)
        self.amounts = [value for value in map(amount, cells) if value is not None]


class Score:
    def __init__(self):
        self.counts = collections.Counter()
        self.seconds = 0.0
        self.n_pages = 0

    def document(self, result, truth, n_pages):
        self.seconds += result["seconds"]
        self.n_pages += n_pages
        pages = {int(number): [Row(cells) for cells in rows] for number, rows in result["rows"].items()}
        used = set()
        for table in truth["tables"]:
            roles = [column["role"] for column in table["columns"]]
            for row in table["rows"]:
                cells = list(zip(roles, row["cells"]))
                wanted = [value for role, cell in cells if role == "amount" and (value := amount(cell)) is not None]
                labels = [norm(cell) for role, cell in cells if role != "amount" and cell]
                if wanted and labels:
                    self.row(pages.get(row["page"], []), row["page"], labels, wanted, used)

    def line(self, tool):
        counts = self.counts
        return (
            f"{tool:12} {counts['found'] / counts['amounts']:8.4f} {counts['exact'] / counts['rows']:8.4f} "
            f"{100 * counts['foreign'] / counts['amounts']:8.2f} {self.seconds:8.2f} {self.n_pages / max(self.seconds, 0.001):19.1f}"
        )

    def row(self, rows, page, labels, wanted, used):
        self.counts["amounts"] += len(wanted)
        self.counts["rows"] += 1
        best = None
        for i, row in enumerate(rows):
            if (page, i) in used or not all(label in row.text for label in labels):
                continue
            # Codes and years among a tool's cells are no foreign amounts.
            own = list(row.amounts)
            for value in map(amount, labels):
                if value in own:
                    own.remove(value)
            common = sum((collections.Counter(own) & collections.Counter(wanted)).values())
            if best is None or common > best[0]:
                best = (common, i, own)
        if best:
            common, i, own = best
            used.add((page, i))
            self.counts["found"] += common
            self.counts["foreign"] += len(own) - common
            self.counts["exact"] += own == wanted


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", action="append", choices=PACKAGES, help="only this package beside the product")
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--pages", type=lambda text: [int(n) for n in text.split(",")], help=argparse.SUPPRESS)
    parser.add_argument("folder", type=pathlib.Path, nargs="?", default=SHARED)
    args = parser.parse_args()
    if args.work:
        return work(args.tool[0], str(args.folder), args.pages)
    if not args.folder.exists():
        sys.exit(f"skipped: {args.folder} is absent")
    scores = collections.defaultdict(Score)
    for path in sorted(args.folder.glob("*.pdf")):
        truth = json.loads(path.with_suffix(".truth.json").read_text())
        pages = sorted({row["page"] for table in truth["tables"] for row in table["rows"]})
        scores["mingzhang"].document(product(path), truth, truth["source"]["pages"])
        for tool in args.tool or PACKAGES:
            command = [sys.executable, "-W", "ignore", __file__, "--work", "--tool", tool]
            command += ["--pages", ",".join(map(str, pages)), path]
            done = subprocess.run(command, stdout=subprocess.PIPE)
            if done.returncode != 0:
                print(f"{tool} fails on {path}")
                scores[tool].document({"seconds": 0, "rows": {}}, truth, len(pages))
            else:
                # A package may print its advice before.
                scores[tool].document(json.loads(done.stdout.splitlines()[-1]), truth, len(pages))
                # This takes minutes: what is known so far goes to those who wait.
                print(f"after {path.name}: {scores[tool].line(tool)}", file=sys.stderr)
    print(f"{args.folder}: {scores['mingzhang'].counts['rows']} rows with {scores['mingzhang'].counts['amounts']} amounts")
    print(f"{'tool':12} {'amounts':>8} {'rows':>8} {'foreign':>8} {'CPU s':>8} {'pages a CPU-second':>19}")
    for tool, score in scores.items():
        print(score.line(tool))
    return 0


if __name__ == "__main__":
    sys.exit(main())
