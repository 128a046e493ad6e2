"""Times one run each, as ratios of the command with Parquet: extract_many, Daft and Spark over the same documents.

target/prove/python/bin/python scripts/measure-python.py DOCUMENTS [--rounds 3]
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import daft
from pyspark.sql import SparkSession

import mingzhang
from mingzhang import daft as on_daft
from mingzhang import spark as on_spark


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("documents", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    paths = sorted(args.documents.glob("*.pdf"))
    scratch = Path(tempfile.mkdtemp())
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")

    def command(*arguments: str) -> None:
        program = [sys.executable, "-m", "mingzhang", "extract", str(args.documents), "--quiet", *arguments]
        assert subprocess.run(program, stdout=subprocess.DEVNULL).returncode <= 1

    def run_daft(documents: str, out: str) -> None:
        on_daft.write(daft.from_glob_path(documents), out, workers=2)

    def run_spark(documents: str, out: str) -> None:
        on_spark.write(session.read.format("binaryFile").load(documents), out)

    ways: dict[str, Callable[[str], None]] = {
        "command, JSON to standard output": lambda _: command(),
        "extract_many": lambda _: assert_all(paths),
        "command, Parquet": lambda out: command("--format", "parquet", "--out", out),
        "Daft": lambda out: run_daft(f"{args.documents}/*.pdf", out),
        "Spark": lambda out: run_spark(f"{args.documents}/*.pdf", out),
    }
    # The start of the engines is left out.
    run_daft(str(paths[0]), f"{scratch}/warm-daft")
    run_spark(str(paths[0]), f"{scratch}/warm-spark")
    best = dict.fromkeys(ways, float("inf"))
    for i in range(args.rounds):
        for name, way in ways.items():
            begun = time.monotonic()
            way(f"{scratch}/{name}-{i}")
            best[name] = min(best[name], time.monotonic() - begun)
    for name, seconds in best.items():
        base = best["command, JSON to standard output" if "many" in name or "JSON" in name else "command, Parquet"]
        print(f"{name:<36}{seconds:6.1f} s  {seconds / base:5.2f} times  {len(paths) / seconds:6.1f} documents a second")
    shutil.rmtree(scratch)


def assert_all(paths: list[Path]) -> None:
    assert all(outcome.status == "published" for outcome in mingzhang.extract_many(paths))


if __name__ == "__main__":
    main()
