"""The command: ``python -m mingzhang`` and ``mingzhang``."""

import signal
import sys

from mingzhang import _native

#: What starts this command, for its worker processes.
ITSELF = [sys.executable, "-m", "mingzhang"]


def main() -> None:
    # The command runs outside of Python, which would only note an interrupt and go on.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    sys.exit(_native.command(["mingzhang", *sys.argv[1:]], ITSELF))


if __name__ == "__main__":
    main()
