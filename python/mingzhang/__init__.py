"""Departmental budget and final-accounts disclosures (部门预算公开, 部门决算公开) as clean, checked records.

>>> import mingzhang
>>> report = mingzhang.extract("corpus/budget-run-twice.pdf")
>>> report.department, report.fiscal_year, len(report.tables)
('榆照市政务协作办公室', 2022, 5)
>>> report.tables[0].rows[0].amount(1), report.tables[0].rows[0].trust[1]
(Decimal('1622.22'), 'corroborated')
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mingzhang import _native
from mingzhang._command import worker_command
from mingzhang._error import Error
from mingzhang._ocr import Models, folder, seconds
from mingzhang._report import Check, Outcome, Report, Row, Table
from mingzhang._worker import RESOURCES, Worker, split

if TYPE_CHECKING:
    import pyarrow

__all__ = [
    "RESOURCES",
    "Check",
    "Error",
    "Models",
    "Outcome",
    "Report",
    "Row",
    "Table",
    "Worker",
    "check",
    "extract",
    "extract_json",
    "extract_many",
    "read",
    "schema",
    "split",
]

#: A path, or the bytes of a document.
Source = str | PathLike[str] | bytes | bytearray | memoryview


def extract(
    source: Source, *, name: str | None = None, redact_contacts: bool = False, ocr: Models = False
) -> Report:
    """The checked report of one PDF or text dump, given as a path or as bytes (then ``name`` is published as its file name).

    Works in this process, and other threads go on meanwhile. What gives no report is an :class:`Error` with its code. For
    documents from anywhere take :func:`extract_many`, whose workers have limits of time and memory.

    ``ocr`` has scanned pages read: a folder of models, or ``True`` for those of ``pip install 'mingzhang[ocr]'``
    (``FileNotFoundError`` where they are missing). It takes a second or two a page; what is read is trusted where exact sums
    confirm it and nowhere else.
    """
    return Report(json.loads(extract_json(source, name=name, redact_contacts=redact_contacts, ocr=ocr)))


def extract_json(
    source: Source, *, name: str | None = None, redact_contacts: bool = False, ocr: Models = False
) -> str:
    """As :func:`extract`, as the JSON that the command prints."""
    return _native.extract(_plain(source), name, redact_contacts, folder(ocr))


def extract_many(
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    jobs: int = 0,
    timeout: int | None = None,
    memory: int = 4096,
    redact_contacts: bool = False,
    ocr: Models = False,
    progress: Callable[[int, int], object] | None = None,
    plants: Iterable[str] = (),
) -> Iterator[Outcome]:
    """What becomes of each document, in the order of the paths: files, folders and patterns, as the command takes them.

    Documents are worked on in ``jobs`` worker processes (0: one a processor), each with ``timeout`` seconds a document and
    ``memory`` MiB of address space. A document that fails, hangs or kills its worker is an :class:`Outcome` with an error;
    the others go on. ``progress`` is called with the number of documents done and of all. The same bytes under several
    paths are one outcome. ``ocr`` is as of :func:`extract`; a document has 120 seconds where ``timeout`` says nothing, and an
    hour with ``ocr``. ``plants`` is for tests, as of :class:`Worker`.
    """
    if isinstance(paths, (str, PathLike)):
        paths = [paths]
    worker = worker_command(memory, tuple(plants), folder(ocr))
    run = _native.Run([fspath(path) for path in paths], worker, jobs, seconds(timeout, ocr), redact_contacts)
    return _outcomes(run, progress)


def _outcomes(run: _native.Run, progress: Callable[[int, int], object] | None) -> Iterator[Outcome]:
    for n_done, (paths, status, report, code, message) in enumerate(run, 1):
        error = Error(code or "internal", message or "") if report is None else None
        if progress is not None:
            progress(n_done, run.n_documents)
        yield Outcome([Path(path) for path in paths], status, report, error)


def read(
    source: Source, *, name: str | None = None, redact_contacts: bool = False, ocr: Models = False
) -> dict[str, pyarrow.Table]:
    """The flat records of one document, ``facts``, ``amounts`` and all others, each as a table of pyarrow.

    Columns and types are those of the Parquet files that the command writes. ``ocr`` is as of :func:`extract`.
    """
    import pyarrow

    stream = _native.read(_plain(source), name, redact_contacts, folder(ocr))
    return split(pyarrow.RecordBatchReader.from_stream(stream).read_all())


def check(source: Source, *, name: str | None = None, lang: str = "zh", ocr: Models = False) -> dict[str, Any]:
    """What a person must look at in one document: what contradicts itself, with place and both figures.

    ``lang`` is the language of the explaining words, ``zh`` or ``en``; ``ocr`` is as of :func:`extract`.
    """
    findings: dict[str, Any] = json.loads(_native.check(_plain(source), name, lang, folder(ocr)))
    return findings


def schema() -> dict[str, Any]:
    """The JSON Schema that every report follows."""
    schema: dict[str, Any] = json.loads(_native.schema())
    return schema


def _plain(source: Source) -> str | bytes:
    return bytes(source) if isinstance(source, (bytes, bytearray, memoryview)) else fspath(source)
