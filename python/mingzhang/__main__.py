"""The command: ``python -m mingzhang``."""

from mingzhang._command import main

if __name__ == "__main__":
    main()
