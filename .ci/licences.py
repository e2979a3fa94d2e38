#!/usr/bin/env python3
"""Gathers the licences of everything compiled into the program: licences.py FOLDER

Run where the program was built. Writes one folder of licence texts for each crate and CRATES.txt, which lists each
with its version, licence and origin.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

TEXTS = re.compile(r"^(licen[cs]e|copying|copyright|notice|unlicense|ofl)", re.IGNORECASE)


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def compiled_in(metadata: dict) -> set[str]:
    """The ids of all packages that the program links, tests and build scripts aside."""
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    found, open_ = set(), [metadata["resolve"]["root"]]
    while open_:
        package = open_.pop()
        if package in found:
            continue
        found.add(package)
        for dependency in nodes[package]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                open_.append(dependency["pkg"])
    return found - {metadata["resolve"]["root"]}


def main() -> None:
    target = Path(sys.argv[1])
    host = re.search(r"^host: (.+)$", run("rustc", "-vV"), re.MULTILINE).group(1)
    metadata = json.loads(
        run("cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", host)
    )
    wanted = compiled_in(metadata)
    packages = [package for package in metadata["packages"] if package["id"] in wanted]
    packages.sort(key=lambda package: (package["name"], package["version"]))
    lines = ["A crate without a folder here carries no text of its own; LICENSE-APACHE and LICENSE-MIT apply as named.", ""]
    for package in packages:
        name = f"{package['name']}-{package['version']}"
        source = Path(package["manifest_path"]).parent
        texts = {file for file in source.iterdir() if file.is_file() and TEXTS.match(file.name)}
        if package["license_file"]:
            texts.add(source / package["license_file"])
        for file in texts:
            (target / name).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target / name / file.name)
        lines.append(f"{name}  {package['license'] or 'see its folder'}  {package['repository'] or ''}".rstrip())
    (target / "CRATES.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(packages)} crates")


if __name__ == "__main__":
    main()
