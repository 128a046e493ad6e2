"""Worker processes that make rows of documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from types import TracebackType
from typing import TYPE_CHECKING, TypedDict

from mingzhang import _native
from mingzhang._command import worker_command
from mingzhang._ocr import Models, folder, seconds

if TYPE_CHECKING:
    import pyarrow
    from typing_extensions import Unpack

#: The flat records, a column of lists for each, in the order of publication.
RESOURCES: tuple[str, ...] = tuple(_native.resources())


class Options(TypedDict, total=False):
    """How documents are worked on."""

    #: Seconds that a document may take; 120 where nothing is said, 3600 with ``ocr``.
    timeout: int
    #: MiB of address space that a worker may have; 4096 where nothing is said. macOS and Windows know no such limit.
    memory: int
    #: Whether names and telephone numbers of contacts are left out.
    redact_contacts: bool
    #: Has scanned pages read: a folder of models, or ``True`` for those of ``pip install 'mingzhang[ocr]'``.
    ocr: Models
    #: What goes wrong on purpose, for tests of what becomes of it: ``abort=SHA256``, also ``loop``, ``eat`` and ``panic``.
    plants: Sequence[str]


def schema() -> pyarrow.Schema:
    """The columns of :meth:`Worker.extract_batch`: ``name, sha256, status, code, message``, then a list a resource."""
    import pyarrow

    return pyarrow.RecordBatchReader.from_stream(_native.rows()).schema


def split(rows: pyarrow.Table) -> dict[str, pyarrow.Table]:
    """The resources of such rows, each as a flat table."""
    import pyarrow

    tables = {}
    for name in RESOURCES:
        columns = pyarrow.schema(list(rows.schema.field(name).type.value_type))
        parts = [pyarrow.RecordBatch.from_struct_array(chunk.flatten()) for chunk in rows.column(name).chunks]
        tables[name] = pyarrow.Table.from_batches(parts, schema=columns)
    return tables


def document_name(path: str) -> str:
    """The name that is published of a path or an address: without its folder."""
    return PurePosixPath(path).name or path


class Worker:
    """One worker process with limits of time (seconds a document) and memory (MiB of address space).

    It starts with the first document, and anew after a document that killed it. Threads may share one; it serves them in
    turn.
    """

    def __init__(self, **options: Unpack[Options]) -> None:
        models = options.get("ocr", False)
        command = worker_command(options.get("memory", 4096), options.get("plants", ()), folder(models))
        timeout = seconds(options.get("timeout"), models)
        self._worker: _native.Worker | None = _native.Worker(command, timeout, options.get("redact_contacts", False))

    def extract_batch(self, names: Sequence[str], blobs: Sequence[bytes]) -> pyarrow.RecordBatch:
        """One row a document, in their order; a document that fails is a row with ``code`` and ``message``.

        Only what is no document's fault is an exception, an ``OSError``: no worker can be started, or one of another
        version answers.
        """
        import pyarrow

        if self._worker is None:
            raise ValueError("expected a worker that is not closed")
        if len(names) != len(blobs):
            raise ValueError("expected a name for each document")
        rows = self._worker.extract_batch(list(names), list(blobs))
        return pyarrow.RecordBatchReader.from_stream(rows).read_next_batch()

    def close(self) -> None:
        """Ends the process."""
        self._worker = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
