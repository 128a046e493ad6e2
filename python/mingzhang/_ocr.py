"""The models that read scanned pages: those of a folder, or those that ``pip install 'mingzhang[ocr]'`` brought."""

from __future__ import annotations

from hashlib import sha256
from importlib.util import find_spec
from os import PathLike, fspath
from pathlib import Path

from mingzhang import _native

#: A folder of models, ``True`` for those that are installed, ``False`` for none.
Models = bool | str | PathLike[str]

#: The file of the PyPI package rapidocr, whose code is never run, and its hash.
MODEL = "PP-OCRv6_rec_small.onnx"
SHA256 = "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"


def folder(models: Models) -> str | None:
    """The folder of the models that are meant; ``FileNotFoundError`` where those that are installed are not there."""
    if models is False:
        return None
    return installed() if models is True else fspath(models)


def installed() -> str:
    """Where the package rapidocr keeps its models; their hash is that of the models which the program was measured with."""
    found = find_spec("rapidocr")
    for place in found.submodule_search_locations or [] if found else []:
        path = Path(place, "models", MODEL)
        if path.is_file():
            if sha256(path.read_bytes()).hexdigest() == SHA256:
                return str(path.parent)
            raise FileNotFoundError(f"{path}: expected the file of rapidocr 3.10, found another")
    raise FileNotFoundError("no models are installed: expected those of pip install 'mingzhang[ocr]'")


def seconds(timeout: int | None, models: Models) -> int:
    """How long a document may take where nothing else is said."""
    return _native.usual_seconds(models is not False) if timeout is None else timeout
