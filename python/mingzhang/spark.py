"""Documents on Apache Spark: one pass, one row a document.

>>> from mingzhang import spark as mz                                           # doctest: +SKIP
>>> documents = session.read.format("binaryFile").load("s3a://archive/2024/")   # doctest: +SKIP
>>> rows = mz.extract(documents).cache()                                        # doctest: +SKIP
>>> mz.resource(rows, "facts").write.parquet("facts")                           # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mingzhang._worker import RESOURCES, Worker, schema

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["RESOURCES", "SCHEMA", "extract", "resource"]


def __getattr__(name: str) -> Any:
    # Spark's types are there only where Spark is.
    if name == "SCHEMA":
        from pyspark.sql.pandas.types import from_arrow_schema

        return from_arrow_schema(schema())
    raise AttributeError(name)


def extract(
    documents: DataFrame, *, timeout: int = 120, memory: int = 4096, redact_contacts: bool = False
) -> DataFrame:
    """A row for each document of a frame with ``path`` and ``content``, as ``binaryFile`` reads it.

    Each task has a worker process of its own; what kills it is one row. Write the rows, or cache them, before they are split
    into resources: each resource that is taken from rows that were not kept extracts anew.
    """

    def work(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        with Worker(timeout, memory, redact_contacts=redact_contacts) as worker:
            for batch in batches:
                names = [path.rsplit("/", 1)[-1] for path in batch.column("path").to_pylist()]
                blobs = batch.column("content")
                for start in range(0, len(names), 16):
                    some = blobs.slice(start, 16).to_pylist()
                    yield worker.extract_batch(names[start : start + 16], some)

    from mingzhang import spark

    return documents.select("path", "content").mapInArrow(work, spark.SCHEMA)


def resource(rows: DataFrame, name: str) -> DataFrame:
    """One of :data:`RESOURCES`, flat, of the rows that :func:`extract` gave."""
    if name not in RESOURCES:
        raise ValueError(f"expected one of {', '.join(RESOURCES)}")
    return rows.selectExpr(f"inline({name})")
