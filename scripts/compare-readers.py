#!/usr/bin/env python3
"""Compares what this program reads on each page with what PDFium and poppler read.

    compare-readers.py [--command CMD] FILE.pdf ...

CMD, followed by a file name, must print tab-separated lines: `P number width height` at the start of a
page and `G text x y` for each glyph that a reader sees, once, with its origin in points from the page's
top left. Needs `pip install pypdfium2` and poppler's pdftotext.

Per file: the share of PDFium's characters that stand here within 1.5 points (as multisets), the reverse,
and the same without places against pdftotext. White space is left out on all sides.
"""
import argparse
import collections
import ctypes
import subprocess
import sys

import pypdfium2
import pypdfium2.raw as raw

NEAR = 1.5  # points


def ours(command, path):
    """Pages of (character, x, y)."""
    pages = []
    out = subprocess.run([*command.split(), path], capture_output=True, check=True).stdout.decode()
    for line in out.split("\n"):
        fields = line.split("\t")
        if fields[0] == "P":
            pages.append([])
        elif fields[0] == "G" and not (len(fields) > 11 and fields[11].startswith("H")):
            for ch in fields[1]:
                if not ch.isspace():
                    pages[-1].append((ch, float(fields[2]), float(fields[3])))
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


def near_matches(some, others):
    """How many of `some` have a partner of their own among `others`; and those without."""
    grid = collections.defaultdict(list)
    for ch, x, y in others:
        grid[ch, int(x // NEAR), int(y // NEAR)].append((x, y))
    alone = []
    for ch, x, y in some:
        cx, cy = int(x // NEAR), int(y // NEAR)
        best = None
        for ix in (cx - 1, cx, cx + 1):
            for iy in (cy - 1, cy, cy + 1):
                for place in grid.get((ch, ix, iy), ()):
                    d = (place[0] - x) ** 2 + (place[1] - y) ** 2
                    if d <= NEAR * NEAR and (best is None or d < best[0]):
                        best = (d, (ch, ix, iy), place)
        if best is None:
            alone.append((ch, x, y))
        else:
            grid[best[1]].remove(best[2])
    return alone


def show(glyphs, limit=60):
    return "".join(g[0] for g in glyphs[:limit])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", default="mingzhang dump --stage repair", help="prints the glyphs of a file")
    parser.add_argument("-v", action="store_true", help="name the characters that differ, per page")
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    worst = 1.0
    for path in args.files:
        mine, theirs, words = ours(args.command, path), pdfium(path), poppler(path)
        n_theirs = n_mine = n_missing = n_extra = n_words = n_word_diff = 0
        for number, (a, b, c) in enumerate(zip(mine, theirs, words), 1):
            missing, extra = near_matches(b, a), near_matches(a, b)
            counts = collections.Counter(g[0] for g in a)
            word_diff = sum((c - counts).values()) + sum((counts - c).values())
            n_theirs, n_mine, n_words = n_theirs + len(b), n_mine + len(a), n_words + sum(c.values())
            n_missing, n_extra, n_word_diff = n_missing + len(missing), n_extra + len(extra), n_word_diff + word_diff
            if args.v and (missing or extra or word_diff):
                print(f"  p{number} missing {len(missing)} {show(missing)!r} extra {len(extra)} {show(extra)!r}"
                      f" poppler-only {''.join((c - counts).elements())[:40]!r} here-only {''.join((counts - c).elements())[:40]!r}")
        found = 1 - n_missing / max(n_theirs, 1)
        worst = min(worst, found)
        print(f"{path}: pages {len(mine)}/{len(theirs)} pdfium found here {found:.4%}, here found in pdfium"
              f" {1 - n_extra / max(n_mine, 1):.4%}, poppler differs {n_word_diff / max(n_words, 1):.4%} ({n_mine} glyphs)")
    sys.exit(0 if worst >= 0.99 else 1)


if __name__ == "__main__":
    main()
