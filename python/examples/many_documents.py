"""A folder of documents in worker processes: the total expenditure of each, and what gave no report.

python many_documents.py reports/
"""

import sys

import mingzhang


def show(n_done: int, n_documents: int) -> None:
    """How far it is, on standard error."""
    print(f"{n_done} of {n_documents}", end="\r", file=sys.stderr)


for outcome in mingzhang.extract_many(sys.argv[1], timeout=60, memory=2048, progress=show):
    if outcome.error:
        print(f"{outcome.path}: {outcome.error.code}")
        continue
    report = outcome.report()
    for fact in report.facts:
        if fact["subject"] == "total" and fact["flow"] == "expenditure" and fact["nature"] == fact["fund"] == "all":
            print(f"{report.department}\t{fact['year']}\t{fact['stage']}\t{fact['amount_yuan']}\t{fact['trust']}")
