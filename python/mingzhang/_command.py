"""The command in the package, and how it is started anew."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from mingzhang import _native

#: What starts this command anew: this very package, whatever lies in the folder that one happens to be in.
ITSELF = [
    sys.executable,
    "-c",
    f"import sys; sys.path.insert(0, {str(Path(__file__).parents[1])!r}); from mingzhang._command import main; main()",
]


def worker_command(memory: int, plants: Sequence[str] = ()) -> list[str]:
    """What starts a worker process."""
    return [*ITSELF, "worker", f"--memory={memory}", *(f"--plant={plant}" for plant in plants)]


def main() -> None:
    """Does what the arguments of this process say, and ends it with the command's exit status."""
    # The command runs outside of Python, which would only note an interrupt and go on.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    sys.exit(_native.command(["mingzhang", *sys.argv[1:]], ITSELF))

