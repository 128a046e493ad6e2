#!/usr/bin/env python3
"""Shows what changes in the output between a base commit and the work tree, record by record and field by field.

    python3 scripts/drift.py BASE [--limit N] [PATH…]

Builds BASE in a work tree of its own below target/drift, runs both programs over corpus/, over ../shared/corpus
where that stands, or over the paths given, and prints each changed field with both values, then a count a field.
"""

import argparse
import collections
import difflib
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DRIFT = ROOT / "target" / "drift"


def run(*command, cwd=ROOT, allowed=(0,)):
    done = subprocess.run([str(part) for part in command], cwd=cwd)
    if done.returncode not in allowed:
        sys.exit(f"{' '.join(map(str, command))}: exit status {done.returncode}")


def built(tree, target):
    run("cargo", "build", "--quiet", "--target-dir", target, cwd=tree)
    return target / "debug" / "mingzhang"


def programs(base):
    """The program of the base commit and that of the work tree."""
    tree = DRIFT / "base"
    commit = subprocess.run(
        ["git", "rev-parse", "--verify", f"{base}^{{commit}}"], cwd=ROOT, capture_output=True, text=True
    )
    if commit.returncode != 0:
        sys.exit(f"{base}: no such commit")
    if not tree.exists():
        run("git", "worktree", "prune")
        run("git", "worktree", "add", "--detach", "--quiet", tree, commit.stdout.strip())
    run("git", "checkout", "--detach", "--quiet", "--force", commit.stdout.strip(), cwd=tree)
    return built(tree, DRIFT / "target"), built(ROOT, ROOT / "target")


def reports(program, paths, out):
    """Reports by the path of their source below the folder that was given."""
    found = {}
    for path in paths:
        folder = out / path.name
        # A status up to 2 means that the run went to its end.
        run(program, "extract", path, "--out", folder, allowed=(0, 1, 2))
        for file in sorted(folder.rglob("*.json")):
            found[f"{path.name}/{file.relative_to(folder)}"] = json.loads(file.read_text())
    return found


def keys(row):
    """What tells a row from its neighbours: its texts, not its figures."""
    return tuple(cell for cell, trust in zip(row["cells"], row.get("trust", [])) if trust is None)


class Drift:
    def __init__(self):
        self.counts = collections.Counter()
        self.lines = []

    def changed(self, field, place, old, new):
        if old != new:
            self.counts[field] += 1
            self.lines.append(f"{place} {field}: {short(old)} -> {short(new)}")

    def record(self, kind, place, old, new, apart=()):
        """Every field of two records of one kind, but those that are compared apart."""
        for name in sorted({*old, *new} - set(apart)):
            self.changed(f"{kind}.{name}", place, old.get(name), new.get(name))

    def report(self, place, old, new):
        self.record("source", place, old["source"], new["source"])
        self.record("report", place, old["report"], new["report"])
        for kind, compare in (("tables", self.table), ("forms", self.form)):
            self.pair(kind, place, old[kind], new[kind], lambda r: (r["title"], r["pages"][:1]), compare)
        self.pair("sections", place, old["sections"], new["sections"], lambda r: r["heading"], self.section)
        self.pair("checks", place, old["checks"], new["checks"], lambda r: (r["rule"], r["where"]), self.check)
        for code in {d["code"] for d in old["diagnostics"] + new["diagnostics"]}:
            count = [sum(d["code"] == code for d in r["diagnostics"]) for r in (old, new)]
            self.changed(f"diagnostics.{code}", place, *count)

    def pair(self, kind, place, old, new, key, compare):
        """Records that match by key, in their order, compared; the others gone or new."""
        matcher = difflib.SequenceMatcher(a=[repr(key(r)) for r in old], b=[repr(key(r)) for r in new], autojunk=False)
        for tag, i0, i1, j0, j1 in matcher.get_opcodes():
            # As many as can be are compared, so that a changed title does not look like another table.
            n = min(i1 - i0, j1 - j0)
            for i in range(n):
                compare(f"{place} {kind}[{j0 + i}]", old[i0 + i], new[j0 + i])
            for record in old[i0 + n : i1]:
                self.changed(f"{kind} gone", place, key(record), None)
            for record in new[j0 + n : j1]:
                self.changed(f"{kind} new", place, None, key(record))

    def table(self, place, old, new):
        self.record("tables", place, old, new, apart=("columns", "rows"))
        self.changed("tables.columns", place, *([c["path"] for c in t["columns"]] for t in (old, new)))
        self.changed("tables.roles", place, *([c["role"] for c in t["columns"]] for t in (old, new)))
        self.pair("rows", place, old["rows"], new["rows"], keys, self.row)

    def row(self, place, old, new):
        self.record("rows", place, old, new, apart=("cells", "trust", "bbox"))
        self.cells("cells", place, old["cells"], new["cells"])
        self.cells("trust", place, old.get("trust", []), new.get("trust", []))
        bbox = [r["bbox"] and [round(x) for x in r["bbox"]] for r in (old, new)]
        self.changed("rows.bbox", place, *bbox)

    def cells(self, field, place, old, new):
        for i in range(max(len(old), len(new))):
            self.changed(f"rows.{field}", f"{place}[{i}]", *(c[i] if i < len(c) else None for c in (old, new)))

    def form(self, place, old, new):
        self.record("forms", place, old, new)

    def section(self, place, old, new):
        self.record("sections", place, old, new)

    def check(self, place, old, new):
        self.record("checks", place, old, new)


def short(value, limit=120):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", metavar="BASE", help="commit to compare with")
    parser.add_argument("--limit", type=int, default=400, metavar="N", help="print at most N changes (default 400)")
    parser.add_argument("paths", metavar="PATH", nargs="*", type=pathlib.Path, help="files or folders")
    args = parser.parse_intermixed_args()
    shared = ROOT.parent / "shared" / "corpus"
    default = [ROOT / "corpus"] + ([shared] if shared.exists() else [])
    paths = [path.resolve() for path in args.paths] or default
    before, after = programs(args.base)
    old = reports(before, paths, DRIFT / "old")
    new = reports(after, paths, DRIFT / "new")
    drift = Drift()
    for name in sorted({*old, *new}):
        if name in old and name in new:
            drift.report(name, old[name], new[name])
        else:
            drift.changed("report gone" if name in old else "report new", name, name in old, name in new)
    for line in drift.lines[: args.limit]:
        print(line)
    if len(drift.lines) > args.limit:
        print(f"and {len(drift.lines) - args.limit} changes more")
    print(f"\n{len(new)} reports, {len(drift.lines)} changes")
    for field, count in sorted(drift.counts.items()):
        print(f"{count:8} {field}")


if __name__ == "__main__":
    main()
