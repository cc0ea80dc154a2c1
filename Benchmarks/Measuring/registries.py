"""A registry to measure with: a real one where there is one, else one of the same size made up from nothing."""

import subprocess
from pathlib import Path

from measure import ROOT

CORPUS = ROOT.parent / "shared" / "corpus" / "registries.tar.xz"
REAL = "registries/2026-08-22"
REAL_CHANGED = "config/testgrids/openshift/redhat-openshift-ocp-release-4.22-informing.yaml"


def registry(folder):
    """Puts a registry below `folder`; gives its path, and the file of some 4,700 lines that a change edits."""
    if CORPUS.exists():
        subprocess.run(["tar", "-C", str(folder), "-xJf", str(CORPUS), REAL], check=True)
        return Path(folder) / REAL, REAL_CHANGED
    print(f"There is no {CORPUS}: what follows is about a made-up registry of the same size, not the real one.")
    return _made_up(Path(folder) / "registry")


def _made_up(root):
    """150 TestGrid files and 600 job files, 9.3 MB together."""
    for number in range(150):
        # One is as long as the longest real ones, which is the one that is edited.
        groups = 587 if number == 0 else 80
        _write(root / f"config/testgrids/area-{number:03}/grid.yaml", testgrid_file(f"area-{number:03}", groups))
    for number in range(600):
        _write(root / f"config/jobs/area-{number:03}/jobs.yaml", _jobs_file(number, count=16))
    _write(root / "config/testgrids/default.yaml", _DEFAULTS)
    _write(root / "kettle/buckets.yaml", 'gs://made-up-results/logs/:\n  contact: "someone"\n  prefix: ""\n')
    return root, "config/testgrids/area-000/grid.yaml"


def testgrid_file(area, count, prefix=lambda index: "", bucket="made-up-results"):
    """A TestGrid file of so many test groups and one dashboard that shows them all."""
    names = [f"ci-{area}-{index:04}" for index in range(count)]
    lines = ["test_groups:"]
    for index, name in enumerate(names):
        lines += [f"- name: {name}", f"  gcs_prefix: {bucket}/logs/{name}", "  num_columns_recent: 10"]
    lines += ["dashboards:", f"- name: sig-{area}", "  dashboard_tab:"]
    for name in names:
        lines += [
            f"  - name: {name}",
            f"    test_group_name: {name}",
            f"    description: What {name} shows of {area} since it runs every day on three clouds",
            "    alert_options:",
            f"      alert_mail_to_addresses: {area}-alerts@example.com",
        ]
    return "\n".join(lines) + "\n"


def _jobs_file(number, count):
    lines = ["periodics:"]
    for index in range(count):
        name = f"ci-area-{number:03}-job-{index:02}"
        lines += [
            f"- name: {name}",
            "  interval: 6h",
            "  decorate: true",
            "  annotations:",
            f"    testgrid-dashboards: sig-area-{number % 150:03}",
            f"    testgrid-tab-name: {name}",
            f"    description: Runs the tests of area {number} once more with other settings",
            "  spec:",
            "    containers:",
            "    - image: registry.example.com/test-images/runner:v20260801-0123456789",
            "      command:",
            "      - runner.sh",
            "      args:",
            "      - --timeout=60m",
            f"      - --suite=area-{number}-{index}",
            "      resources:",
            "        limits: {cpu: 4, memory: 8Gi}",
            "        requests: {cpu: 4, memory: 8Gi}",
        ]
    return "\n".join(lines) + "\n"


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


_DEFAULTS = """\
default_test_group:
  days_of_results: 14
  num_columns_recent: 10
default_dashboard_tab:
  results_text: See these results
  base_options: width=10
"""
