"""Documents for the tests: the project's own, and dumps that are made here."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "corpus"
BUDGET = CORPUS / "budget-run-twice.pdf"
PLANTED = CORPUS / "planted-contradictions.pdf"


def dump(year: int) -> bytes:
    """What some extractor made of a small budget."""
    return f"""云岭市林草局{year}年部门预算
{year}年收入预算总表
单位：万元
科目编码 科目名称 合计 一般公共预算 政府性基金
213 农林水支出 150.00 120.00 30.00
21302 林业和草原 150.00 120.00 30.00
""".encode()


def digest(document: bytes) -> str:
    """The hash that plants name a document by."""
    return sha256(document).hexdigest()


@pytest.fixture(scope="session")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of twenty documents: the corpus, and dumps."""
    folder = tmp_path_factory.mktemp("twenty")
    for path in sorted(CORPUS.glob("*.pdf")):
        (folder / path.name).write_bytes(path.read_bytes())
    for i in range(20 - len(list(folder.iterdir()))):
        (folder / f"dump-{i:02}.txt").write_bytes(dump(2021 + i))
    return folder
