"""The package as people use it, on documents of the project's own corpus."""

import json
import subprocess
import sys
import threading
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

import mingzhang

CORPUS = Path(__file__).parents[2] / "corpus"
BUDGET = CORPUS / "budget-run-twice.pdf"
PLANTED = CORPUS / "planted-contradictions.pdf"


def command(*arguments, **options):
    return subprocess.run([sys.executable, "-m", "mingzhang", *map(str, arguments)], capture_output=True, **options)


def test_a_path_and_its_bytes_give_the_report_that_the_command_prints():
    printed = command("extract", BUDGET).stdout.decode()
    assert mingzhang.extract_json(BUDGET) == printed.rstrip("\n") or mingzhang.extract_json(BUDGET) == printed
    assert mingzhang.extract_json(BUDGET.read_bytes(), name=BUDGET.name) == mingzhang.extract_json(str(BUDGET))
    assert mingzhang.extract(BUDGET).to_dict() == json.loads(printed)


def test_a_report_has_names_and_types():
    report = mingzhang.extract(BUDGET)
    assert (report.department, report.fiscal_year, report.kind) == ("榆照市政务协作办公室", 2022, "budget")
    first = report.tables[0]
    assert first.kind == "revenue_expenditure_summary" and first.columns[1] == ("收入", "2022年")
    assert first.rows[0].amount(1) == Decimal("1622.22") and first.rows[0].amount(0) is None
    assert not report.contradictions


def test_a_table_is_a_frame():
    pandas = pytest.importorskip("pandas")
    frame = mingzhang.extract(BUDGET).tables[0].to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert frame.iloc[0]["收入/2022年"] == Decimal("1622.22")


def test_a_notebook_shows_tables_with_trust_in_colour():
    shown = mingzhang.extract(PLANTED)._repr_html_()
    assert "#f8cbad" in shown and "预算公开表3" in shown and "row-sum" in shown


def test_what_is_no_disclosure_is_an_error_with_its_code():
    for source, code in [(b"", "empty-file"), (b"\x00\x01\x02", "not-a-pdf"), (CORPUS / "no-such.pdf", "io")]:
        with pytest.raises(mingzhang.Error) as caught:
            mingzhang.extract(source)
        assert caught.value.code == code
        assert isinstance(caught.value, Exception)


def test_flat_records_are_tables_of_pyarrow():
    pyarrow = pytest.importorskip("pyarrow")
    tables = mingzhang.read(BUDGET)
    assert {"facts", "amounts", "reports", "checks"} <= set(tables)
    assert tables["facts"].schema.field("amount").type == pyarrow.decimal128(20, 2)
    assert tables["reports"].num_rows == 1


def test_the_tables_are_the_command_s_parquet_row_by_row(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    assert command("extract", BUDGET, "--format", "parquet", "--out", tmp_path).returncode == 0
    for name, table in mingzhang.read(BUDGET).items():
        assert table.equals(parquet.read_table(tmp_path / "parquet" / f"{name}.parquet")), name


def test_findings_are_told_in_both_languages():
    english, chinese = mingzhang.check(PLANTED, lang="en"), mingzhang.check(PLANTED)
    assert not english["holds"] and len(english["findings"]) == len(chinese["findings"]) > 0
    with pytest.raises(ValueError):
        mingzhang.check(PLANTED, lang="fr")


def test_many_come_in_order_whatever_the_number_of_jobs():
    paths = sorted(CORPUS.glob("*.pdf"))
    seen = []
    for jobs in (1, 3):
        outcomes = list(mingzhang.extract_many(paths, jobs=jobs, progress=lambda *done: seen.append(done)))
        assert [outcome.path for outcome in outcomes] == paths
        assert [outcome.json for outcome in outcomes] == [mingzhang.extract_json(path) + "" for path in paths] or all(
            json.loads(outcome.json) == json.loads(mingzhang.extract_json(outcome.path)) for outcome in outcomes
        )
    assert seen[-1] == (len(paths), len(paths))


def test_a_failure_is_an_outcome_and_the_others_go_on(tmp_path):
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    outcomes = list(mingzhang.extract_many([empty, BUDGET]))
    assert [outcome.status for outcome in outcomes] == ["failed", "published"]
    with pytest.raises(mingzhang.Error) as caught:
        outcomes[0].report()
    assert caught.value.code == "empty-file"
    assert outcomes[1].report().fiscal_year == 2022


@pytest.mark.parametrize(("harm", "code"), [("abort", "crashed"), ("loop", "timeout"), ("eat", "out-of-memory")])
def test_a_worker_that_dies_costs_its_document_alone(monkeypatch, harm, code):
    from mingzhang import __main__ as entry

    digest = sha256(BUDGET.read_bytes()).hexdigest()
    # A worker takes its plant from its own command line.
    script = "import sys; from mingzhang.__main__ import main; sys.argv.append(sys.argv.pop(1)); main()"
    monkeypatch.setattr(entry, "ITSELF", [sys.executable, "-c", script, f"--plant={harm}={digest}"])
    outcomes = list(mingzhang.extract_many([BUDGET, PLANTED], jobs=1, timeout=5, memory=2048))
    assert [outcome.error and outcome.error.code for outcome in outcomes] == [code, None]


def test_whoever_stops_iterating_stops_the_run():
    outcomes = mingzhang.extract_many([CORPUS])
    assert next(outcomes).status == "published"
    outcomes.close()


def test_threads_work_at_once():
    results = [None] * 4
    expected = mingzhang.extract_json(BUDGET)

    def work(i):
        results[i] = mingzhang.extract_json(BUDGET)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(results))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * len(results)


def test_the_command_has_its_exit_statuses():
    assert command("extract", BUDGET).returncode == 0
    assert command("extract", PLANTED).returncode == 1
    assert command("extract", "no-such.pdf").returncode == 2
    assert command("nonsense").returncode == 3
    assert command("--version").stdout.startswith(b"mingzhang ")


def test_the_schema_is_the_command_s():
    assert mingzhang.schema() == json.loads(command("schema").stdout)
