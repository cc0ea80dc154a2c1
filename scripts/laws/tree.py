"""Reads the tree and holds every law against every file."""

import re
from pathlib import Path

from laws import LAWS, SourceFile

FOLDERS = (".ci", "Benchmarks", "Fuzzing", "Plugins", "Sources", "Tests", "deploy", "docs", "scripts", "templates")
ALLOWANCES = "scripts/laws/allowed.txt"


def files(root):
    """Every file that people write, with its path below `root`; folders that a build made are left out."""
    found = [each for each in root.iterdir() if each.is_file()]
    for folder in FOLDERS:
        found += [each for each in (root / folder).rglob("*") if each.is_file()]
    for each in sorted(found):
        path = each.relative_to(root)
        if any(part in (".build", ".swiftpm", "__pycache__") for part in path.parts):
            continue
        data = each.read_bytes()
        if b"\0" in data:
            continue
        yield SourceFile(path.as_posix(), data.decode("utf-8", errors="replace"))


def allowances(root):
    """What may break a law: lines of `law path reason`."""
    allowed = {}
    path = root / ALLOWANCES
    for number, line in enumerate(path.read_text().splitlines() if path.exists() else [], 1):
        if line.strip() and not line.startswith("#"):
            law, file, reason = line.split(None, 2)
            allowed[law, file] = (number, reason)
    return allowed


def violations(root):
    """One line of text for each place that breaks a law, and for each allowance that nothing needs."""
    allowed = allowances(root)
    needed = set()
    for file in files(root):
        for law in LAWS:
            if not law.applies(file):
                continue
            for line, words in law.breaches(file):
                if (law.name, file.path) in allowed:
                    needed.add((law.name, file.path))
                    continue
                yield f"{file.path}:{line}: {law.name}: {words}: {law.says}; {law.mend}"
    for key, (number, _) in allowed.items():
        if key not in needed:
            yield f"{ALLOWANCES}:{number}: unused-allowance: {key[1]} breaks no {key[0]}; delete the line"
