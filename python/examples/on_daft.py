"""A folder or bucket of documents on Daft, to Parquet by year.

python on_daft.py 's3://archive/2024/**/*.pdf' s3://lake/disclosures
"""

import os
import sys

import daft

from mingzhang import daft as mingzhang_daft

documents = daft.from_glob_path(sys.argv[1])
rows = mingzhang_daft.write(documents, sys.argv[2], workers=2, timeout=60, partition_by_year=True)
rows.select("name", "status", "code").show()

# Threads of Daft let go of Python objects after the work is done, and abort a Python that is ending: a run in twenty.
sys.stdout.flush()
os._exit(0)
