"""A report with names and types; underneath it is the JSON that the command publishes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mingzhang._error import Error

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Row:
    """A printed row: its cells as printed (amounts with a point as decimal sign), and the trust of each amount."""

    cells: list[str | None]
    trust: list[str | None]
    level: int | None
    page: int

    def amount(self, column: int) -> Decimal | None:
        """The amount of a cell in the table's unit; ``None`` where it is blank or no amount."""
        cell = self.cells[column]
        return Decimal(cell) if cell is not None and self.trust[column] is not None else None


@dataclass(frozen=True)
class Table:
    """An official table."""

    id: str
    kind: str
    number: str | None
    title: str | None
    department: str | None
    unit: str | None
    pages: list[int]
    columns: list[tuple[str, ...]]
    roles: list[str]
    rows: list[Row]
    notes: list[str]

    def to_pandas(self) -> pandas.DataFrame:
        """A frame with a column for each of the table's, named by its header path; amounts as Decimal, blanks as None."""
        import pandas

        rows = [
            [row.amount(i) if row.trust[i] is not None else cell for i, cell in enumerate(row.cells)] for row in self.rows
        ]
        # Equal names are legal, and a frame can have them.
        return pandas.DataFrame(rows, columns=["/".join(path) for path in self.columns], dtype=object)

    def _repr_html_(self) -> str:
        from mingzhang import _html

        return _html.table(self)


@dataclass(frozen=True)
class Check:
    """An identity that was tried: both sides in yuan, and how far rounding may move them apart."""

    rule: str
    holds: bool
    left: Decimal
    right: Decimal
    where: str
    tables: list[str]
    pages: list[int]
    allowance: Decimal


class Report:
    """One checked report. ``to_dict()`` has all of it, as the JSON Schema (:func:`mingzhang.schema`) says."""

    def __init__(self, report: dict[str, Any]) -> None:
        self._report = report

    def to_dict(self) -> dict[str, Any]:
        """The report as the command publishes it."""
        return self._report

    @property
    def source(self) -> dict[str, Any]:
        """The file: name, sha256, bytes, media_type, pages, producer."""
        source: dict[str, Any] = self._report["source"]
        return source

    @property
    def department(self) -> str | None:
        """Who discloses (部门)."""
        return self._filing("department")

    @property
    def department_code(self) -> str | None:
        """The code that is printed beside the department's name."""
        return self._filing("department_code")

    @property
    def fiscal_year(self) -> int | None:
        """The year that the money is for."""
        year: int | None = self._report["report"]["fiscal_year"]
        return year

    @property
    def kind(self) -> str:
        """``budget``, ``final_accounts`` or ``unknown``."""
        return str(self._report["report"]["kind"])

    @property
    def title(self) -> str | None:
        """The title of the report."""
        return self._filing("title")

    def _filing(self, name: str) -> str | None:
        value: str | None = self._report["report"][name]
        return value

    @cached_property
    def tables(self) -> list[Table]:
        """The official tables, in the order of the pages."""
        return [_table(table) for table in self._report["tables"]]

    @cached_property
    def checks(self) -> list[Check]:
        """The identities that were tried; those that fail come first."""
        return [_check(check) for check in self._report["checks"]]

    @property
    def contradictions(self) -> list[Check]:
        """The identities that fail."""
        return [check for check in self.checks if not check.holds]

    @property
    def facts(self) -> list[dict[str, Any]]:
        """Every figure once, under names that mean the same in every report, as in ``to_dict()``."""
        return list(self._report["facts"])

    @property
    def forms(self) -> list[dict[str, Any]]:
        """The declaration forms, as in ``to_dict()``."""
        return list(self._report["forms"])

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The headings of the narrative with their text, as in ``to_dict()``."""
        return list(self._report["sections"])

    @property
    def diagnostics(self) -> list[dict[str, Any]]:
        """What there is to say about pages, as in ``to_dict()``."""
        return list(self._report["diagnostics"])

    def __repr__(self) -> str:
        return (
            f"<mingzhang.Report {self.department} {self.fiscal_year} {self.kind}: "
            f"{len(self._report['tables'])} tables, {len(self._report['forms'])} forms, "
            f"{len(self.contradictions)} contradictions>"
        )

    def _repr_html_(self) -> str:
        from mingzhang import _html

        return _html.report(self)


def _table(table: dict[str, Any]) -> Table:
    # A row without any amount says nothing of trust.
    rows = [
        Row(row["cells"], row.get("trust") or [None] * len(row["cells"]), row.get("level"), row["page"])
        for row in table["rows"]
    ]
    return Table(
        id=table["id"],
        kind=table["kind"],
        number=table["number"],
        title=table["title"],
        department=table["department"],
        unit=table["unit"],
        pages=table["pages"],
        columns=[tuple(column["path"]) for column in table["columns"]],
        roles=[column["role"] for column in table["columns"]],
        rows=rows,
        notes=table["notes"],
    )


def _check(check: dict[str, Any]) -> Check:
    return Check(
        rule=check["rule"],
        holds=check["holds"],
        left=Decimal(check["left"]),
        right=Decimal(check["right"]),
        where=check["where"],
        tables=check["tables"],
        pages=check["pages"],
        allowance=Decimal(check["allowance"]),
    )


@dataclass(frozen=True)
class Outcome:
    """What became of one document of :func:`mingzhang.extract_many`."""

    #: Its paths; more than one where the same bytes lie in several.
    paths: list[Path]
    #: ``published``, ``skipped`` (a folder held it, and it is no disclosure) or ``failed``.
    status: str
    #: The report as the JSON that the command prints.
    json: str | None
    #: Why there is no report.
    error: Error | None

    @property
    def path(self) -> Path:
        """Where it was found first."""
        return self.paths[0]

    def report(self) -> Report:
        """The report; raises the error where there is none."""
        if self.json is None:
            raise self.error or Error("internal", "no report")
        return Report(json.loads(self.json))
