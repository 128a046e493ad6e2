"""Documents on Apache Spark: one pass, one row a document.

>>> from mingzhang import spark as mz                                                  # doctest: +SKIP
>>> documents = session.read.format("binaryFile").load("s3a://archive/2024/")          # doctest: +SKIP
>>> mz.write(documents, "s3a://lake/disclosures", partition_by_year=True)              # doctest: +SKIP

`docs/engines.md` of the project says more: shipping the wheel, object stores, retries, how many tasks.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from mingzhang._worker import RESOURCES, Options, Worker, document_name, schema

if TYPE_CHECKING:
    import pyarrow
    from typing_extensions import Unpack

__all__ = ["RESOURCES", "SCHEMA", "extract", "resource", "write"]

#: The columns of a document: ``name, sha256, status, code, message``, then an array of structs for each resource.
SCHEMA: StructType = from_arrow_schema(schema())

#: Resources that are written at once.
JOBS = 4

#: Documents that a worker is handed at once, so that little of them is in memory.
BATCH = 16


def extract(documents: DataFrame, **options: Unpack[Options]) -> DataFrame:
    """A row for each document of a frame with ``path`` and ``content``, as ``binaryFile`` reads it.

    Each task has a worker process of its own; a document that kills it is one row. Rows that are used more than once must
    be kept first (:func:`write` does): Spark would extract anew for each use.
    """

    def work(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        with Worker(**options) as worker:
            for batch in batches:
                for start in range(0, batch.num_rows, BATCH):
                    some = batch.slice(start, BATCH)
                    names = [document_name(path) for path in some.column("path").to_pylist()]
                    yield worker.extract_batch(names, some.column("content").to_pylist())

    return documents.select("path", "content").mapInArrow(work, SCHEMA)


def resource(rows: DataFrame, name: str) -> DataFrame:
    """One of :data:`RESOURCES`, flat, of the rows that :func:`extract` gave."""
    if name not in RESOURCES:
        raise ValueError(f"expected one of {', '.join(RESOURCES)}")
    return rows.selectExpr(f"inline({name})")


def write(
    documents: DataFrame, folder: str, *, partition_by_year: bool = False, **options: Unpack[Options]
) -> DataFrame:
    """Extracts once, and writes a folder of Parquet for each resource, and ``documents`` with what became of each.

    With ``partition_by_year`` each resource is parted by the fiscal year of its report, in a column ``of_year``. Gives the
    rows as they were kept, in ``folder/rows``.
    """
    extract(documents, **options).write.mode("overwrite").parquet(f"{folder}/rows")
    rows = documents.sparkSession.read.schema(SCHEMA).parquet(f"{folder}/rows")
    rows.select("name", "sha256", "status", "code", "message").write.mode("overwrite").parquet(f"{folder}/documents")

    def write_resource(name: str) -> None:
        if partition_by_year:
            flat = rows.selectExpr("get(reports, 0).fiscal_year AS of_year", f"inline({name})")
            flat.write.mode("overwrite").partitionBy("of_year").parquet(f"{folder}/{name}")
        else:
            resource(rows, name).write.mode("overwrite").parquet(f"{folder}/{name}")

    # One job plans while another one writes.
    with ThreadPoolExecutor(max_workers=JOBS) as jobs:
        list(jobs.map(write_resource, RESOURCES))
    return rows
