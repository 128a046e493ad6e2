#!/usr/bin/env python3
"""Fills fuzz/corpus/TARGET with seeds from corpus/ and tests/regressions: whole files, or streams out of PDFs.

    fuzz-seeds.py reader|cmaps|content|dump|scan
"""
import pathlib
import re
import sys
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Small seeds are changed faster.
MAX_SEED = 4096
# In how many ways the target `scan` packs a picture.
PACKINGS = 6
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
MAPS = [
    b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <01> <5143> endbfchar "
    b"1 beginbfrange <02> <7f> <4e00> endbfrange 1 beginbfrange <80> <82> [<4e00> <00660069> <d840dc0b>] endbfrange endcmap",
    b"/GBK-EUC-H usecmap begincmap 2 begincodespacerange <00> <80> <8140> <fefe> endcodespacerange "
    b"1 begincidrange <d4a0> <d4ff> 4559 endcidrange 1 beginnotdefrange <00> <1f> 1 endnotdefrange /WMode 1 def endcmap",
]


def streams(path):
    """The inflated streams of a PDF."""
    for match in STREAM.finditer(path.read_bytes()):
        try:
            yield zlib.decompressobj().decompress(match[1])
        except zlib.error:
            continue


def seeds(target):
    """The seeds of a target."""
    pdfs = sorted((ROOT / "corpus").glob("*.pdf"))
    if target == "reader":
        for path in sorted((ROOT / "tests/regressions").glob("*.pdf")) + pdfs:
            yield path.read_bytes()
    elif target == "dump":
        for path in sorted((ROOT / "corpus").glob("*.txt")):
            text = path.read_bytes()
            yield from (text[at:at + MAX_SEED] for at in range(0, len(text), MAX_SEED))
    elif target == "content":
        for path in pdfs:
            for data in streams(path):
                if b" Tf" in data or b" re" in data:
                    yield data[:MAX_SEED]
    elif target == "scan":
        # A picture's packing, its width, and then its bytes.
        for path in sorted((ROOT / "corpus/scans").glob("*.pdf")):
            for match in STREAM.finditer(path.read_bytes()):
                yield from (bytes([packing, 64]) + match[1][:MAX_SEED] for packing in range(PACKINGS))
    else:
        yield from MAPS
        for path in pdfs:
            yield from (data[:MAX_SEED] for data in streams(path) if b"begincmap" in data)


def main():
    """Writes the seeds."""
    target = sys.argv[1]
    folder = ROOT / "fuzz/corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (folder / f"seed-{number:04}").write_bytes(seed)


if __name__ == "__main__":
    main()
