#!/usr/bin/env python3
"""Writes the list of files in ARCHITECTURE.md anew, from the first line of each."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- files -->", "<!-- /files -->"
ORDER = ["lib", "main", "cli", "args", "command", "pipeline", "error", "hex", "lang", "names", "note", "provenance", "geom", "terms",
    "arithmetic"]
ORDER += ["read", "repair", "segment", "interpret", "reconcile", "redact",
    "facts", "emit", "compare", "relate", "batch", "golden", "dump"]
ORDER += ["render", "review"]


def said(path):
    """What a file says that it is for: its leading `//!` paragraph, on one line."""
    lines = []
    for line in path.read_text().splitlines():
        if not line.startswith("//! "):
            break
        lines.append(line[4:].strip())
    return re.sub(r"\[(`[^`]+`)\](\([^)]*\))?", r"\1", " ".join(lines))


def place(path):
    parts = path.relative_to(ROOT / "src").parts
    # A folder's own file comes first, then its files, then its folders.
    return ORDER.index(parts[0].removesuffix(".rs")), [(part != "mod.rs", "." not in part, part) for part in parts]


def main():
    files = sorted((ROOT / "src").rglob("*.rs"), key=place)
    lines = [f"- `{path.relative_to(ROOT)}`: {said(path)}" for path in files]
    page = ROOT / "ARCHITECTURE.md"
    head, rest = page.read_text().split(BEGIN)
    _, tail = rest.split(END)
    page.write_text(head + BEGIN + "\n" + "\n".join(lines) + "\n" + END + tail)


if __name__ == "__main__":
    main()
