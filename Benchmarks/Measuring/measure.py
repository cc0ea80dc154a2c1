"""Runs programs and says what they took; prints what came of it as a table, beside a peer and a budget."""

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "Benchmarks" / "Peers"


@dataclass
class Run:
    """What one process took: wall and CPU in seconds, the most memory in MiB, and what it printed."""

    wall: float
    cpu: float
    peak: float
    output: str


def setting(name):
    """A setting of scripts/bench, which starts the programs of scripts/bench.d."""
    if name not in os.environ:
        sys.exit(f"{Path(sys.argv[0]).name}: {name} is not set; run it by scripts/bench")
    return os.environ[name]


def program(name):
    """A program of the release build, by its name."""
    return str(Path(setting("BENCH_PROGRAMS")) / name)


def peer(name):
    """A peer in Python, as the beginning of a command."""
    return [setting("BENCH_PYTHON"), "-B", str(PEERS / name)]


def run(command, statuses=(0,), environment=None):
    """Runs a command to its end; ends this program when the status is none of `statuses`.

    A process counts as at least as large as the one that starts it, so this one has to stay small: whatever is large
    is made by processes of its own.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.monotonic()
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, env={**os.environ, **(environment or {})}
        )
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        text = output.read().decode()
        if child.returncode not in statuses:
            said = errors.read().decode()[-2000:]
            sys.exit(f"bench: {' '.join(command)} ended with {child.returncode}\n{said}{text[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text)


def alternate(rounds, **commands):
    """Runs several commands in turn, so that a slow moment of the machine meets all; gives the runs by their names."""
    runs = {name: [] for name in commands}
    for _ in range(rounds):
        for name, call in commands.items():
            runs[name].append(call())
    return runs


def middle(runs, what):
    """The median of one figure of several runs."""
    return median(getattr(each, what) for each in runs)


@contextmanager
def stand_in(world, latency_milliseconds):
    """Serves a world on loopback; the value has its `root`, and after the end `summary` of what it was asked."""
    served = _Served(world, latency_milliseconds)
    try:
        yield served
    finally:
        served.end()


class _Served:
    def __init__(self, world, latency_milliseconds):
        self._process = subprocess.Popen(
            [program("gcs-stand-in"), str(world), str(latency_milliseconds)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        self.root = self._process.stdout.readline().strip()
        self.summary = {}
        if not self.root:
            sys.exit("bench: the stand-in did not start")

    def end(self):
        said, _ = self._process.communicate(timeout=60)
        self.summary = json.loads(said) if said.strip() else {}


class Table:
    """Lines of figures with a peer's beside them."""

    def __init__(self):
        self._rows = [("what", "ours", "peer", "ratio", "budget", "")]
        self.missed = 0

    def add(self, what, ours, peer=None, unit="s", budget="", met=None):
        """One line; `met` is None where no budget was set."""
        ratio = f"{ours / peer:.2f}" if peer else ""
        verdict = {None: "", True: "met", False: "MISSED"}[met]
        if met is False:
            self.missed += 1
        shown = "" if peer is None else _figure(peer, unit)
        self._rows.append((what, _figure(ours, unit), shown, ratio, budget, verdict))

    def print(self):
        """Prints the lines, and fails the program when a budget was missed."""
        widths = [max(len(row[column]) for row in self._rows) for column in range(6)]
        for row in self._rows:
            cells = [row[0].ljust(widths[0])] + [row[i].rjust(widths[i]) for i in (1, 2, 3)]
            print("  ".join(cells + [row[4].ljust(widths[4]), row[5]]).rstrip())
        sys.stdout.flush()


def _figure(value, unit):
    digits = 0 if unit in ("", "MiB") else 3 if unit == "s" and value < 10 else 1
    return f"{value:.{digits}f} {unit}".rstrip()


def finish(table):
    """Prints a table, and ends with 1 when it has a budget that was missed."""
    table.print()
    sys.exit(1 if table.missed else 0)
