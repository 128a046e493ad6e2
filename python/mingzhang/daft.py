"""Documents on Daft: one pass, one row a document.

>>> import daft                                                                       # doctest: +SKIP
>>> from mingzhang import daft as mz                                                  # doctest: +SKIP
>>> rows = mz.extract(daft.from_glob_path("s3://archive/2024/**/*.pdf"), workers=4)   # doctest: +SKIP
>>> rows = rows.collect()                                                             # doctest: +SKIP
>>> mz.resource(rows, "facts").write_parquet("facts")                                 # doctest: +SKIP
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from mingzhang._worker import RESOURCES, Worker, schema

if TYPE_CHECKING:
    import daft

__all__ = ["RESOURCES", "SCHEMA", "extract", "resource"]

#: Documents that are handed to a worker at once.
BATCH = 16


@cache
def _type() -> Any:
    import daft

    return daft.DataType.struct({field.name: daft.DataType.from_arrow_type(field.type) for field in schema()})


def __getattr__(name: str) -> Any:
    # Daft's types are there only where Daft is.
    if name == "SCHEMA":
        return _type()
    raise AttributeError(name)


def extract(
    documents: daft.DataFrame,
    *,
    workers: int = 2,
    timeout: int = 120,
    memory: int = 4096,
    redact_contacts: bool = False,
) -> daft.DataFrame:
    """A row for each document of a frame with ``path``, as ``from_glob_path`` gives it, or with ``path`` and ``content``.

    ``workers`` processes work at once; what kills one is one row. Collect or write the rows before they are split.
    """
    import daft
    import pyarrow

    @daft.cls(max_concurrency=workers, use_process=False)
    class Extract:
        def __init__(self) -> None:
            self.worker = Worker(timeout, memory, redact_contacts=redact_contacts)

        @daft.method.batch(return_dtype=_type(), batch_size=BATCH)
        def rows(self, path: daft.Series, content: daft.Series) -> Any:
            names = [name.rsplit("/", 1)[-1] for name in path.to_pylist()]
            batch = self.worker.extract_batch(names, content.to_pylist())
            return pyarrow.StructArray.from_arrays(batch.columns, fields=list(batch.schema))

    if "content" not in documents.column_names:
        documents = documents.with_column("content", daft.functions.download(daft.col("path")))
    rows = documents.select(Extract().rows(daft.col("path"), daft.col("content")).alias("row"))
    return rows.select(*[daft.col("row").get(field.name).alias(field.name) for field in schema()])


def resource(rows: daft.DataFrame, name: str) -> daft.DataFrame:
    """One of :data:`RESOURCES`, flat, of the rows that :func:`extract` gave."""
    import daft

    if name not in RESOURCES:
        raise ValueError(f"expected one of {', '.join(RESOURCES)}")
    fields = list(schema().field(name).type.value_type)
    # A document without records of the kind would be a row of nothing.
    exploded = rows.where(daft.col(name).list.length() > 0).select(daft.col(name)).explode(name)
    return exploded.select(*[daft.col(name).get(field.name).alias(field.name) for field in fields])
