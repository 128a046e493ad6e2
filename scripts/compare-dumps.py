#!/usr/bin/env python3
"""Holds what comes of other extractors' text against the same PDFs read directly.

python3 scripts/compare-dumps.py MINGZHANG FOLDER FILE.pdf... [--by NAMES] [--list]

No truth is needed: an amount that is vouched for (confirmed, corroborated) in a text must be one of the PDF, in the same row
and under the same header path. Doubt is measured as well: how many amounts are doubted for each reason, how many of them are
right all the same, and how many of the amounts are right that nothing is said against, those that no sum vouches for apart.
Checks that fail in a text and not in its PDF are counted: a text must accuse nobody whom the page does not.
Texts are kept in FOLDER; extractors that are not installed are passed over. Fails where a vouched-for amount or a failed
check is not borne out, or where a document gives no table and says nothing of it.
"""

import argparse
import collections
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys
import threading
import time
import unicodedata

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


PDFIUM = threading.Lock()


def pdfium(pdf):
    import pypdfium2

    # It is not made for several threads.
    with PDFIUM:
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


TEXT = r'"((?:[^"\\]|\\.)*)"'
CELL = re.compile(rf"table (\d+) cell (\d+),(\d+) p\d+[^\"]*?(?:guessed ([a-z-]+) )?{TEXT}")
COLUMN = re.compile(r"table (\d+) column (\d+) (.*)")
FIGURE = re.compile(r"-?[\d,]+(\.\d+)?")


def plain(text):
    """A text without white space, full-width signs as the plain ones: extractors differ in these."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def run(binary, *args):
    return subprocess.run([binary, *args], capture_output=True, text=True, timeout=120).stdout


def segmented(binary, file):
    """(names of the row, figure, header path, reason of doubt) of each non-zero amount as its place was read."""
    paths, rows = {}, collections.defaultdict(list)
    for line in run(binary, "dump", "--stage", "segment", str(file)).splitlines():
        if column := COLUMN.fullmatch(line):
            paths[column[1], column[2]] = "/".join(re.findall(TEXT, column[3]))
        elif cell := CELL.match(line):
            rows[cell[1], cell[2]].append((paths.get((cell[1], cell[3]), ""), cell[4], cell[5]))
    for cells in rows.values():
        texts = [(plain(path), doubt, plain(text)) for path, doubt, text in cells]
        names = frozenset(text for _, _, text in texts if text and not FIGURE.fullmatch(text))
        for path, doubt, text in texts:
            figure = text.replace(",", "")
            # A number without decimals may be a code.
            if names and "." in figure and FIGURE.fullmatch(figure) and figure.strip("0.-"):
                yield names, figure, path, doubt


def of_report(report):
    """(name of the row, figure, header path) of each non-zero amount with its trust, the number of tables, whether it warns,
    and the checks that fail."""
    amounts = []
    for table in report["tables"]:
        texts = [i for i, column in enumerate(table["columns"]) if column["role"] != "amount"]
        for row in table["rows"]:
            names = [(i, plain(str(row["cells"][i]))) for i in texts if row["cells"][i]]
            for i, column in enumerate(table["columns"]):
                printed = str(row["cells"][i] or "").replace(",", "")
                if column["role"] == "amount" and printed.strip("0.-"):
                    trust = row["trust"][i] if row.get("trust") else None
                    # Of two names in a row the one beside the amount is its own.
                    left = [name for at, name in names if at < i]
                    amounts.append((((left or [""])[-1], printed, plain("/".join(column["path"]))), trust))
    is_told = any(note["severity"] != "info" for note in report["diagnostics"])
    failed = ((check["rule"], check["left"], check["right"]) for check in report["checks"] if not check["holds"])
    return amounts, sum(bool(table["rows"]) for table in report["tables"]), is_told, collections.Counter(failed)


def published(binary, file):
    """What `of_report` tells of the report of a file; a file that gives none has nothing, and is told."""
    try:
        return of_report(json.loads(run(binary, "extract", "--quiet", str(file))))
    except json.JSONDecodeError:
        return [], 0, True, collections.Counter()


def read(binary, file):
    began = time.monotonic()
    amounts, n_tables, is_told, accused = published(binary, file)
    return amounts, n_tables, is_told, accused, list(segmented(binary, file)), time.monotonic() - began


def share(part, whole):
    return f"{part / whole:.3f}" if whole else "-"


def calibration(of_pdf, of_text, vouched):
    """Of each reason of doubt, of what is vouched for and of the rest: how many amounts, and how many right."""
    places = collections.defaultdict(set)
    for names, figure, path, _ in of_pdf:
        places[figure, path].update(names)
    count = collections.Counter()
    for names, figure, path, doubt in of_text:
        is_vouched = any((name, figure, path) in vouched for name in names)
        kind = doubt or ("vouched for" if is_vouched else "not vouched for")
        count[kind] += 1
        count[kind, "right"] += not names.isdisjoint(places.get((figure, path), ()))
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--by", default=",".join(EXTRACTORS))
    parser.add_argument("--list", action="store_true", help="print each vouched-for amount and failed check not borne out")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    pool = concurrent.futures.ThreadPoolExecutor(2)
    direct = dict(zip(args.files, pool.map(lambda file: read(args.binary, file), args.files)))
    failed = False
    for by in args.by.split(","):
        count, doubts, slowest, silent = collections.Counter(), collections.Counter(), 0.0, []
        texts = {}
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
            texts[file] = text
        for file, read_text in zip(texts, pool.map(lambda text: read(args.binary, text), texts.values())):
            of_pdf, n_tables_of_pdf, _, accused_of_pdf, segmented_pdf, _ = direct[file]
            found, n_tables, is_told, accused, segmented_text, spent = read_text
            wanted = collections.Counter(key for key, _ in of_pdf)
            slowest = max(slowest, spent)
            if n_tables_of_pdf and not n_tables and not is_told:
                silent.append(file.name)
            count["wanted"] += wanted.total()
            count["given"] += (wanted & collections.Counter(key for key, _ in found)).total()
            vouched = collections.Counter(key for key, trust in found if trust in VOUCHED)
            count["vouched"] += vouched.total()
            for key, n in vouched.items():
                if key not in wanted:
                    count["wrong"] += n
                    if args.list:
                        print(f"  {by}\t{file.name}\t{'  '.join(key)}")
            for check, n in (accused - accused_of_pdf).items():
                count["accused"] += n
                if args.list:
                    print(f"  {by}\t{file.name}\tfails here alone: {' '.join(check)}")
            doubts += calibration(segmented_pdf, segmented_text, vouched)
        if not count["wanted"]:
            continue
        print(
            f"{by:15} of {count['wanted']} amounts {share(count['given'], count['wanted'])} given; vouched for "
            f"{count['vouched']}, {count['wrong']} of them not borne out; checks that fail here alone {count['accused']}; "
            f"nothing and no word {len(silent)} {silent[:3]}; slowest {slowest:.1f} s"
        )
        reasons = sorted((kind for kind in doubts if isinstance(kind, str)), key=lambda kind: -doubts[kind])
        of_doubt = [kind for kind in reasons if " " not in kind]
        for title, kinds in [("doubted", of_doubt), ("not doubted", [kind for kind in reasons if " " in kind])]:
            whole = sum(doubts[kind] for kind in kinds)
            right = sum(doubts[kind, "right"] for kind in kinds)
            each = "; ".join(f"{kind} {doubts[kind]}, {share(doubts[kind, 'right'], doubts[kind])}" for kind in kinds)
            print(f"    {title:12} {whole:6}, right {share(right, whole)}: {each}")
        sys.stdout.flush()
        failed |= bool(count["wrong"] or count["accused"] or silent)
    return failed


if __name__ == "__main__":
    sys.exit(main())
