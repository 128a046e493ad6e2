#!/usr/bin/env python3
"""CPU time of whole extraction, all stages, beside pdftotext -layout and pdfplumber's extract_tables.

    python3 scripts/bench-tables.py [--rounds N] [--report] FILE

As scripts/bench-readers.py measures. pdfplumber takes minutes for a long document: it reads some of its pages, spread
evenly, and its time is scaled to all of them. Fails where whole extraction is slower than pdftotext -layout, or less
than 50 times as fast as pdfplumber.

Needs `pip install pdfplumber` and poppler's pdftotext and pdfinfo.
"""

import argparse
import importlib
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

process = importlib.import_module("bench-readers").process

LEAST_LAYOUT = 1
LEAST_PDFPLUMBER = 50

# Pages that pdfplumber reads.
SAMPLE = 10

PDFPLUMBER = """
import pdfplumber, resource, sys
path, step = sys.argv[1], int(sys.argv[2])
def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
start = cpu()
with pdfplumber.open(path) as document:
    pages = document.pages[step // 2 :: step]
    for page in pages:
        page.extract_tables()
        page.close()
print(cpu() - start, len(pages))
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="runs of each (default 5; pdfplumber 2)")
    parser.add_argument("--report", action="store_true", help="print, and do not fail below the bars")
    parser.add_argument("file", type=pathlib.Path)
    args = parser.parse_args()
    path, command = str(args.file), str(ROOT / "target" / "release" / "mingzhang")
    n_pages = int(re.search(r"Pages: +(\d+)", process("pdfinfo", path)[2])[1])
    own, layout, plumber = [], [], []
    memory = 0.0
    for i in range(args.rounds):
        # It may end with status 1: the document is not asked to add up.
        seconds, megabytes, _ = process(command, "extract", path, statuses=(0, 1))
        own.append(seconds)
        memory = max(memory, megabytes)
        layout.append(process("pdftotext", "-layout", path, os.devnull)[0])
        if i < 2:
            step = max(n_pages // SAMPLE, 1)
            seconds, n_read = process(sys.executable, "-W", "ignore", "-c", PDFPLUMBER, path, str(step))[2].split()
            plumber.append(float(seconds) * n_pages / int(n_read))
    times = {
        "mingzhang, all stages": min(own),
        "pdftotext -layout": min(layout),
        f"pdfplumber ({SAMPLE} pages, scaled)": min(plumber),
    }
    print(f"{path}: {n_pages} pages; {args.rounds} rounds, the fastest of each; peak memory {memory:.0f} MB")
    print(f"{'whole extraction':34} {'CPU s':>8} {'pages a CPU-second':>19} {'times ours':>11}")
    for name, seconds in times.items():
        print(f"{name:34} {seconds:8.2f} {n_pages / seconds:19.0f} {seconds / min(own):11.1f}")
    missed = [
        f"missed: at least {least} times as fast as {name}"
        for name, seconds, least in (
            ("pdftotext -layout", min(layout), LEAST_LAYOUT),
            ("pdfplumber", min(plumber), LEAST_PDFPLUMBER),
        )
        if seconds < min(own) * least
    ]
    print("\n".join(missed), end="\n" if missed else "")
    return 1 if missed and not args.report else 0


if __name__ == "__main__":
    sys.exit(main())
