#!/usr/bin/env python3
"""Holds what comes of other extractors' text against the same PDFs read directly.

python3 scripts/compare-dumps.py MINGZHANG FOLDER FILE.pdf... [--by NAMES] [--list]

No truth is needed: an amount that is vouched for (confirmed, corroborated) in a text must be one of the PDF, in the same row
and under the same header path. Doubt is measured as well: how many of the amounts with doubtful columns, and of the others,
are right. Texts are kept in FOLDER; extractors that are not installed are passed over. Fails where a vouched-for amount is
not borne out, or where a document gives no table and says nothing of it.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import time

VOUCHED = ("confirmed", "corroborated")


def poppler(*options):
    return lambda pdf: subprocess.run(["pdftotext", *options, str(pdf), "-"], capture_output=True, check=True).stdout.decode()


def plumber(layout):
    def text(pdf):
        import pdfplumber

        with pdfplumber.open(pdf) as document:
            return "\f".join(page.extract_text(layout=layout) or "" for page in document.pages)

    return text


def pypdf(pdf):
    from pypdf import PdfReader

    return "\f".join(page.extract_text() or "" for page in PdfReader(pdf).pages)


def pdfium(pdf):
    import pypdfium2

    return "\f".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def mupdf(pdf):
    import pymupdf

    return "\f".join(page.get_text("text") for page in pymupdf.open(pdf))


def miner(pdf):
    from pdfminer.high_level import extract_text

    return extract_text(str(pdf))


EXTRACTORS = {
    "layout": poppler("-layout"),
    "raw": poppler("-raw"),
    "plain": poppler(),
    "plumber": plumber(False),
    "plumber-layout": plumber(True),
    "pypdf": pypdf,
    "pdfium": pdfium,
    "mupdf": mupdf,
    "miner": miner,
}


def amounts(report):
    """(name of the row, figure, header path) of each non-zero amount, with its trust and whether its column is doubtful."""
    doubtful = collections.Counter()
    for note in report["diagnostics"]:
        if note["code"] == "column-guessed" and "the columns of " in note["message"]:
            for figure in note["message"].split("the columns of ")[1].split(" are the likeliest")[0].split(", "):
                doubtful[note["page"], figure] += 1
    for table in report["tables"]:
        texts = [i for i, column in enumerate(table["columns"]) if column["role"] != "amount"]
        for row in table["rows"]:
            names = {"".join(str(row["cells"][i]).split()) for i in texts if row["cells"][i]}
            for i, column in enumerate(table["columns"]):
                printed = str(row["cells"][i] or "").replace(",", "")
                if column["role"] != "amount" or not printed.strip("0.-"):
                    continue
                path = "/".join(column["path"])
                trust = (row.get("trust") or {})[i] if row.get("trust") else None
                for name in names:
                    yield (name, printed, path), trust, any(
                        doubtful[page, str(row["cells"][i])] for page in table["pages"]
                    )


def read(binary, file):
    ran = subprocess.run([binary, "extract", "--quiet", str(file)], capture_output=True, text=True, timeout=120)
    try:
        report = json.loads(ran.stdout)
    except json.JSONDecodeError:
        return [], 0, True
    is_told = any(note["severity"] != "info" for note in report["diagnostics"])
    return list(amounts(report)), sum(bool(table["rows"]) for table in report["tables"]), is_told


def share(part, whole):
    return f"{part / whole:.3f}" if whole else "-"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--by", default=",".join(EXTRACTORS))
    parser.add_argument("--list", action="store_true", help="print each vouched-for amount that the PDF does not bear out")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    direct = {file: read(args.binary, file) for file in args.files}
    failed = False
    for by in args.by.split(","):
        count, slowest, silent = collections.Counter(), 0.0, []
        for file in args.files:
            text = args.folder / f"{file.stem}.{by}.txt"
            try:
                if not text.exists():
                    text.write_text(EXTRACTORS[by](file), errors="replace")
            except ImportError:
                break
            except Exception as error:
                print(f"{by}: {file.name}: {error!r}"[:120], file=sys.stderr)
                continue
            wanted = collections.Counter(key for key, _, _ in direct[file][0])
            began = time.monotonic()
            found, n_tables, is_told = read(args.binary, text)
            slowest = max(slowest, time.monotonic() - began)
            if direct[file][1] and not n_tables and not is_told:
                silent.append(file.name)
            given = collections.Counter(key for key, _, _ in found)
            count["wanted"] += wanted.total()
            count["given"] += (wanted & given).total()
            for key, trust, is_doubtful in found:
                is_right = key in wanted
                kind = "doubted" if is_doubtful else "sure"
                count[kind] += 1
                count[kind, is_right] += 1
                if trust in VOUCHED:
                    count["vouched"] += 1
                    count["wrong"] += not is_right
                    if not is_right and args.list:
                        print(f"  {by}\t{file.name}\t{'  '.join(key)}")
        if not count["wanted"]:
            continue
        print(
            f"{by:15} of {count['wanted']} amounts {share(count['given'], count['wanted'])} given; vouched for "
            f"{count['vouched']}, {count['wrong']} of them not borne out; right of the doubted "
            f"{share(count['doubted', True], count['doubted'])}, of the others {share(count['sure', True], count['sure'])}; "
            f"nothing and no word {len(silent)} {silent[:3]}; slowest {slowest:.1f} s",
            flush=True,
        )
        failed |= bool(count["wrong"] or silent)
    return failed


if __name__ == "__main__":
    sys.exit(main())
