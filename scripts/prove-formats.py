#!/usr/bin/env python3
"""Proves the published formats with the tools that people load them with.

usage: prove-formats.py OUT SCHEMA

OUT is what `mingzhang extract PATH… --out OUT --format json,jsonl,csv,parquet,sqlite,xlsx` wrote, SCHEMA what `mingzhang
schema` printed. Needs jsonschema, frictionless, duckdb, pyarrow, polars, pandas and openpyxl. The sums of the reports' JSON are taken with Decimal, from
the cells and the unit of each table, and everything else has to agree with them to the fen.
"""

import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import duckdb
import jsonschema
import openpyxl
import pandas
import polars
import pyarrow as pa
import pyarrow.parquet as pq

IN_YUAN = {"元": 1, "人民币元": 1, "千元": 1000, "万元": 10**4, "人民币万元": 10**4, "万": 10**4, "亿元": 10**8}
RESOURCES = ("reports", "statements", "facts", "amounts", "forms", "form_funds", "form_indicators", "sections", "checks", "diagnostics")
# Columns of which a check on types would be missed most.
TYPES = {
    ("amounts", "amount"): (pa.decimal128(20, 2), "DECIMAL(20,2)"),
    ("amounts", "row_index"): (pa.int64(), "BIGINT"),
    ("amounts", "x0"): (pa.float64(), "DOUBLE"),
    ("amounts", "label"): (pa.string(), "VARCHAR"),
    ("form_funds", "amount_yuan"): (pa.decimal128(20, 2), "DECIMAL(20,2)"),
    ("checks", "left"): (pa.decimal128(38, 6), "DECIMAL(38,6)"),
    ("checks", "holds"): (pa.bool_(), "BOOLEAN"),
    ("checks", "tables"): (None, "VARCHAR[]"),
    ("statements", "pages"): (None, "BIGINT[]"),
}
failures = []


def expect(holds, what):
    """Notes a failure, so that one run shows all of them."""
    if not holds:
        failures.append(what)
        print("FAILS:", what)


def sums_of_reports(files):
    """Yuan by report, table and column: what the cells of the JSON say."""
    sums, n_amounts = defaultdict(Decimal), 0
    for file in files:
        report = json.loads(file.read_text("utf-8"))
        for table in report["tables"]:
            unit = IN_YUAN.get(table["unit"])
            for row in table["rows"]:
                for column, (cell, trust) in enumerate(zip(row["cells"], row["trust"])):
                    if trust is not None and unit is not None:
                        key = (report["source"]["sha256"], table["id"], column)
                        sums[key] += Decimal(cell) * unit
                        n_amounts += 1
    return sums, n_amounts


def agree(name, rows, percents, expected):
    """Sums by report, table and column of one format against those of the JSON."""
    found = {(report, table, column): Decimal(str(amount)) for report, table, column, amount in rows if amount is not None}
    compared = {key: value for key, value in expected.items() if key not in percents}
    wrong = [key for key in compared if found.get(key) != compared[key]]
    expect(not wrong, f"{name}: {len(wrong)} of {len(compared)} sums differ, first {wrong[:1]}")
    expect(not found.keys() - compared.keys(), f"{name}: sums that the JSON has not: {list(found.keys() - compared.keys())[:1]}")
    return len(compared)


def workbook_sums(book):
    """Sums of the sheet of amounts, cell by cell."""
    rows = book["amounts"].iter_rows(values_only=True)
    at = {name: i for i, name in enumerate(next(rows))}
    sums = defaultdict(Decimal)
    for row in rows:
        if row[at["amount"]] is not None:
            # What a double holds exactly prints as it was written.
            sums[row[at["report_id"]], row[at["table_id"]], row[at["column_index"]]] += Decimal(str(row[at["amount"]]))
    return [(*key, amount) for key, amount in sums.items()]


def linked(book):
    """Each link of the facts leads to a row of the same report whose amount is the same."""
    facts, amounts = book["facts"], book["amounts"]
    of_facts, of_amounts = ({cell.value: i for i, cell in enumerate(sheet[1])} for sheet in (facts, amounts))
    n_links = n_same = 0
    for row in facts.iter_rows(min_row=2, max_row=2000):
        link = re.match(r"""=HYPERLINK\("#'amounts'!A(\d+)",""", str(row[of_facts["place"]].value))
        if link:
            n_links += 1
            there = amounts[int(link[1])]
            n_same += all(row[of_facts[name]].value == there[of_amounts[name]].value for name in ("report_id",))
            n_same += row[of_facts["fact_id"]].value in str(there[of_amounts["fact_id"]].value)
    expect(n_links and n_same == 2 * n_links, f"xlsx: {n_same} of {2 * n_links} links of facts lead to their amount")


def main():
    out, schema_file = Path(sys.argv[1]), Path(sys.argv[2])
    schema = json.loads(schema_file.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    files = sorted(f for f in out.rglob("*.json") if f.name != "datapackage.json" and ".mingzhang" not in f.parts)
    files = [f for f in files if b'"schema_version"' in f.read_bytes()[:200]]
    expect(files, "no report was written")
    for file in files:
        for error in validator.iter_errors(json.loads(file.read_text("utf-8"))):
            expect(False, f"{file}: {error.json_path}: {error.message[:200]}")
    expected, n_amounts = sums_of_reports(files)

    csv, parquet, lines = out / "csv", out / "parquet", out / "jsonl" / "records.jsonl"
    db = duckdb.connect()
    group = "SELECT report_id, table_id, column_index, sum(amount) FROM {} WHERE measure IS DISTINCT FROM 'change_percent' GROUP BY ALL"
    amounts_csv = f"read_csv('{csv}/amounts.csv', types={{'amount': 'DECIMAL(20,2)', 'functional_code': 'VARCHAR', 'economic_code': 'VARCHAR', 'department_code': 'VARCHAR'}})"
    amounts_lines = f"(SELECT * REPLACE (CAST(amount AS DECIMAL(20,2)) AS amount) FROM read_json('{lines}', union_by_name=true, sample_size=-1) WHERE record = 'amounts')"
    percents = {
        tuple(row)
        for row in db.sql(
            f"SELECT DISTINCT report_id, table_id, column_index FROM '{parquet}/amounts.parquet' WHERE measure = 'change_percent'"
        ).fetchall()
    }
    n_sums = 0
    for name, source in (("duckdb csv", amounts_csv), ("duckdb jsonl", amounts_lines), ("duckdb parquet", f"'{parquet}/amounts.parquet'")):
        n_sums = agree(name, db.sql(group.format(source)).fetchall(), percents, expected)

    table = pq.read_table(parquet / "amounts.parquet")
    grouped = table.group_by(["report_id", "table_id", "column_index"]).aggregate([("amount", "sum")]).to_pylist()
    agree("pyarrow parquet", [(r["report_id"], r["table_id"], r["column_index"], r["amount_sum"]) for r in grouped], percents, expected)

    frame = polars.scan_parquet(parquet / "amounts.parquet")
    keys = ["report_id", "table_id", "column_index"]
    agree("polars parquet", frame.drop_nulls("amount").group_by(keys).agg(polars.col("amount").sum()).collect().rows(), percents, expected)
    frame = pandas.read_parquet(parquet / "amounts.parquet").dropna(subset=["amount"])
    summed = frame.groupby(keys)["amount"].sum()
    agree("pandas parquet", [(*key, amount) for key, amount in summed.items()], percents, expected)

    base = sqlite3.connect(f"file:{out}/sqlite/disclosures.sqlite?mode=ro", uri=True)
    of_fen = "SELECT report_id, table_id, column_index, sum(amount_fen) FROM amounts WHERE amount_fen IS NOT NULL GROUP BY 1, 2, 3"
    agree("sqlite3", [(*row[:3], Decimal(row[3]) / 100) for row in base.execute(of_fen)], percents, expected)
    expect(not base.execute("PRAGMA foreign_key_check").fetchall(), "sqlite: keys that lead nowhere")
    expect(base.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "sqlite: a damaged data base")
    views = [row[0] for row in base.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
    for view in views:
        base.execute(f"SELECT * FROM {view}").fetchall()
    expect(len(views) == 5, f"sqlite: views {views}")

    book = openpyxl.load_workbook(out / "xlsx" / "disclosures.xlsx", read_only=True, data_only=True)
    n_facts = db.sql(f"SELECT count(*) FROM '{parquet}/facts.parquet'").fetchall()[0][0]
    in_cells = workbook_sums(book)
    agree("openpyxl", in_cells, percents, expected)
    expect(sum(1 for _ in book["facts"].iter_rows()) == n_facts + 1, "xlsx: facts are missing")
    expect(book.sheetnames[:5] == ["about", "reports", "facts", "amounts", "findings"], f"xlsx: sheets {book.sheetnames}")
    linked(openpyxl.load_workbook(out / "xlsx" / "disclosures.xlsx"))

    for resource in RESOURCES:
        file = parquet / f"{resource}.parquet"
        metadata = pq.read_metadata(file)
        keys = {key.decode(): value.decode() for key, value in metadata.metadata.items()}
        expect("mingzhang.version" in keys and "mingzhang.schema_version" in keys, f"{file}: no versions in {keys}")
        for i in range(metadata.num_row_groups):
            expect(metadata.row_group(i).total_byte_size <= 128 << 20, f"{file}: row group {i} is larger than 128 MiB")
        n_csv = db.sql(f"SELECT count(*) FROM read_csv('{csv}/{resource}.csv', header=true, all_varchar=true, delim=',', quote='\"', escape='\"')").fetchall()[0][0]
        n_lines = db.sql(f"SELECT count(*) FROM read_json('{lines}', columns={{record: 'VARCHAR'}}) WHERE record = '{resource}'").fetchall()[0][0]
        expect(metadata.num_rows == n_csv == n_lines, f"{resource}: {metadata.num_rows} rows in Parquet, {n_csv} in CSV, {n_lines} in JSON Lines")
    for (resource, column), (arrow, duck) in TYPES.items():
        file = parquet / f"{resource}.parquet"
        field = pq.read_schema(file).field(column).type
        expect(pa.types.is_list(field) if arrow is None else field == arrow, f"{file}: pyarrow reads {column} as {field}")
        told = {row[0]: row[1] for row in db.sql(f"DESCRIBE SELECT * FROM '{file}'").fetchall()}
        expect(told[column] == duck, f"{file}: duckdb reads {column} as {told[column]}")

    expect(validate(csv), "frictionless does not accept the data package")
    with tempfile.TemporaryDirectory() as folder:
        # A package is only as good as what it refuses: one figure changed by hand.
        copy = Path(folder) / "csv"
        shutil.copytree(csv, copy)
        text = (copy / "amounts.csv").read_bytes()
        spoiled = re.sub(rb"(\d)(\.\d\d,)", lambda m: str((int(m[1]) + 1) % 10).encode() + m[2], text, count=1)
        expect(spoiled != text, "no amount to spoil")
        (copy / "amounts.csv").write_bytes(spoiled)
        expect(not validate(copy, quiet=True), "frictionless accepts a package with a spoiled amount")
    package = json.loads((csv / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        data = (csv / resource["path"]).read_bytes()
        expect(resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest(), f"{resource['path']}: another hash")
        expect(not data.startswith(b"\xef\xbb\xbf"), f"{resource['path']}: begins with a BOM")

    print(f"{len(files)} reports, {n_amounts} amounts, {n_sums} sums by report, table and column equal in JSON, CSV, JSON Lines, Parquet, SQLite and Excel")
    if failures:
        sys.exit(f"{len(failures)} of the proofs fail")


def validate(folder, quiet=False):
    """Whether the command that a publisher runs accepts the package."""
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode and not quiet:
        print(done.stdout[-3000:], done.stderr[-1000:])
    return done.returncode == 0


if __name__ == "__main__":
    main()
