"""Documents on Daft: one pass, one row a document.

>>> import daft                                                                       # doctest: +SKIP
>>> from mingzhang import daft as mz                                                  # doctest: +SKIP
>>> documents = daft.from_glob_path("s3://archive/2024/**/*.pdf")                     # doctest: +SKIP
>>> mz.write(documents, "s3://lake/disclosures", workers=4, partition_by_year=True)   # doctest: +SKIP

`docs/engines.md` of the project says more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import daft
import pyarrow
from daft import DataType

from mingzhang._worker import RESOURCES, Options, Worker, document_name, schema

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["RESOURCES", "SCHEMA", "extract", "resource", "write"]

#: The columns of a document: ``name, sha256, status, code, message``, then a list of structs for each resource.
SCHEMA: dict[str, DataType] = {field.name: DataType.from_arrow_type(field.type) for field in schema()}

#: Documents that a worker is handed at once.
BATCH = 16


def extract(documents: daft.DataFrame, *, workers: int = 2, **options: Unpack[Options]) -> daft.DataFrame:
    """A row for each document of a frame with ``path``, as ``from_glob_path`` gives it, or with ``path`` and ``content``.

    ``workers`` processes work at once; a document that kills one is one row. Rows that are used more than once must be kept
    first (``collect``, or as :func:`write` does): Daft would extract anew for each use.
    """

    @daft.cls(max_concurrency=workers, use_process=False)
    class Extract:
        def __init__(self) -> None:
            self.worker = Worker(**options)

        @daft.method.batch(return_dtype=DataType.struct(SCHEMA), batch_size=BATCH)
        def rows(self, path: Any, content: Any) -> Any:
            names = [document_name(path) for path in path.to_pylist()]
            batch = self.worker.extract_batch(names, content.to_pylist())
            return pyarrow.StructArray.from_arrays(batch.columns, fields=list(batch.schema))

    if "content" not in documents.column_names:
        documents = documents.with_column("content", daft.functions.download(daft.col("path")))
    rows = documents.select(Extract().rows(daft.col("path"), daft.col("content")).alias("row"))
    return rows.select(*[daft.col("row").get(name).alias(name) for name in SCHEMA])


def resource(rows: daft.DataFrame, name: str, *, of_year: bool = False) -> daft.DataFrame:
    """One of :data:`RESOURCES`, flat, of the rows that :func:`extract` gave; ``of_year`` adds its report's fiscal year."""
    if name not in RESOURCES:
        raise ValueError(f"expected one of {', '.join(RESOURCES)}")
    columns = [field.name for field in schema().field(name).type.value_type]
    # A document without records of the kind would be a row of nothing.
    rows = rows.where(daft.col(name).length() > daft.lit(0))
    year = [daft.col("reports").get(0).get("fiscal_year").alias("of_year")] if of_year else []
    records = rows.select(*year, daft.col(name).alias("record")).explode("record")
    return records.select(
        *[daft.col("of_year") for _ in year],
        *[daft.col("record").get(column).alias(column) for column in columns],
    )


def write(
    documents: daft.DataFrame,
    folder: str,
    *,
    workers: int = 2,
    partition_by_year: bool = False,
    **options: Unpack[Options],
) -> daft.DataFrame:
    """Extracts once, and writes a folder of Parquet for each resource, and ``documents`` with what became of each.

    With ``partition_by_year`` each resource is parted by the fiscal year of its report, in a column ``of_year``. Gives the
    rows as they were kept, in memory.
    """
    rows = extract(documents, workers=workers, **options).collect()
    told = rows.select("name", "sha256", "status", "code", "message")
    told.write_parquet(f"{folder}/documents", write_mode="overwrite")
    by_year: list[daft.Expression | str] | None = ["of_year"] if partition_by_year else None
    for name in RESOURCES:
        flat = resource(rows, name, of_year=partition_by_year)
        flat.write_parquet(f"{folder}/{name}", write_mode="overwrite", partition_cols=by_year)
    return rows
