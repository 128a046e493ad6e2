"""The package as people use it, on documents of the project's own corpus."""

from __future__ import annotations

import doctest
import json
import os
import pickle
import subprocess
import sys
import threading
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from conftest import BUDGET, CORPUS, PLANTED, digest, dump
from pyarrow import parquet

import mingzhang
from mingzhang import _command, _native, _ocr


def command(*arguments: object, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "mingzhang", *map(str, arguments)], capture_output=True, **options)


def test_a_path_and_its_bytes_give_the_report_that_the_command_prints() -> None:
    printed = command("extract", BUDGET).stdout.decode()
    assert mingzhang.extract_json(BUDGET) == printed.rstrip("\n")
    document = BUDGET.read_bytes()
    for source in (document, bytearray(document), memoryview(document)):
        assert mingzhang.extract_json(source, name=BUDGET.name) == mingzhang.extract_json(str(BUDGET))
    assert mingzhang.extract(BUDGET).to_dict() == json.loads(printed)


def test_a_report_has_names_and_types() -> None:
    report = mingzhang.extract(BUDGET)
    assert (report.department, report.fiscal_year, report.kind) == ("榆照市政务协作办公室", 2022, "budget")
    first = report.tables[0]
    assert first.kind == "revenue_expenditure_summary" and first.columns[1] == ("收入", "2022年")
    assert first.rows[0].amount(1) == Decimal("1622.22") and first.rows[0].amount(0) is None
    assert not report.contradictions and report.facts and report.sections and report.forms


def test_every_table_is_a_frame_of_exact_amounts() -> None:
    for path in sorted(CORPUS.glob("*.*")):
        if path.suffix in (".pdf", ".txt"):
            for table in mingzhang.extract(path).tables:
                assert table.to_pandas().shape == (len(table.rows), len(table.columns))
    frame = mingzhang.extract(BUDGET).tables[0].to_pandas()
    assert frame.iloc[0]["收入/2022年"] == Decimal("1622.22")


def test_models_that_are_not_there_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    script = (CORPUS.parent / "scripts" / "ocr-models.sh").read_text()
    assert f"{_ocr.SHA256}  {_ocr.MODEL}" in script
    monkeypatch.setattr(_ocr, "SHA256", "0" * 64)
    monkeypatch.setattr(sys, "argv", ["mingzhang", "extract", "--ocr=installed", str(BUDGET)])
    with pytest.raises(FileNotFoundError, match="expected"):
        mingzhang.extract(BUDGET, ocr=True)
    with pytest.raises(SystemExit) as ended:
        _command.with_models(sys.argv[1:])
    assert ended.value.code == 3
    assert _command.with_models(["extract", "--", "--ocr=installed"]) == ["extract", "--", "--ocr=installed"]


def test_a_folder_of_models_leaves_what_is_no_scan_as_it_is(tmp_path: Path) -> None:
    assert mingzhang.extract_json(BUDGET, ocr=tmp_path) == mingzhang.extract_json(BUDGET)
    assert [outcome.json for outcome in mingzhang.extract_many(BUDGET, ocr=tmp_path)] == [mingzhang.extract_json(BUDGET)]


def test_a_notebook_shows_trust_in_colour_and_by_a_mark() -> None:
    shown = mingzhang.extract(PLANTED)._repr_html_()
    assert "#f8cbad" in shown and "✗" in shown and "预算公开表3" in shown and "row-sum" in shown
    assert "<script>" not in mingzhang.Table("<script>", "", None, "a<b", None, None, [], [("<script>",)], [], [], [])._repr_html_()


def test_what_is_no_disclosure_is_an_error_with_its_code() -> None:
    cases: list[tuple[bytes | Path, str]] = [(b"", "empty-file"), (b"PK\x03\x04", "not-a-pdf"), (CORPUS / "no.pdf", "io")]
    for source, code in cases:
        with pytest.raises(mingzhang.Error) as caught:
            mingzhang.extract(source)
        assert caught.value.code == code
        assert pickle.loads(pickle.dumps(caught.value)).code == code


def test_a_panic_is_an_exception_that_says_where(capfd: pytest.CaptureFixture[str]) -> None:
    try:
        _native.panic()
    except Exception as error:
        assert isinstance(error, mingzhang.Error) and error.code == "internal"
        assert "planted, at " in error.message
    assert capfd.readouterr().err == ""


def test_the_tables_are_the_command_s_parquet_row_by_row(tmp_path: Path) -> None:
    assert command("extract", PLANTED, "--format", "parquet", "--out", tmp_path).returncode == 1
    tables = mingzhang.read(PLANTED)
    assert tuple(tables) == mingzhang.RESOURCES
    for name, table in tables.items():
        assert table.equals(parquet.read_table(tmp_path / "parquet" / f"{name}.parquet")), name
    assert tables["facts"].schema.field("amount").type == pyarrow.decimal128(20, 2)


def test_findings_are_told_in_both_languages() -> None:
    english, chinese = mingzhang.check(PLANTED, lang="en"), mingzhang.check(PLANTED)
    assert not english["holds"] and len(english["findings"]) == len(chinese["findings"]) > 0
    with pytest.raises(ValueError, match="expected 'zh' or 'en'"):
        mingzhang.check(PLANTED, lang="fr")


def test_many_come_in_order_whatever_the_number_of_jobs(twenty: Path) -> None:
    paths = sorted(twenty.iterdir())
    told = []
    for jobs in (1, 3):
        seen: list[tuple[int, int]] = []
        outcomes = list(mingzhang.extract_many(twenty, jobs=jobs, progress=lambda *done: seen.append(done)))
        assert [outcome.path for outcome in outcomes] == paths
        assert seen == [(i + 1, len(paths)) for i in range(len(paths))]
        told.append([outcome.json for outcome in outcomes])
    assert told[0] == told[1]
    assert told[0][-1] == mingzhang.extract_json(paths[-1])


def test_a_failure_is_an_outcome_and_the_others_go_on(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    outcomes = list(mingzhang.extract_many([empty, BUDGET, tmp_path / "absent.pdf"]))
    assert [outcome.status for outcome in outcomes] == ["failed", "published", "failed"]
    with pytest.raises(mingzhang.Error) as caught:
        outcomes[0].report()
    assert caught.value.code == "empty-file"
    assert outcomes[1].report().fiscal_year == 2022


HARMS = {"abort": "crashed", "loop": "timeout", "eat": "out-of-memory", "panic": "internal"}


def test_what_kills_a_worker_costs_its_document_alone(twenty: Path) -> None:
    paths = sorted(twenty.iterdir())
    harmed = dict(zip([paths[3], paths[8], paths[12], paths[17]], HARMS, strict=True))
    plants = [f"{harm}={digest(path.read_bytes())}" for path, harm in harmed.items()]
    outcomes = list(mingzhang.extract_many(paths, timeout=8, memory=1024, plants=plants))
    assert len(outcomes) == len(paths)
    for outcome in outcomes:
        code = outcome.error.code if outcome.error else None
        assert code == (HARMS[harmed[outcome.path]] if outcome.path in harmed else None)


def test_a_batch_is_a_row_a_document_and_a_failure_is_one_too() -> None:
    documents = {"budget.pdf": BUDGET.read_bytes(), "empty.pdf": b"", **{f"{harm}.txt": dump(2030 + i) for i, harm in enumerate(HARMS)}}
    plants = [f"{harm}={digest(documents[f'{harm}.txt'])}" for harm in HARMS]
    with mingzhang.Worker(timeout=8, memory=1024, plants=plants) as worker:
        rows = worker.extract_batch([*documents, "last.txt"], [*documents.values(), dump(2040)])
        again = worker.extract_batch(["a.txt"], [dump(2040)])
    assert rows.column("name").to_pylist() == [*documents, "last.txt"]
    assert rows.column("code").to_pylist() == [None, "empty-file", *HARMS.values(), None]
    assert rows.column("sha256").to_pylist()[:2] == [digest(BUDGET.read_bytes()), digest(b"")]
    assert rows.column("facts")[0].as_py() == mingzhang.read(BUDGET)["facts"].to_pylist()
    assert [len(facts) for facts in rows.column("facts").to_pylist()][1:6] == [0] * 5
    assert again.column("facts").equals(rows.slice(6).column("facts"))
    with pytest.raises(ValueError, match="not closed"):
        worker.extract_batch([], [])


def test_a_batch_of_nothing_has_the_columns() -> None:
    assert mingzhang.Worker().extract_batch([], []).schema.names == ["name", "sha256", "status", "code", "message", *mingzhang.RESOURCES]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('{"mingzhang": "0.0.1", "protocol": 9}', "found mingzhang 0.0.1, protocol 9"),
        ("Welcome", "found something else"),
        ("", "died"),
    ],
)
def test_a_worker_of_another_version_is_an_error_that_names_both(
    monkeypatch: pytest.MonkeyPatch, said: str, told: str
) -> None:
    monkeypatch.setattr(_command, "ITSELF", [sys.executable, "-c", f"print({said!r}, end={said and chr(10)!r})"])
    with pytest.raises(OSError, match=told):
        mingzhang.Worker().extract_batch(["a.pdf"], [BUDGET.read_bytes()])
    with pytest.raises(mingzhang.Error, match=told):
        list(mingzhang.extract_many([BUDGET]))


def test_a_worker_is_this_package_whatever_lies_in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mingzhang").mkdir()
    (tmp_path / "mingzhang" / "__init__.py").write_text("raise SystemExit('another package')")
    monkeypatch.chdir(tmp_path)
    assert [outcome.status for outcome in mingzhang.extract_many([BUDGET])] == ["published"]


def test_whoever_stops_iterating_stops_the_run() -> None:
    outcomes = mingzhang.extract_many(CORPUS)
    for outcome in outcomes:
        assert outcome.paths
        break
    del outcomes


def test_threads_work_at_once_and_others_go_on_meanwhile() -> None:
    results: list[object] = [None] * 4
    expected = mingzhang.extract_json(BUDGET)
    worker = mingzhang.Worker()

    def work(i: int) -> None:
        results[i] = mingzhang.extract_json(BUDGET), worker.extract_batch(["a"], [BUDGET.read_bytes()]).num_rows

    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(results))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [(expected, 1)] * len(results)


def test_the_command_has_its_exit_statuses_and_says_nothing_of_python() -> None:
    assert (command("extract", BUDGET).returncode, command("extract", BUDGET).stderr) == (0, b"")
    assert command("extract", PLANTED).returncode == 1
    assert command("extract", "no-such.pdf").returncode == 2
    assert command("nonsense").returncode == 3
    assert command("extract", "-", input=BUDGET.read_bytes()).returncode == 0
    script = Path(sys.executable).with_name("mingzhang" + (".exe" if os.name == "nt" else ""))
    assert subprocess.run([script, "--version"], capture_output=True).stdout.startswith(b"mingzhang ")


def test_the_schema_is_the_command_s() -> None:
    assert mingzhang.schema() == json.loads(command("schema").stdout)


def test_the_examples_in_the_documentation_are_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CORPUS.parent)
    tried = doctest.testmod(mingzhang)
    assert tried.failed == 0 and tried.attempted > 0


@pytest.mark.parametrize(("example", "argument"), [("first_figures", PLANTED), ("many_documents", CORPUS)])
def test_examples_run(example: str, argument: Path) -> None:
    script = Path(__file__).parents[1] / "examples" / f"{example}.py"
    ran = subprocess.run([sys.executable, script, argument], capture_output=True, text=True)
    assert ran.returncode == 0 and ran.stdout, ran.stderr
