#!/usr/bin/env python3
"""CPU time of reading, side by side: this reader, PDFium, poppler and PyMuPDF on one long document of tables.

    python3 scripts/bench-readers.py [--rounds N] [--report] FILE

Each round runs every reader once, in turn, each in a process of its own; the fastest round of each counts, as the one
that nothing else disturbed. CPU time is user and system time together: of the whole process for programs, and of the
work alone (without starting Python and loading the library) for the Python packages. Fails where this reader is not at
least 3 times as fast as each of them, or takes more than 120 MB.

Needs `pip install pypdfium2 pymupdf` and poppler's pdftotext.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

import pypdfium2

ROOT = pathlib.Path(__file__).resolve().parent.parent

LEAST_RATIO = 3
MOST_MEGABYTES = 120

PDFIUM = """
import pypdfium2, pypdfium2.raw as raw, ctypes
def work(path):
    n = 0
    document = pypdfium2.PdfDocument(path)
    box = [ctypes.c_double() for _ in range(4)]
    for page in document:
        text = page.get_textpage()
        for i in range(text.count_chars()):
            raw.FPDFText_GetUnicode(text, i)
            raw.FPDFText_GetCharBox(text, i, *box)
            n += 1
        text.close()
        page.close()
    return n
"""

PDFIUM_PAGE = """
import pypdfium2
def work(path):
    n = 0
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        n += text.count_chars()
        text.close()
        page.close()
    return n
"""

PYMUPDF = """
import pymupdf
def work(path):
    n = 0
    for page in pymupdf.open(path):
        for block in page.get_text("rawdict")["blocks"]:
            for line in block.get("lines", ()):
                n += sum(len(span["chars"]) for span in line["spans"])
    return n
"""

MEASURED = """
import resource, sys
before = resource.getrusage(resource.RUSAGE_SELF)
n = work(sys.argv[1])
after = resource.getrusage(resource.RUSAGE_SELF)
print(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, n)
"""


def process(*command, statuses=(0,)):
    """CPU seconds of a process, its peak memory in MB, and what it printed."""
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in statuses:
            sys.exit(f"{command[0]}: exit status {child.returncode}")
        out.seek(0)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000, out.read().decode("utf-8", "replace")


def python(code, path):
    _, memory, out = process(sys.executable, "-W", "ignore", "-c", code + MEASURED, path)
    seconds, n = out.split()
    return float(seconds), memory, n


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="runs of each reader (default 5)")
    parser.add_argument("--report", action="store_true", help="print, and do not fail below the bars")
    parser.add_argument("file", type=pathlib.Path)
    args = parser.parse_args()
    path = str(args.file)
    # A page that is not there: the whole file is read, and nothing printed.
    reading = (str(ROOT / "target" / "release" / "mingzhang"), "dump", "--stage", "read", "--page", "0", path)
    document = pypdfium2.PdfDocument(path)
    n_pages = len(document)
    n_glyphs = sum(document[i].get_textpage().count_chars() for i in range(n_pages))
    print(f"{path}: {n_pages} pages, {n_glyphs / n_pages:.0f} characters a page; {args.rounds} rounds, the fastest of each")
    readers = {
        "mingzhang, read only": lambda: process(*reading)[:2],
        "PDFium, text pages alone": lambda: python(PDFIUM_PAGE, path)[:2],
        "pypdfium2, chars with boxes": lambda: python(PDFIUM, path)[:2],
        "poppler, pdftotext": lambda: process("pdftotext", path, os.devnull)[:2],
        'PyMuPDF, get_text("rawdict")': lambda: python(PYMUPDF, path)[:2],
    }
    best = {name: (float("inf"), 0.0) for name in readers}
    for _ in range(args.rounds):
        for name, run in readers.items():
            seconds, memory = run()
            best[name] = (min(best[name][0], seconds), max(best[name][1], memory))
    own = best["mingzhang, read only"][0]
    print(f"{'reader':30} {'CPU s':>8} {'pages a CPU-second':>19} {'times ours':>11} {'peak MB':>8}")
    for name, (seconds, memory) in best.items():
        print(f"{name:30} {seconds:8.2f} {n_pages / seconds:19.0f} {seconds / own:11.1f} {memory:8.0f}")
    slow = [name for name, (seconds, _) in best.items() if "mingzhang" not in name and seconds < own * LEAST_RATIO]
    if slow:
        print(f"missed: at least {LEAST_RATIO} times as fast as {', '.join(slow)}")
    large = best["mingzhang, read only"][1] > MOST_MEGABYTES
    if large:
        print(f"missed: at most {MOST_MEGABYTES} MB")
    return 1 if (slow or large) and not args.report else 0


if __name__ == "__main__":
    sys.exit(main())
