"""Measures a run over many generated documents: one job beside two, and the parent's memory as it goes.

    python3 scripts/measure-batch.py [--count 1000] [--pages 30] [--folder DIR] [--format json,jsonl]

Wants release builds of the program and of the generator; Linux, for /proc. Documents are made in DIR once.
"""

import argparse
import json
import pathlib
import resource
import shutil
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
RELEASE = ROOT / "target" / "release"


def resident(pid):
    """Resident memory of a process in KiB; None where it is gone."""
    try:
        lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), None)


def done(journal):
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def run(documents, out, n_jobs, formats):
    """Wall seconds, processor seconds, and the parent's memory by the number of documents done."""
    shutil.rmtree(out, ignore_errors=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    command = [RELEASE / "mingzhang", "extract", documents, "--out", out, "--quiet"]
    child = subprocess.Popen([*command, "--jobs", str(n_jobs), "--format", formats])
    memory = {}
    while child.poll() is None:
        n_done, kib = done(out / "journal.jsonl"), resident(child.pid)
        if kib:
            memory[n_done] = kib
        time.sleep(0.05)
    wall = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, memory


def pages_a_second(documents, n, read):
    """Pages a second that one process of another tool reads, over the first documents."""
    n_pages = 0
    begun = time.monotonic()
    for path in sorted(documents.glob("*.pdf"))[:n]:
        n_pages += read(path)
    return n_pages / (time.monotonic() - begun)


def with_pdfplumber(path):
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.dedupe_chars().extract_tables()
        return len(pdf.pages)


def with_pymupdf(path):
    import fitz

    with fitz.open(path) as pdf:
        for page in pdf:
            page.find_tables().tables
        return len(pdf)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "target" / "measure-batch")
    parser.add_argument("--format", default="json")
    parser.add_argument("--others", type=int, default=0, help="documents that pdfplumber and PyMuPDF read too")
    args = parser.parse_args()
    documents = args.folder / f"documents-{args.count}-{args.pages}"
    if not documents.exists():
        generate = [RELEASE / "examples" / "generate", "--out", documents, "--mix"]
        subprocess.run([*generate, "--count", str(args.count), "--pages", str(args.pages)], check=True)
        for truth in documents.glob("*.json"):
            truth.unlink()
    walls = {}
    for n_jobs in (1, 2):
        walls[n_jobs], processor, memory = run(documents, args.folder / "out", n_jobs, args.format)
        at = {n: memory[min(memory, key=lambda m: abs(m - n))] for n in (args.count // 10, args.count)}
        memory_said = ", ".join(f"{kib / 1024:.1f} MiB at document {n}" for n, kib in at.items())
        print(f"{n_jobs} jobs: {walls[n_jobs]:.1f} s, {processor:.1f} s of processors; parent {memory_said}", flush=True)
    print(f"two jobs are {walls[1] / walls[2]:.2f} times as fast as one")
    index = (args.folder / "out" / "index.jsonl").read_text().splitlines()
    n_pages = sum(json.loads(line).get("pages") or 0 for line in index)
    print(f"pages a second: {n_pages / walls[1]:.0f} with one job, {n_pages / walls[2]:.0f} with two")
    if args.others:
        for name, read in (("pdfplumber", with_pdfplumber), ("PyMuPDF", with_pymupdf)):
            rate = pages_a_second(documents, args.others, read)
            print(f"pages a second of {name}'s tables, {args.others} documents: {rate:.1f}", flush=True)


if __name__ == "__main__":
    main()
