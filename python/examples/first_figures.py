"""One document: its tables, its contradictions, its facts.

python first_figures.py budget.pdf
"""

import sys

import mingzhang

report = mingzhang.extract(sys.argv[1])
print(report.title, report.fiscal_year, report.kind)
for table in report.tables:
    print(f"{table.id} {table.title} ({table.unit}, pages {table.pages}): {len(table.rows)} rows")
for check in report.contradictions:
    print(f"{check.where}: printed {check.left:,}, the sum is {check.right:,} yuan")

print(report.tables[0].to_pandas().head())
facts = mingzhang.read(sys.argv[1])["facts"].to_pandas()
print(facts[["year", "stage", "flow", "subject", "amount", "trust"]].head())
