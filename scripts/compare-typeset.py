#!/usr/bin/env python3
"""Typesets the tables of reports anew, each in a style that a seed draws, and holds what comes of it against these tables.

python3 scripts/compare-typeset.py MINGZHANG FOLDER REPORT.json... [--seeds 1,2,3] [--by pdf,layout,...] [--list]

REPORT.json is a report of the published shape: a truth file, or what `mingzhang extract` made of a PDF. Drawn are the size
of paper and text, rulings (all, between rows, none), the room in cells, where texts stand in them, indents, widths of
columns, and whether the header is printed on each page. Chromium prints; what is wider than its page is left out. Read are
the PDF and texts of it by the extractors of compare-dumps.py. What is made is kept in FOLDER.

An amount that is vouched for must be one of the report's, in the same row and under the same header path; a check that fails
must fail in the report too. Prints how many amounts are given, how many vouched for, and what the report does not bear out.
Needs Chromium, a font with Chinese characters, pypdf, and the extractors that are named.
"""

import argparse
import collections
import concurrent.futures
import html
import importlib.util
import json
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
# Wider tables do not fit on paper.
MAX_COLUMNS = 14
BROWSER = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

spec = importlib.util.spec_from_file_location("compare_dumps", HERE / "compare-dumps.py")
dumps = importlib.util.module_from_spec(spec)
spec.loader.exec_module(dumps)


def style(draw):
    """CSS of a document, and whether its names are indented and its columns as wide as they are drawn."""
    size, room, margin = draw.choice([7, 8, 9, 9, 10, 11]), draw.choice([1, 2, 4, 6]), draw.choice([10, 15, 20])
    pitch = draw.choice([1.0, 1.2, 1.5, 2.0])
    # Rows that nothing parts stand apart, or no reader could tell them from wrapped names.
    rulings = draw.choice(["all", "all", "rows", "none"])
    above = room if rulings == "none" else room / 2
    line = "0.5pt solid black"
    border = {"all": f"border: {line}", "rows": f"border-top: {line}; border-bottom: {line}", "none": ""}[rulings]
    header = draw.choice(["table-header-group", "table-row-group"])
    of_header = f"text-align: {draw.choice(['center', 'center', 'left'])}; vertical-align: {draw.choice(['middle', 'bottom', 'top'])}"
    css = f"""
@page {{ size: A4 {draw.choice(['landscape', 'portrait'])}; margin: {margin}mm }}
body {{ font-family: 'Noto Sans CJK SC', sans-serif; font-size: {size}pt; margin: 0 }}
table {{ border-collapse: collapse; width: {draw.choice(['100%', '100%', 'auto'])} }}
thead {{ display: {header} }} tr {{ break-inside: avoid }} .table {{ break-after: page }}
td, th {{ padding: {above}pt {room}pt; line-height: {pitch}; overflow-wrap: anywhere; font-weight: normal; {border} }}
td {{ vertical-align: {draw.choice(['middle', 'middle', 'top', 'bottom'])} }} th {{ {of_header} }}
td.amount {{ text-align: {draw.choice(['right', 'right', 'right', 'center', 'left'])}; white-space: nowrap }}
td.label {{ text-align: {draw.choice(['left', 'left', 'left', 'center'])} }}
td.code {{ text-align: {draw.choice(['left', 'center', 'right'])} }}
.title {{ text-align: center; font-size: {size + 4}pt }} .line {{ display: flex; justify-content: space-between }}
"""
    return css, draw.random() < 0.4, draw.random() < 0.4


def header(columns):
    """The rows of a header whose cells span as the paths of the columns say."""
    paths = [column["path"] or [""] for column in columns]
    depth = max(map(len, paths))
    rows = [[] for _ in range(depth)]

    def cells(start, end, level):
        while start < end:
            path, stop = paths[start], start + 1
            is_leaf = level == len(path) - 1
            while not is_leaf and stop < end and paths[stop][: level + 1] == path[: level + 1] and len(paths[stop]) > level + 1:
                stop += 1
            n_rows = depth - level if is_leaf else 1
            rows[level].append(f"<th colspan={stop - start} rowspan={n_rows}>{html.escape(path[level])}</th>")
            if not is_leaf:
                cells(start, stop, level + 1)
            start = stop

    cells(0, len(paths), 0)
    return "".join(f"<tr>{''.join(row)}</tr>" for row in rows)


def page(table, draw, is_indented, is_fixed):
    title = "".join(f"<div class={kind}>{html.escape(table[key])}</div>" for key, kind in [("number", "no"), ("title", "title")] if table.get(key))
    department = f"部门：{html.escape(table['department'])}" if table.get("department") else ""
    unit = f"单位：{table['unit']}" if table.get("unit") else ""
    columns = table["columns"]
    widths = [draw.uniform(2, 4) if column["role"] == "label" else draw.uniform(1, 1.8) for column in columns]
    group = "".join(f"<col style='width: {100 * width / sum(widths):.1f}%'>" for width in widths) if is_fixed else ""
    body = []
    for row in table["rows"]:
        cells = []
        for column, text in zip(columns, row["cells"]):
            kind = column["role"] if column["role"] in ("amount", "code") else "label"
            indent = f" style='padding-left: {row['level'] + 1}em'" if is_indented and kind == "label" and row.get("level") else ""
            cells.append(f"<td class={kind}{indent}>{html.escape(str(text or ''))}</td>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    notes = "".join(f"<div>{html.escape(note)}</div>" for note in table.get("notes") or [])
    layout = " style='table-layout: fixed'" if is_fixed else ""
    return (
        f"<div class=table>{title}<div class=line><span>{department}</span><span>{unit}</span></div>"
        f"<table{layout}>{group}<thead>{header(columns)}</thead><tbody>{''.join(body)}</tbody></table>{notes}</div>"
    )


def typeset(report, seed, pdf):
    draw = random.Random(f"{seed} {pdf.stem}")
    css, is_indented, is_fixed = style(draw)
    pages = "".join(page(table, draw, is_indented, is_fixed) for table in report["tables"])
    source = f"<!doctype html><html lang=zh-CN><meta charset=utf-8><style>{css}</style><body>{pages}</body></html>"
    with tempfile.TemporaryDirectory() as scratch:
        file = pathlib.Path(scratch) / "page.html"
        file.write_text(source)
        command = [*BROWSER, f"--user-data-dir={scratch}/profile", "--no-pdf-header-footer", f"--print-to-pdf={pdf}", str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def fits(report):
    """The report with the tables that fit on paper, and nothing else."""
    tables = [table for table in report["tables"] if table["rows"] and 0 < len(table["columns"]) <= MAX_COLUMNS]
    return {**report, "tables": tables, "forms": [], "sections": [], "diagnostics": []}


def compared(binary, report, file, by):
    wanted_amounts, *_, wanted_failures = dumps.of_report(report)
    found, _, _, failures = dumps.published(binary, file)
    wanted = collections.Counter(key for key, _ in wanted_amounts)
    count = collections.Counter(wanted=wanted.total())
    count["given"] = (wanted & collections.Counter(key for key, _ in found)).total()
    vouched = collections.Counter(key for key, trust in found if trust in dumps.VOUCHED)
    count["vouched"] = vouched.total()
    told = []
    for key, n in vouched.items():
        if key not in wanted:
            count["wrong"] += n
            told.append(f"  {by}\t{file.name}\t{'  '.join(key)}")
    for check, n in (failures - wanted_failures).items():
        count["accused"] += n
        told.append(f"  {by}\t{file.name}\tfails here alone: {' '.join(check)}")
    return count, told


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("reports", nargs="+", type=pathlib.Path)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--by", default="pdf,layout")
    parser.add_argument("--list", action="store_true", help="print each vouched-for amount and failed check not borne out")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    documents = []
    for file in args.reports:
        report = fits(json.loads(file.read_text()))
        if report["tables"]:
            name = file.name.removesuffix(".json").removesuffix(".truth")
            documents += [(report, seed, args.folder.resolve() / f"{name}-{seed}.pdf") for seed in args.seeds.split(",")]
    pool = concurrent.futures.ThreadPoolExecutor(2)
    list(pool.map(lambda document: document[2].exists() or typeset(*document), documents))
    failed = False
    for by in args.by.split(","):
        def of(document):
            report, _, pdf = document
            text = pdf.with_suffix(f".{by}.txt")
            if by != "pdf" and not text.exists():
                text.write_text(dumps.EXTRACTORS[by](pdf), errors="replace")
            return compared(args.binary, report, pdf if by == "pdf" else text, by)

        count = collections.Counter()
        for of_document, told in pool.map(of, documents):
            count += of_document
            if args.list and told:
                print(*told, sep="\n")
        print(
            f"{by:15} of {count['wanted']} amounts {dumps.share(count['given'], count['wanted'])} given; vouched for "
            f"{count['vouched']}, {count['wrong']} of them not borne out; checks that fail here alone {count['accused']}",
            flush=True,
        )
        failed |= bool(count["wrong"] or count["accused"])
    return failed


if __name__ == "__main__":
    sys.exit(main())
