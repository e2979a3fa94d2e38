#!/usr/bin/env python3
"""Hyoka beside what its users would do instead, measured in one run on one machine and told as ratios.

    pip install openpyxl pandas krippendorff
    benches/side_by_side.py

Needs cargo. What else is not installed (a package, LibreOffice) is left out and said so. Each time is the shortest of
a few runs, so that other work on the machine disturbs least; the files are made by the same run.
"""

import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
CARGO = sys.argv[1] if len(sys.argv) > 1 else "cargo"
ROWS = []


def shortest(times, work):
    """The shortest of so many runs, in seconds."""
    best = None
    for _ in range(times):
        begin = time.perf_counter()
        work()
        took = time.perf_counter() - begin
        best = took if best is None else min(best, took)
    return best


def told(what, ours, theirs, peer):
    ROWS.append((what, ours, theirs, peer, theirs / ours))
    print(f"  {what}: {ours:.3f} s against {theirs:.3f} s with {peer}: {theirs / ours:.1f} x", file=sys.stderr)


def left_out(what, why):
    ROWS.append((what, None, None, why, None))
    print(f"  {what}: left out ({why})", file=sys.stderr)


def hyoka(folder):
    """Hyoka's own times, and the files in the folder."""
    command = [CARGO, "bench", "--bench", "peers", "--", str(folder)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))


def workbooks(ours, folder):
    book = folder / "large.xlsx"
    told("import a workbook of 50,000 rows, bare calamine only reading it", ours["import"], ours["calamine"], "calamine")
    try:
        import openpyxl
    except ImportError:
        left_out("read the workbook", "openpyxl is not installed")
    else:
        def read(**options):
            opened = openpyxl.load_workbook(book, **options)
            return sum(1 for sheet in opened for row in sheet.iter_rows(values_only=True) for _ in row)
        told("import the workbook", ours["import"], shortest(1, lambda: read(read_only=True)), "openpyxl, read only")
        told("import the workbook", ours["import"], shortest(1, read), "openpyxl")
    try:
        import pandas
    except ImportError:
        left_out("read the workbook", "pandas is not installed")
    else:
        frames = lambda: pandas.read_excel(book, sheet_name=None, header=None)
        told("import the workbook", ours["import"], shortest(1, frames), "pandas")
    convert("import the workbook", ours["import"], book, "csv", folder)


def alpha(ours, folder):
    try:
        import krippendorff
        import numpy
    except ImportError:
        left_out("alpha with 1,000 bootstraps", "krippendorff is not installed")
        return
    with open(folder / "scores.csv", encoding="utf-8") as file:
        units = numpy.array([[float(score) for score in row] for row in csv.reader(file)])

    def bootstrap(level):
        draws = numpy.random.default_rng(7)
        found = []
        for _ in range(1000):
            drawn = units[draws.integers(0, len(units), len(units))]
            found.append(krippendorff.alpha(reliability_data=drawn.T, level_of_measurement=level))
        return numpy.quantile(found, [0.025, 0.975])

    for level in ("nominal", "ordinal", "interval"):
        took = shortest(3, lambda: bootstrap(level))
        told(f"alpha ({level}) with 1,000 bootstraps", ours[level], took, "krippendorff")


def documents(ours, folder):
    with zipfile.ZipFile(folder / "bundle.zip") as bundle:
        names = [name for name in bundle.namelist() if name.endswith(".docx")]
        if not names:
            left_out("the report as a PDF", "the bundle has no Word file")
            return
        bundle.extract(names[0], folder)
    convert("the report as a PDF", ours["pdf"], folder / names[0], "pdf", folder)


def convert(what, ours, file, to, folder):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        left_out(what, "LibreOffice is not installed")
        return
    profile = f"-env:UserInstallation=file://{folder}/profile"

    def run(of):
        command = [office, profile, "--headless", "--convert-to", to, "--outdir", str(folder / "converted"), str(of)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    # The first start makes the profile, and is nobody's daily work.
    run(folder / "scores.csv")
    told(what, ours, shortest(1, lambda: run(file)), "LibreOffice")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        ours = hyoka(folder)
        workbooks(ours, folder)
        alpha(ours, folder)
        documents(ours, folder)
    print("| work | Hyoka | beside it | | ratio |")
    print("|---|---:|---:|---|---:|")
    for what, ours, theirs, peer, ratio in ROWS:
        if ratio is None:
            print(f"| {what} | | | left out: {peer} | |")
        else:
            print(f"| {what} | {ours:.4f} s | {theirs:.3f} s | {peer} | {ratio:.1f} x |")


if __name__ == "__main__":
    main()
