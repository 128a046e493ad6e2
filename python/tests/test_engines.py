"""The same records from Daft and from Spark as from the command, whatever happens to a worker."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pytest
from conftest import digest
from pyarrow import parquet

import mingzhang

HARMS = {"budget-run-twice.pdf": ("abort", "crashed"), "dump-02.txt": ("loop", "timeout"), "dump-05.txt": ("eat", "out-of-memory")}


def on_daft(documents: Path, out: Path, plants: list[str]) -> None:
    daft = pytest.importorskip("daft")
    from mingzhang import daft as mz

    frame = daft.from_glob_path(f"{documents}/*")
    mz.write(frame, str(out), workers=2, plants=plants, timeout=10, memory=1024)


def on_spark(documents: Path, out: Path, plants: list[str]) -> None:
    sql = pytest.importorskip("pyspark.sql")
    if os.environ.get("WITHOUT_SPARK"):
        pytest.skip("there is no Java for Spark")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from mingzhang import spark as mz

    session = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    frame = session.read.format("binaryFile").load(f"{documents}/*")
    mz.write(frame, str(out), plants=plants, timeout=10, memory=1024)


Engine = Callable[[Path, Path, list[str]], None]


@pytest.mark.parametrize("engine", [on_daft, on_spark])
def test_twenty_documents_three_of_which_kill_their_worker(engine: Engine, twenty: Path, tmp_path: Path) -> None:
    plants = [f"{harm}={digest((twenty / name).read_bytes())}" for name, (harm, _) in HARMS.items()]
    begun = time.monotonic()
    engine(twenty, tmp_path / "out", plants)
    print(f"{engine.__name__}: 20 documents, three of them harmful, in {time.monotonic() - begun:.1f} s")
    told = parquet.read_table(tmp_path / "out" / "documents").to_pylist()
    codes = {row["name"]: row["code"] for row in told}
    assert codes == {path.name: HARMS.get(path.name, ("", None))[1] for path in twenty.iterdir()}
    good = [path for path in sorted(twenty.iterdir()) if path.name not in HARMS]
    same_records(tmp_path / "out", good, tmp_path / "command")


@pytest.mark.parametrize("example", ["on_daft", "on_spark"])
def test_records_are_parted_by_the_year_of_their_report(example: str, twenty: Path, tmp_path: Path) -> None:
    if example == "on_spark" and os.environ.get("WITHOUT_SPARK"):
        pytest.skip("there is no Java for Spark")
    script = Path(__file__).parents[1] / "examples" / f"{example}.py"
    ran = subprocess.run([sys.executable, script, f"{twenty}/*", tmp_path / "out"], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    years = {outcome.report().fiscal_year for outcome in mingzhang.extract_many(twenty)}
    assert {f"of_year={year}" for year in years} == {path.name for path in (tmp_path / "out" / "reports").iterdir() if path.is_dir()}
    same_records(tmp_path / "out", sorted(twenty.iterdir()), tmp_path / "command")


def same_records(out: Path, documents: list[Path], scratch: Path) -> None:
    """Whether each resource holds, row by row, what the command makes of the documents."""
    arguments = ["extract", *map(str, documents), "--format", "parquet", "--out", str(scratch), "--quiet"]
    assert subprocess.run([sys.executable, "-m", "mingzhang", *arguments]).returncode <= 1
    for name in mingzhang.RESOURCES:
        expected = parquet.read_table(scratch / "parquet" / f"{name}.parquet")
        found = parquet.read_table(out / name).select(expected.schema.names)
        assert sorted_rows(found) == sorted_rows(expected), name
        kinds = [(field.name, plain(field.type)) for field in found.schema]
        assert kinds == [(field.name, plain(field.type)) for field in expected.schema], name


def sorted_rows(table: pyarrow.Table) -> list[str]:
    return sorted(map(repr, table.to_pylist()))


def plain(kind: pyarrow.DataType) -> str:
    """A type without what engines call the elements of lists, and the width of their offsets."""
    if pyarrow.types.is_list(kind) or pyarrow.types.is_large_list(kind):
        return f"list of {plain(kind.value_type)}"
    return str(kind).removeprefix("large_")
