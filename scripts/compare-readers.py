#!/usr/bin/env python3
"""Compares what this program reads on each page with what PDFium and poppler read.

    compare-readers.py [--command CMD] [-v] FILE.pdf ...

CMD, followed by a file name, prints what `mingzhang dump --stage repair` prints: the runs of glyphs that a
reader sees, each glyph once. Needs `pip install pypdfium2` and poppler's pdftotext.

Per file: how many characters each page has here and there (as multisets, white space left out), and the
share of runs whose first character PDFium has within 1.5 points. Text that cannot be seen, and what each
reader makes of overprinted text, are known differences: -v names them.
"""
import argparse
import collections
import ctypes
import re
import subprocess
import sys

import pypdfium2
import pypdfium2.raw as raw

NEAR = 1.5  # points


RUN = re.compile(r'page (\d+) run (\S+) (\S+) \S+ f\d+[^"]* "(.*)"$')
SIZE = re.compile(r"page (\d+) size ")
ESCAPE = re.compile(r"\\(u\{([0-9a-f]+)\}|.)")


def unquote(text):
    """What stood in quotes."""
    plain = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
    return ESCAPE.sub(lambda m: chr(int(m[2], 16)) if m[2] else plain.get(m[1], m[1]), text)


def ours(command, path):
    """Pages: the characters of each, and the places of its runs."""
    pages = []
    out = subprocess.run([*command.split(), path], capture_output=True, check=True).stdout.decode()
    for line in out.split("\n"):
        if SIZE.match(line):
            pages.append((collections.Counter(), []))
        elif match := RUN.match(line):
            counts, starts = pages[-1]
            text = unquote(match[4])
            counts.update(ch for ch in text if not ch.isspace())
            if not text[:1].isspace():
                starts.append((text[:1], float(match[2]), float(match[3])))
    return pages


def pdfium(path):
    """The same by PDFium, without what it makes up (spaces, line ends, hyphens)."""
    document = pypdfium2.PdfDocument(path)
    pages = []
    for page in document:
        text = page.get_textpage()
        width, height = page.get_size()
        box = page.get_cropbox()
        rotation = page.get_rotation()
        x, y = ctypes.c_double(), ctypes.c_double()
        glyphs = []
        surrogate = None
        for i in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(text, i)
            if raw.FPDFText_IsGenerated(text, i) == 1:
                continue
            if 0xD800 <= code < 0xDC00:
                surrogate = code
                continue
            if 0xDC00 <= code < 0xE000 and surrogate is not None:
                code = 0x10000 + ((surrogate - 0xD800) << 10) + (code - 0xDC00)
            surrogate = None
            # PDFium marks a hyphen at a line's end with U+0002.
            ch = "-" if code in (2, 0xAD) else chr(code)
            if ch.isspace() or code == 0 or 0xD800 <= code < 0xE000:
                continue
            raw.FPDFText_GetCharOrigin(text, i, x, y)
            seen = {
                0: (x.value - box[0], box[3] - y.value),
                90: (y.value - box[1], x.value - box[0]),
                180: (box[2] - x.value, y.value - box[1]),
                270: (box[3] - y.value, box[2] - x.value),
            }[rotation]
            if -1 <= seen[0] <= width + 1 and -1 <= seen[1] <= height + 1:
                glyphs.append((ch, *seen))
        pages.append(glyphs)
    return pages


def poppler(path):
    """Characters of each page by pdftotext."""
    out = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], capture_output=True, check=True).stdout
    pages = out.decode("utf-8", "replace").split("\f")[:-1]
    return [collections.Counter(ch for ch in page if not ch.isspace()) for page in pages]


def far(starts, glyphs):
    """Run starts without the same character near them."""
    grid = collections.defaultdict(list)
    for ch, x, y in glyphs:
        grid[ch, int(x // NEAR), int(y // NEAR)].append((x, y))
    out = []
    for ch, x, y in starts:
        cx, cy = int(x // NEAR), int(y // NEAR)
        cells = (grid.get((ch, cx + i, cy + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        if not any((a - x) ** 2 + (b - y) ** 2 <= NEAR * NEAR for cell in cells for a, b in cell):
            out.append((ch, x, y))
    return out


def difference(a, b):
    """Size of the symmetric difference."""
    return sum((a - b).values()) + sum((b - a).values())


def text(counter, limit=40):
    return "".join(counter.elements())[:limit]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", default="mingzhang dump --stage repair", help="prints the runs of a file")
    parser.add_argument("-v", action="store_true", help="name the characters that differ, per page")
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    for path in args.files:
        mine, theirs, words = ours(args.command, path), pdfium(path), poppler(path)
        n = n_pdfium = n_poppler = n_starts = n_far = 0
        for number, ((counts, starts), glyphs, c) in enumerate(zip(mine, theirs, words), 1):
            b = collections.Counter(g[0] for g in glyphs)
            alone = far(starts, glyphs)
            n += sum(counts.values())
            n_pdfium += difference(counts, b)
            n_poppler += difference(counts, c)
            n_starts += len(starts)
            n_far += len(alone)
            if args.v and (counts != b or counts != c or alone):
                print(f"  page {number}: pdfium only {text(b - counts)!r}, poppler only {text(c - counts)!r}, here only"
                      f" {text(counts - b)!r} {text(counts - c)!r}, far {[(g[0], g[1], g[2]) for g in alone[:5]]}")
        print(f"{path}: pages {len(mine)}/{len(theirs)}, {n} glyphs, differ from pdfium {n_pdfium / max(n, 1):.3%},"
              f" from poppler {n_poppler / max(n, 1):.3%}, {n_starts} runs, start elsewhere {n_far / max(n_starts, 1):.3%}")


if __name__ == "__main__":
    main()
