#!/usr/bin/env python3
"""The questions of src/emit/questions over corpus/: what the READMEs print of them is what DuckDB and SQLite answer.

usage: questions.py OUT [--bless]

OUT is what `mingzhang extract corpus/*.pdf corpus/*.txt --out OUT --format parquet,sqlite` wrote. A README has, after each marker
`<!-- question: NAME -->`, the query as the program ships it, and its answer as a table of Markdown. With --bless both are
written anew.
"""

import sqlite3
import sys
from decimal import Decimal
from pathlib import Path

import duckdb

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
# Tables longer than this are cut in print; the comparison of both engines is of all rows.
SHOWN = 10


def show(value):
    """A value as the README prints it: money and shares with thousands separators, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, (Decimal, float)):
        return f"{value:,}" if isinstance(value, Decimal) else f"{value:,.1f}"
    return str(value)


def plain(value):
    """A value as both engines have it: SQLite has doubles for money."""
    return float(value) if isinstance(value, (Decimal, float)) else value


def block(sql, columns, rows):
    """What stands after the marker."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(show(value) for value in row) + " |" for row in rows[:SHOWN]]
    more = [f"\n… {len(rows) - SHOWN} more."] if len(rows) > SHOWN else []
    return "\n".join(["```sql", sql.strip(), "```", "", *lines, *more]) + "\n"


def main():
    out, bless = Path(sys.argv[1]), "--bless" in sys.argv
    duck = duckdb.connect()
    duck.sql(f"CREATE VIEW facts AS FROM '{out}/parquet/facts.parquet'")
    lite = sqlite3.connect(f"file:{out}/sqlite/disclosures.sqlite?mode=ro", uri=True)
    failures = []
    texts = {name: (ROOT / name).read_text("utf-8") for name in READMES}
    questions = sorted((ROOT / "src/emit/questions").glob("*.sql"))
    for file in questions:
        sql = file.read_text("utf-8")
        result = duck.sql(sql.rstrip().rstrip(";"))
        columns, rows = result.columns, result.fetchall()
        in_lite = lite.execute(f"SELECT * FROM {file.stem}").fetchall()
        order = lambda rows: sorted((tuple(map(plain, row)) for row in rows), key=repr)
        if order(rows) != order(in_lite):
            failures.append(f"{file.stem}: DuckDB and SQLite answer differently")
        if not rows:
            failures.append(f"{file.stem}: no answer")
        marker = f"<!-- question: {file.stem} -->\n"
        for name, text in texts.items():
            if marker not in text:
                failures.append(f"{name} does not print {file.stem}")
                continue
            before, after = text.split(marker)
            end = after.index("<!-- end -->")
            expected = block(sql, columns, rows)
            if bless:
                texts[name] = before + marker + expected + after[end:]
            elif after[:end] != expected:
                failures.append(f"{name}: another answer of {file.stem}:\n{expected}")
    if bless:
        for name, text in texts.items():
            (ROOT / name).write_text(text, "utf-8")
    for failure in failures:
        print("FAILS:", failure)
    print(f"{len(questions)} questions, answered alike by DuckDB, SQLite and the READMEs: {not failures}")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
