#!/usr/bin/env python3
"""Rows of tables that differ between this product and pdfplumber, counted by cause, and a sample to look at.

    python3 scripts/compare-wide.py [--sample N] [--seed S] [--json FILE] [--pictures FOLDER] [PATH…]

Without a path, the PDFs of ../shared/corpus/wide. pdfplumber is taken with `dedupe_chars` and `extract_tables` as they
come; of this product, the rows that `mingzhang dump --stage segment` gives. Rows are paired by their place on the page.
Neither side is the truth: the sample says which rows to look at, and `--pictures` cuts them out of the page.

Needs `pip install pdfplumber`, and poppler's pdftoppm for pictures.
"""

import argparse
import collections
import concurrent.futures
import hashlib
import json
import pathlib
import random
import re
import subprocess
import sys
import unicodedata

import pdfplumber

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = ROOT / "target" / "pdfplumber"
WIDE = ROOT.parent / "shared" / "corpus" / "wide"

# Rows are one where they share at least this part of the lower one's height.
OVERLAP = 0.5

AREA = r"\[(\S+) (\S+) (\S+) (\S+)\]"
ROW = re.compile(rf"(table|form) (\d+) row (\d+) p(\d+) {AREA}$")
CELL = re.compile(rf'(table|form) (\d+) cell (\d+),(\d+) p(\d+) {AREA}(?: columns \d+)?(?: rows \d+)? (".*")$')
COLUMN = re.compile(r'table (\d+) column \d+ (".*")$')
CAPTION = re.compile(rf'(?:table|form) \d+ (?:caption|footer|note) p(\d+) {AREA}.*? (".*")$')
PART = re.compile(r'"((?:\\.|[^"\\])*)"')
NUMBER = re.compile(r"[*—-]+$|[0-9]{1,2}$")
AMOUNT = re.compile(r"[-+(]?[0-9]+(\.[0-9]+)?%?\)?$")


def norm(text):
    return "".join(unicodedata.normalize("NFKC", text or "").split()).replace(",", "")


def quoted(text):
    return "".join(PART.findall(text)).replace("\\n", "").replace("\\t", "").replace('\\"', '"').replace("\\\\", "\\")


class Row:
    """A row on a page: top, bottom, left, right, and its texts from left to right."""

    def __init__(self, area, kind="table"):
        self.left, self.top, self.right, self.bottom = area
        self.cells = []
        self.kind = kind

    def area(self):
        return self.left, self.top, self.right, self.bottom

    def texts(self):
        return [text for _, text in sorted(self.cells) if text]


def ours(path, command):
    """Rows by page, and the texts by page that stand in headers and captions."""
    done = subprocess.run([command, "dump", "--stage", "segment", path], capture_output=True, check=True)
    rows, forms, heads = {}, collections.defaultdict(dict), collections.defaultdict(set)
    pages_of = collections.defaultdict(list)
    columns = collections.defaultdict(set)
    for line in done.stdout.decode().split("\n"):
        if match := ROW.match(line):
            page = int(match[4])
            rows[match[1], match[2], match[3]] = (page, Row([float(x) for x in match.groups()[4:8]]))
        elif match := CELL.match(line):
            area = [float(x) for x in match.groups()[5:9]]
            page, text = int(match[5]), norm(quoted(match[10]))
            if match[1] == "form":
                row = forms[page].setdefault((match[2], match[3]), Row(area, "form"))
                row.left, row.right = min(row.left, area[0]), max(row.right, area[2])
                row.bottom = min(row.bottom, area[3])
                row.cells.append((area[0], text))
            elif (match[1], match[2], match[3]) in rows:
                rows[match[1], match[2], match[3]][1].cells.append((area[0], text))
        elif match := COLUMN.match(line):
            columns[match[1]].update(norm(part) for part in PART.findall(match[2]))
        elif match := CAPTION.match(line):
            heads[int(match[1])].update(norm(part) for part in quoted(match[6]).split("\\t"))
        elif match := re.match(r"table (\d+) pages (\S+) ", line):
            pages_of[match[1]] = [int(page) for page in match[2].split(",")]
    for table, texts in columns.items():
        for page in pages_of[table]:
            heads[page] |= texts
    by_page = collections.defaultdict(list)
    for page, row in rows.values():
        by_page[page].append(row)
    for page, found in forms.items():
        by_page[page].extend(found.values())
    return by_page, heads


def theirs(path):
    """Rows by page as pdfplumber gives them; kept below target/, as it takes minutes."""
    digest = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()[:16]
    kept = CACHE / f"{digest}-{pdfplumber.__version__}.json"
    if not kept.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        found = {page: [(row.area(), row.cells) for row in rows] for page, rows in plumbed(path).items()}
        kept.write_text(json.dumps(found))
    by_page = collections.defaultdict(list)
    for page, rows in json.loads(kept.read_text()).items():
        for area, cells in rows:
            row = Row(area)
            row.cells = [tuple(cell) for cell in cells]
            by_page[int(page)].append(row)
    return by_page


def plumbed(path):
    by_page = collections.defaultdict(list)
    with pdfplumber.open(path) as document:
        for number, page in enumerate(document.pages, 1):
            left, top = page.bbox[0], page.bbox[1]
            for table in page.dedupe_chars().find_tables():
                for row, texts in zip(table.rows, table.extract()):
                    x0, y0, x1, y1 = row.bbox
                    # A cell that spans rows makes the row as tall as itself: a row ends where its lowest cell begins.
                    bottom = min((cell[3] for cell in row.cells if cell), default=y1)
                    found = Row((x0 - left, y0 - top, x1 - left, bottom - top))
                    found.cells = [
                        (cell[0] - left, norm(text)) for cell, text in zip(row.cells, texts) if cell and norm(text)
                    ]
                    by_page[number].append(found)
            page.close()
    return by_page


def groups(own, other):
    """Rows of both sides that overlap, put together: pairs of lists."""
    own, other = sorted(own, key=lambda r: r.top), sorted(other, key=lambda r: r.top)
    parent = list(range(len(own) + len(other)))

    def root(i):
        while parent[i] != i:
            i = parent[i]
        return i

    for i, a in enumerate(own):
        for j, b in enumerate(other):
            height = min(a.bottom, b.bottom) - max(a.top, b.top)
            least = min(a.bottom - a.top, b.bottom - b.top)
            if height >= OVERLAP * max(least, 0.1) and min(a.right, b.right) > max(a.left, b.left):
                parent[root(i)] = root(len(own) + j)
    found = collections.defaultdict(lambda: ([], []))
    for i, row in enumerate([*own, *other]):
        found[root(i)][0 if i < len(own) else 1].append(row)
    return list(found.values())


def is_doubled(text, single):
    """Whether a text is another with characters drawn again."""
    kept = [ch for i, ch in enumerate(text) if i == 0 or text[i - 1] != ch]
    return len(text) > len(single) and "".join(kept) == "".join(
        ch for i, ch in enumerate(single) if i == 0 or single[i - 1] != ch
    )


def cause(own, other, heads):
    """Why the rows of one place differ; None where they do not."""
    own, other = ([row for row in rows if row.texts()] for rows in (own, other))
    a, b = [t for row in own for t in row.texts()], [t for row in other for t in row.texts()]
    if a == b:
        return None
    if not own:
        if all(text in heads for text in b):
            return None  # a header or a caption, which is no row
        if all(NUMBER.match(text) for text in b) or any("栏次" in text for text in b):
            return None  # column numbers
        if any(text in head for text in b for head in heads if len(text) > 1):
            return "row only there: header or caption, cut differently"
        return "row only there"
    if not other:
        return "row only here"
    form = "form: " if own[0].kind == "form" else ""
    if "".join(a) == "".join(b):
        if len(own) != len(other):
            return f"{form}rows cut differently ({len(own)} here, {len(other)} there)"
        return form + ("cells merged here" if len(a) < len(b) else "cells merged there")
    if sorted("".join(a)) == sorted("".join(b)):
        return form + "order of text"
    if len(own) != len(other):
        more = "more rows here" if len(own) > len(other) else "more rows there"
        return f"{form}rows cut differently, text too ({more})"
    if is_doubled("".join(b), "".join(a)):
        return form + "doubled there"
    if is_doubled("".join(a), "".join(b)):
        return form + "doubled here"
    amounts_a, amounts_b = ([t for t in x if AMOUNT.match(t)] for x in (a, b))
    if amounts_a == amounts_b:
        only_a, only_b = "".join(t for t in a if t not in b), "".join(t for t in b if t not in a)
        if not only_a:
            return form + "text only there"
        if not only_b:
            return form + "text only here"
        if only_a in only_b or only_b in only_a:
            return form + ("label longer here" if len(only_a) > len(only_b) else "label longer there")
        return form + "label differs"
    if len(amounts_a) != len(amounts_b):
        return form + ("amount only here" if len(amounts_a) > len(amounts_b) else "amount only there")
    return form + "amount differs"


def compare(path, command):
    """Differing places of one file, and how many places there are."""
    mine, heads = ours(path, command)
    plumber = theirs(path)
    found, n = [], 0
    for page in sorted({*mine, *plumber}):
        for own, other in groups(mine.get(page, []), plumber.get(page, [])):
            n += 1
            why = cause(own, other, heads.get(page, set()))
            if why:
                both = own + other
                area = [f(getattr(r, side) for r in both) for f, side in ((min, "left"), (min, "top"), (max, "right"), (max, "bottom"))]
                found.append({
                    "document": pathlib.Path(path).stem,
                    "page": page,
                    "area": [round(x, 1) for x in area],
                    "cause": why,
                    "here": [row.texts() for row in own],
                    "there": [row.texts() for row in other],
                })
    missed = [page for page in plumber if page not in mine and page not in heads and any(r.texts() for r in plumber[page])]
    return path, found, n, missed


def picture(entry, folder, number, source):
    """Cuts the place out of its page, with some of what stands around."""
    x0, y0, x1, y1 = entry["area"]
    scale = 100 / 72
    top, bottom = max(y0 - 30, 0), y1 + 20
    subprocess.run(
        ["pdftoppm", "-r", "100", "-f", str(entry["page"]), "-l", str(entry["page"]), "-png", "-singlefile", "-cropbox",
         "-x", "0", "-y", str(int(top * scale)), "-W", "1300", "-H", str(int((bottom - top) * scale)),
         source, str(folder / f"{number:03}")],
        check=True,
    )  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=100, metavar="N", help="how many differing rows are drawn")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="which ones")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write every differing row there")
    parser.add_argument("--pictures", type=pathlib.Path, metavar="FOLDER", help="cut the sample out of the pages")
    parser.add_argument("--profile", default="release", help="folder of target/ with the program")
    parser.add_argument("paths", nargs="*", type=pathlib.Path)
    args = parser.parse_args()
    files = args.paths or sorted(WIDE.glob("*.pdf"))
    if not files:
        sys.exit(f"skipped: {WIDE} is absent, and no file is given")
    command = str(ROOT / "target" / args.profile / "mingzhang")
    every, sources = [], {}
    print(f"{'document':12} {'places':>7} {'differ':>7}  pages that are missed here")
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        n = len(files)
        for path, found, n_places, missed in pool.map(compare, map(str, files), [command] * n):
            name = pathlib.Path(path).stem
            sources[name] = path
            every.extend(found)
            print(f"{name:12} {n_places:7} {len(found):7}  {', '.join(map(str, missed))}")
    print(f"\n{len(every)} places differ")
    for why, count in collections.Counter(entry["cause"] for entry in every).most_common():
        print(f"{count:7}  {why}")
    if args.json:
        args.json.write_text(json.dumps(every, ensure_ascii=False, indent=1))
    sample = random.Random(args.seed).sample(every, min(args.sample, len(every)))
    sample.sort(key=lambda entry: (entry["cause"], entry["document"], entry["page"]))
    if args.pictures:
        args.pictures.mkdir(parents=True, exist_ok=True)
    print(f"\n{len(sample)} of them, seed {args.seed}:")
    for number, entry in enumerate(sample, 1):
        print(f"\n{number:3} {entry['document']} page {entry['page']} {entry['area']}: {entry['cause']}")
        for side in ("here", "there"):
            for row in entry[side]:
                print(f"    {side:5} {' | '.join(row)}"[:400])
        if args.pictures:
            picture(entry, args.pictures, number, sources[entry["document"]])


if __name__ == "__main__":
    main()
