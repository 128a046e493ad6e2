#!/usr/bin/env python3
"""Scores what comes of dumps that other extractors make of the shared PDFs.

python3 scripts/dumps-bars.py MINGZHANG OUT [--only WORD] [--dumps FOLDER] [--least-amounts SHARE] [--quiet]

Dumps are made with `pdftotext -layout` and `-raw`; FOLDER may hold more, as FOLDER/EXTRACTOR/SET/NAME.txt. A dump counts
for the bars where it holds at least 99 % of the characters of the truth's labels: a PDF that the extractor cannot read
proves nothing. Held: no wrong amount that says `confirmed`, anywhere; amounts of each -layout dump at least SHARE, 0.97.
"""

import argparse
import collections
import decimal
import json
import pathlib
import re
import shutil
import subprocess
import sys
import unicodedata

SHARED = pathlib.Path("../shared")
LEAST_HELD = 0.99
SETS = ("real", "facsimile")


def counted(text):
    return collections.Counter(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))


def held(truth, dump):
    """The share of the labels' characters that the dump has."""
    wanted = collections.Counter()
    for table in truth["tables"]:
        texts = [i for i, column in enumerate(table["columns"]) if column["role"] != "amount"]
        for row in table["rows"]:
            for i in texts:
                wanted += counted(row["cells"][i] or "")
    have = counted(dump)
    return sum(min(n, have[char]) for char, n in wanted.items()) / max(1, sum(wanted.values()))


def make(kind, corpus, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for pdf in sorted(corpus.glob("*.pdf")):
        out = folder / f"{pdf.stem}.txt"
        if not out.exists():
            subprocess.run(["pdftotext", f"-{kind}", str(pdf), str(out)], stderr=subprocess.DEVNULL, check=False)


def score(binary, dumps, corpus, out):
    shutil.rmtree(out, ignore_errors=True)
    run = subprocess.run([binary, "extract", str(dumps), "--out", str(out)], capture_output=True, text=True)
    if run.returncode not in (0, 1, 2):
        print(run.stderr, file=sys.stderr)
    for report in out.glob("*.txt.json"):
        report.rename(report.with_name(report.name.replace(".txt.json", ".json")))
    result = out.with_suffix(".scores.json")
    subprocess.run(
        [sys.executable, str(SHARED / "tools/score.py"), str(out), str(corpus), "-v", "--json", str(result)],
        stdout=(out.with_suffix(".scores.txt")).open("w"), check=False,
    )
    return json.loads(result.read_text())["documents"]


def wrong_funds(report, truth):
    """Funds of forms that say `confirmed` and are none of the one form of the same project; the scorer has no trust for
    them."""
    forms = collections.defaultdict(list)
    for form in truth["forms"]:
        forms[form["project_name"]].append(form)
    wrong = []
    for form in report["forms"]:
        alike = forms[form["project_name"]]
        if len(alike) != 1:
            continue
        printed = {(fund["source"], fund["horizon"]): fund["amount_yuan"] for fund in alike[0]["funds"]}
        for fund in form["funds"]:
            wanted, got = printed.get((fund["source"], fund["horizon"])), fund["amount_yuan"]
            if got is None or (wanted is None and alike[0]["kind"] != "project_performance_target"):
                continue
            is_right = wanted is not None and decimal.Decimal(wanted) == decimal.Decimal(got)
            if not is_right and fund["trust"] in ("confirmed", "corroborated"):
                wrong.append(f"{form['project_name']}, {fund['source']} {fund['horizon']} {got}, printed {wanted}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--dumps", type=pathlib.Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--least-amounts", type=float, default=0.97)
    parser.add_argument("--quiet", action="store_true")
    args = parser.parse_args()
    dumps = args.dumps or args.out / "dumps"
    for kind in ("layout", "raw"):
        for name in SETS:
            if shutil.which("pdftotext"):
                make(kind, SHARED / "corpus" / name, dumps / kind / name)
    failed = False
    for folder in sorted(path for path in dumps.glob("*/*") if path.is_dir() and args.only in str(path)):
        kind, name = folder.parent.name, folder.name
        corpus = SHARED / "corpus" / name
        documents = score(args.binary, folder, corpus, args.out / f"{kind}-{name}")
        total = collections.Counter()
        for document in sorted(documents, key=lambda document: document["name"]):
            figures, counts = document["figures"], document["counts"]
            dump = folder / f"{document['name']}.txt"
            if not dump.exists():
                print(f"  {kind} {document['name']}: the extractor made no dump")
                continue
            truth = json.loads((corpus / f"{document['name']}.truth.json").read_text())
            share = held(truth, dump.read_text("utf-8", "replace"))
            counts_too = share >= LEAST_HELD
            report = args.out / f"{kind}-{name}" / f"{document['name']}.json"
            funds = wrong_funds(json.loads(report.read_text()), truth) if report.exists() else []
            for fund in funds:
                print(f"  {kind} {document['name']}: wrong fund confirmed: {fund}")
            wrong, amounts = (figures["wrong_checked"] or 0) + len(funds), figures["amounts"]
            total.update(counts if counts_too else {})
            total["wrong_checked_all"] += wrong
            low = kind == "layout" and counts_too and amounts is not None and amounts < args.least_amounts
            failed |= bool(wrong) or low
            if wrong or low or not args.quiet:
                shown = " ".join(f"{key} {value:.3f}" for key, value in figures.items() if isinstance(value, float))
                print(f"  {kind} {document['name']}: held {share:.3f}{'' if counts_too else ' (does not count)'} "
                      f"wrong-checked {wrong}{' LOW' if low else ''} | {shown}")
        n_right, n_printed = total["amount_ok"], total["amount_truth"]
        print(f"{kind} {name}: amounts {n_right} of {n_printed}, wrong ones confirmed {total['wrong_checked_all']}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
