#!/usr/bin/env python3
"""Finds in the export what was decided in the browser; usage: prove-review.py WORK, where prove-review.mjs left decided.json."""

import json
import sys
from decimal import Decimal
from pathlib import Path

import duckdb


def main():
    work = Path(sys.argv[1])
    decided = json.loads((work / "decided.json").read_text("utf-8"))
    db = duckdb.connect()
    folder = work / "export" / "parquet"

    def rows(query):
        return db.sql(query).fetchall()

    accepted = rows(f"SELECT report_id, rule, reviewer FROM '{folder}/checks.parquet' WHERE review = 'accepted' AND NOT holds")
    assert any(report == decided["accepted"] for report, _, _ in accepted), accepted
    assert all(reviewer == decided["reviewer"] for _, _, reviewer in accepted), accepted
    corrected = rows(
        f"SELECT report_id, table_id, row_index, column_index, printed, amount, reviewed_amount, reviewer, unit FROM '{folder}/amounts.parquet' WHERE review = 'corrected'"
    )
    assert len(corrected) == 1, corrected
    report, table, row, column, printed, amount, reviewed, reviewer, unit = corrected[0]
    factor = {"元": 1, "万元": 10_000}[unit]
    assert report == decided["corrected"] and reviewer == decided["reviewer"], corrected
    assert reviewed == Decimal(decided["value"]) * factor and reviewed != amount, corrected
    assert Decimal(printed.replace(",", "")) * factor == amount, "what is printed stays"
    mended = rows(f"SELECT count(*) FROM '{folder}/checks.parquet' WHERE review = 'corrected'")[0][0]
    fact = rows(f"SELECT amount, trust FROM '{folder}/facts.parquet' WHERE report_id = '{report}' AND trust = 'reviewed'")
    has_fact = rows(
        f"SELECT fact_id FROM '{folder}/amounts.parquet' WHERE review = 'corrected' AND fact_id IS NOT NULL"
    )
    if has_fact:
        assert [value for value, _ in fact] == [reviewed], fact
    decisions = rows(f"SELECT decision, stale FROM '{folder}/decisions.parquet'")
    assert decisions and not any(stale for _, stale in decisions), decisions
    package = json.loads((work / "export" / "csv" / "datapackage.json").read_text("utf-8"))
    assert "decisions" in [resource["name"] for resource in package["resources"]]
    try:
        import frictionless
    except ImportError:
        print("skipped: frictionless is absent")
    else:
        done = frictionless.validate(str(work / "export" / "csv" / "datapackage.json"))
        assert done.valid, done.flatten(["rowNumber", "fieldName", "type", "message"])[:5]
    print(f"in the Parquet: {len(accepted)} accepted checks, 1 corrected amount, {mended} mended checks, {len(fact)} reviewed facts, {len(decisions)} decisions")


if __name__ == "__main__":
    main()
