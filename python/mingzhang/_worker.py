"""Worker processes that make rows of documents."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from mingzhang import _native

if TYPE_CHECKING:
    import pyarrow

#: The flat records, a column of lists for each, in the order of publication.
RESOURCES = (
    "reports",
    "statements",
    "facts",
    "amounts",
    "forms",
    "form_funds",
    "form_indicators",
    "sections",
    "checks",
    "diagnostics",
)


def schema() -> pyarrow.Schema:
    """The columns of :meth:`Worker.extract_batch`: ``name, sha256, status, code, message``, then a list a resource."""
    import pyarrow

    return pyarrow.RecordBatchReader.from_stream(_native.rows()).schema


def split(table: pyarrow.Table) -> dict[str, pyarrow.Table]:
    """The resources of such rows, each as a flat table."""
    import pyarrow

    tables = {}
    for name in RESOURCES:
        element = table.schema.field(name).type.value_field.type
        parts = [pyarrow.RecordBatch.from_struct_array(chunk.flatten()) for chunk in table.column(name).chunks]
        tables[name] = pyarrow.Table.from_batches(parts, schema=pyarrow.schema(list(element)))
    return tables


class Worker:
    """One worker process with limits of time (seconds a document) and memory (MiB of address space).

    It starts with the first document, and anew after a document that killed it. Not more than one thread is served at a time.
    """

    def __init__(self, timeout: int = 120, memory: int = 4096, *, redact_contacts: bool = False) -> None:
        from mingzhang.__main__ import ITSELF

        self._worker: _native.Worker | None = _native.Worker(
            [*ITSELF, "worker", f"--memory={memory}"], timeout, redact_contacts
        )

    def extract_batch(self, names: Sequence[str], blobs: Sequence[bytes]) -> pyarrow.RecordBatch:
        """One row a document, in their order. A document that fails is a row with ``code`` and ``message``, never an
        exception."""
        import pyarrow

        if self._worker is None:
            raise ValueError("expected a worker that is not closed")
        if len(names) != len(blobs):
            raise ValueError("expected a name for each document")
        rows = self._worker.extract_batch(list(names), list(blobs))
        reader = pyarrow.RecordBatchReader.from_stream(rows)
        for batch in reader:
            return batch
        return pyarrow.RecordBatch.from_pylist([], schema=reader.schema)

    def close(self) -> None:
        """Ends the process."""
        self._worker = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
