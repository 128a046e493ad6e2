#!/usr/bin/env python3
"""Compares the glyphs that this reader finds with those of PDFium and poppler, and fails below the bars.

    python3 scripts/compare-readers.py [-v] [FILE…]

Without a file, the PDFs of the shared corpus. Visible glyphs before overprint repair, white space left out.
Where PDFium and poppler agree on a document's characters (F1 at least 0.99), this reader must have the same
(F1 at least 0.995 against the nearer of the two), and at least 99 % of its glyphs must start within 1.5 points
of the same character of PDFium. The other documents are listed with what is known of them. Both engines drop
some of the text that is drawn again over itself: where that parts them from this reader before its own repair, the
glyphs after repair count, and the table says so. They also give text that cannot be seen (in the colour of its ground,
clipped away): where this reader has it among its hidden glyphs, the table says so.

Needs `pip install pypdfium2` and poppler's pdftotext.
"""

import argparse
import collections
import concurrent.futures
import ctypes
import pathlib
import re
import subprocess
import sys
import unicodedata

import pypdfium2
import pypdfium2.raw as raw

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "corpus"

AGREED = 0.99  # F1 of the two references
SAME = 0.995  # F1 that is asked of this reader there
NEAR = 1.5  # points between origins
PLACED = 0.99  # share of glyphs that near


def characters(text):
    """What is compared: compatibility forms and radicals as what they stand for, white space and controls left out."""
    for ch in unicodedata.normalize("NFKC", text):
        if not (ch.isspace() or unicodedata.category(ch) in ("Cc", "Cf", "Cs")):
            yield ch


def ours(path, tool):
    """Glyphs (page, ch, x, y) before repair: those that can be seen, and those that cannot."""
    out = subprocess.run([tool, path], capture_output=True, check=True).stdout.decode()
    seen, hidden = [], []
    for line in out.split("\n"):
        if line:
            page, x, y, text, visibility = line.split("\t")
            found = seen if visibility == "Visible" else hidden
            found.extend((int(page), ch, float(x), float(y)) for ch in characters(text))
    return seen, hidden


RUN = re.compile(r'page (\d+) run \S+ \S+ \S+ f\d+[^"]* "(.*)"$')
ESCAPE = re.compile(r"\\(u\{([0-9a-f]+)\}|.)")


def repaired(path, command):
    """Characters of each page after overprint repair."""
    plain = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
    out = subprocess.run([command, "dump", "--stage", "repair", path], capture_output=True, check=True).stdout.decode()
    counts = collections.Counter()
    for line in out.split("\n"):
        if match := RUN.match(line):
            text = ESCAPE.sub(lambda m: chr(int(m[2], 16)) if m[2] else plain.get(m[1], m[1]), match[2])
            counts.update((int(match[1]), ch) for ch in characters(text))
    return counts


def pdfium(path):
    """Glyphs (page, ch, x, y) of PDFium on the page as seen, without what it makes up (spaces, line ends)."""
    found = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for number, page in enumerate(pypdfium2.PdfDocument(path), 1):
        text = page.get_textpage()
        width, height = page.get_size()
        # Boxes that the page inherits are not given; then the size is.
        box = page.get_cropbox(fallback_ok=False) or page.get_mediabox(fallback_ok=False)
        rotation = page.get_rotation()
        size = (width, height) if rotation % 180 == 0 else (height, width)
        left, bottom, right, top = box or (0, 0, *size)
        high = None
        for i in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(text, i)
            if raw.FPDFText_IsGenerated(text, i) == 1:
                continue
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high is not None:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            high = None
            raw.FPDFText_GetCharOrigin(text, i, x, y)
            a, b = x.value, y.value
            place = {
                0: (a - left, top - b),
                90: (b - bottom, a - left),
                180: (right - a, b - bottom),
                270: (top - b, right - a),
            }[rotation]
            if not (-1 <= place[0] <= width + 1 and -1 <= place[1] <= height + 1):
                continue
            # A hyphen at a line's end is marked with U+0002.
            found.extend((number, ch, *place) for ch in characters("-" if code in (2, 0xAD) else chr(code)))
    return found


def poppler(path):
    """Characters of each page by pdftotext."""
    out = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], capture_output=True, check=True).stdout
    pages = out.decode("utf-8", "replace").split("\f")[:-1]
    return collections.Counter((number, ch) for number, page in enumerate(pages, 1) for ch in characters(page))


def counted(glyphs):
    return collections.Counter((page, ch) for page, ch, _, _ in glyphs)


def f1(a, b):
    n = sum(a.values()) + sum(b.values())
    return 2 * sum((a & b).values()) / n if n else 1.0


def far(glyphs, others):
    """Glyphs of a character that both have on the page, without one of it near; and how many were looked at."""
    grid, known = collections.defaultdict(list), set()
    for page, ch, x, y in others:
        grid[page, ch, int(x // NEAR), int(y // NEAR)].append((x, y))
        known.add((page, ch))
    alone, n = [], 0
    for page, ch, x, y in glyphs:
        if (page, ch) not in known:
            continue
        n += 1
        cx, cy = int(x // NEAR), int(y // NEAR)
        cells = (grid.get((page, ch, cx + i, cy + j), ()) for i in (-1, 0, 1) for j in (-1, 0, 1))
        if not any((a - x) ** 2 + (b - y) ** 2 <= NEAR * NEAR for cell in cells for a, b in cell):
            alone.append((page, ch, x, y))
    return alone, n


def sample(counter, limit=30):
    return "".join(ch for _, ch in list(counter.elements())[:limit])


def compare(path, tool, command, verbose):
    """The line of one document: (name, kind, columns)."""
    path, name = str(path), pathlib.Path(path).stem
    if pathlib.Path(path).is_relative_to(SHARED):
        name = f"{pathlib.Path(path).parent.name}/{name}"
    try:
        (glyphs, hidden), theirs, words = ours(path, tool), pdfium(path), poppler(path)
    except (subprocess.CalledProcessError, pypdfium2.PdfiumError) as error:
        return name, "failed", f"cannot be opened: {error}", []
    mine, reference = counted(glyphs), counted(theirs)
    agreement = f1(reference, words)
    scores = f1(mine, reference), f1(mine, words)
    alone, n = far(glyphs, theirs)
    placed = 1 - len(alone) / n if n else 1.0
    figures = [len(glyphs), agreement, *scores, placed]
    kind, why = "same", ""
    if agreement < AGREED:
        kind, why = "apart", reason(mine, reference, words)
    else:
        if max(scores) < SAME:
            after = repaired(path, command)
            best = max(f1(after, reference), f1(after, words))
            # The engines give hidden text too.
            unseen = counted(hidden)
            seen = max(f1(mine + unseen, reference), f1(mine + unseen, words))
            if seen >= SAME:
                why = f"with {sum(unseen.values())} glyphs that cannot be seen {seen:.4f}"
            elif best >= SAME:
                why = f"after overprint repair {best:.4f}"
            else:
                kind, why = "failed", f"characters {max(scores):.4f}, after repair {best:.4f}"
        if placed < PLACED:
            kind, why = "failed", f"{why} places {placed:.4f}".strip()
    notes = []
    if verbose or kind == "failed":
        for title, left in (("here only", mine - (reference | words)), ("not here", (reference & words) - mine)):
            if left:
                pages = sorted({page for page, _ in left})
                notes.append(f"    {title}: {sum(left.values())} on pages {pages[:8]}: {sample(left)!r}")
        if alone:
            notes.append(f"    elsewhere: {[(p, c, round(x), round(y)) for p, c, x, y in alone[:6]]}")
    return name, kind, (figures, why), notes


def reason(mine, reference, words):
    """Why two engines differ on a document, by what each lacks."""
    n = max(sum(reference.values()), sum(words.values()), 1)
    if sum(mine.values()) == 0 and n < 50:
        return "no text layer"
    if n == 1:
        return "no text in either"
    few, many = sorted((reference, words), key=lambda c: sum(c.values()))
    name = "PDFium" if few is reference else "poppler"
    lacks = sum((many - few).values()) / n
    replaced = sum(v for (_, ch), v in (reference + words).items() if ch == "\ufffd" or 0xE000 <= ord(ch) < 0xF900)
    if replaced > n * 0.01:
        return "an engine has no Unicode for some fonts"
    if lacks > 0.01:
        return f"{name} has {lacks:.1%} fewer characters than the other (repeats dropped, fonts unknown)"
    return "the engines map characters differently"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-v", action="store_true", help="name the characters that differ in every document")
    parser.add_argument("--profile", default="debug", help="folder of target/ with the programs")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    args = parser.parse_args()
    files = [file.resolve() for file in args.files]
    if not files:
        if not SHARED.exists():
            sys.exit(f"skipped: {SHARED} is absent, and no file is given")
        files = [file for folder in ("real", "wide", "facsimile") for file in sorted((SHARED / folder).glob("*.pdf"))]
    target = ROOT / "target" / args.profile
    tool, command = str(target / "examples" / "glyphs"), str(target / "mingzhang")
    print(f"{'document':34} {'glyphs':>7} {'refs':>7} {'pdfium':>7} {'poppler':>7} {'placed':>7}")
    groups = collections.defaultdict(list)
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        n = len(files)
        for name, kind, rest, notes in pool.map(compare, files, [tool] * n, [command] * n, [args.v] * n):
            groups[kind].append(name)
            if isinstance(rest, str):
                print(f"{name:34} {rest}")
                continue
            (n_glyphs, *shares), why = rest
            columns = " ".join(f"{share:7.4f}" for share in shares)
            mark = {"same": "", "apart": "references differ: ", "failed": "FAILED: "}[kind]
            print(f"{name:34} {n_glyphs:7} {columns}  {mark}{why}")
            print("\n".join(notes), end="\n" if notes else "")
    print(
        f"\n{len(files)} documents: {len(groups['same'])} the same as the references, "
        f"{len(groups['apart'])} where these differ from each other, {len(groups['failed'])} failed"
    )
    return 1 if groups["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
