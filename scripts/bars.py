#!/usr/bin/env python3
"""Holds the scores of the shared corpus against the bars.   python3 scripts/bars.py FOLDER

FOLDER holds real.json, facsimile.json and own.json as the scorer writes them. A document of EXPECTED misses a bar for a
reason that stands there; it fails too when it no longer does, so that the list stays true.
"""

import json
import pathlib
import sys

# Every table is found, amounts agree with the truth, and no wrong amount says that it was confirmed.
LEAST_AMOUNTS = 0.95

# What is known to miss a bar, and why.
EXPECTED: dict[str, str] = {}


def misses(figures, counts):
    found = []
    if counts.get("table_tp", 0) < counts.get("table_truth", 0):
        found.append(f"tables {counts.get('table_tp', 0)} of {counts['table_truth']}")
    if figures["amounts"] is not None and figures["amounts"] < LEAST_AMOUNTS:
        found.append(f"amounts {figures['amounts']:.3f}")
    if figures["wrong_checked"]:
        found.append(f"{figures['wrong_checked']} wrong amounts call themselves confirmed")
    if not figures["schema_valid"]:
        found.append("the report does not follow the schema")
    return found


def main():
    folder = pathlib.Path(sys.argv[1])
    n_failed = n_passed = 0
    for name in ("real", "facsimile", "own"):
        for document in json.loads((folder / f"{name}.json").read_text())["documents"]:
            missed = misses(document["figures"], document["counts"])
            expected = EXPECTED.get(document["name"])
            if bool(missed) == bool(expected):
                n_passed += 1
                continue
            n_failed += 1
            print(f"{document['name']}: {'; '.join(missed) if missed else f'passes, and was expected not to: {expected}'}")
    print(f"bars: {n_passed} passed, {n_failed} failed")
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
