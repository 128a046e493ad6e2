"""Reports and tables as a notebook shows them: trust in colour, and by a mark for who sees no colours."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingzhang._report import Report, Row, Table

#: The colour of each level of trust, as in the workbook, its mark, and what it means.
LEVELS = {
    "corroborated": ("#c6e0b4", "✓✓", "two independent sums hold"),
    "confirmed": ("#e2efda", "✓", "one sum holds, and none fails"),
    "rounded": ("#fff2cc", "≈", "sums hold within what rounding explains"),
    "unchecked": ("#ededed", "?", "no sum has this amount"),
    "contradicted": ("#f8cbad", "✗", "a sum fails, and this amount is the likeliest to blame"),
}

#: Rows of a table that are shown.
SHOWN_ROWS = 40


def report(report: Report) -> str:
    """What contradicts itself, then every table."""
    legend = " ".join(
        f'<span style="{_style(level)}">{mark} {level}</span>' for level, (_, mark, _) in LEVELS.items()
    )
    failing = "".join(
        f"<li>{escape(check.rule)}: {escape(check.where)}: {check.left:,} ≠ {check.right:,}</li>"
        for check in report.contradictions
    )
    title = escape(report.title or report.department or "")
    return f"<h3>{title}</h3><p>{legend}</p><ul>{failing}</ul>{''.join(map(table, report.tables))}"


def table(table: Table) -> str:
    """The first rows of a table."""
    head = "".join(f"<th>{escape('/'.join(path))}</th>" for path in table.columns)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in table.rows[:SHOWN_ROWS])
    n_more = len(table.rows) - SHOWN_ROWS
    more = f"<p>… {n_more} more rows</p>" if n_more > 0 else ""
    title = " ".join(filter(None, [table.id, table.number, table.title, table.unit]))
    return f"<h4>{escape(title)}</h4><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cells(row: Row) -> str:
    return "".join(_cell(escape(cell or ""), trust) for cell, trust in zip(row.cells, row.trust, strict=True))


def _cell(text: str, trust: str | None) -> str:
    if trust is None:
        return f"<td>{text}</td>"
    _, mark, meaning = LEVELS[trust]
    return f'<td style="{_style(trust)}" title="{trust}: {meaning}">{text}&nbsp;<sup>{mark}</sup></td>'


def _style(level: str) -> str:
    # Notebooks may be dark; the ground is pale all the same.
    return f"background:{LEVELS[level][0]};color:#000;text-align:right"
