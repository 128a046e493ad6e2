"""The command in the package, and how it is started anew."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from mingzhang import _native, _ocr

#: What starts this command anew: this very package, whatever lies in the folder that one happens to be in.
ITSELF = [
    sys.executable,
    "-c",
    f"import sys; sys.path.insert(0, {str(Path(__file__).parents[1])!r}); from mingzhang._command import main; main()",
]


def worker_command(memory: int, plants: Sequence[str] = (), models: str | None = None) -> list[str]:
    """What starts a worker process, which reads scanned pages where it is given models."""
    ocr = [] if models is None else [f"--ocr={models}"]
    return [*ITSELF, "worker", f"--memory={memory}", *ocr, *(f"--plant={plant}" for plant in plants)]


def with_models(arguments: Sequence[str]) -> list[str]:
    """The arguments, ``--ocr installed`` with the folder of the models that are installed; else it is for the command to refuse."""
    given = list(arguments)
    for i, argument in enumerate(given):
        if argument == "--":
            break
        if argument == "--ocr=installed" or given[max(i - 1, 0) : i + 1] == ["--ocr", "installed"]:
            try:
                models = _ocr.installed()
            except FileNotFoundError as missing:
                sys.stderr.write(f"--ocr: {missing}\n")
                sys.exit(3)
            given[i] = models if argument == "installed" else f"--ocr={models}"
    return given


def main() -> None:
    """Does what the arguments of this process say, and ends it with the command's exit status."""
    # The command runs outside of Python, which would only note an interrupt and go on.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    sys.exit(_native.command(["mingzhang", *with_models(sys.argv[1:])], ITSELF))

