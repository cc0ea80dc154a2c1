"""Buckets that the stand-in makes up as it is asked, and the registry that names them."""

import json
from pathlib import Path

from registries import testgrid_file

BUCKETS = 60
GROUPS_PER_BUCKET = 75
# How far back from the newest result the oldest one lies at most: the silent jobs ended 690 days ago at the earliest,
# and ids have 19 digits since 25 May 2018.
OLDEST_RESULT_DAYS = 2_300


def snowflake_world(folder):
    """4,500 groups of Prow's ids in 60 buckets; gives the folders of the world and of the registry, and the addresses.

    Of 50 groups 40 are fresh, 4 ageing and 6 stale; they keep 40 to 3,000 builds, from an hour to a day apart.
    """
    world, registry = Path(folder) / "world", Path(folder) / "registry"
    world.mkdir()
    addresses = []
    for number in range(BUCKETS):
        bucket, area = f"bench-results-{number:02}", f"bench-{number:02}"
        jobs = []
        for index in range(GROUPS_PER_BUCKET):
            directory = f"logs/ci-{area}-{index:04}/"
            jobs.append({"directory": directory, "ids": "snowflake", **_history(number * GROUPS_PER_BUCKET + index)})
            addresses.append(f"gs://{bucket}/{directory}")
        (world / f"{bucket}.json").write_text(json.dumps({"jobs": jobs}))
        path = registry / f"config/testgrids/{area}/config.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(testgrid_file(area, GROUPS_PER_BUCKET, bucket=bucket))
    return world, registry, addresses


def _history(index):
    """When the newest build of a group started, how many there are, and how far apart."""
    kind = index % 50
    if kind < 40:
        newest = f"now-{1 + index % 71}h"
    elif kind < 44:
        newest = f"now-{61 + index % 29}d"
    else:
        newest = f"now-{91 + index % 600}d"
    counts = (40, 120, 300, 700, 1500, 3000)
    minutes = (60, 120, 240, 360, 720, 1440)
    interval = minutes[index // 6 % len(minutes)]
    oldest = OLDEST_RESULT_DAYS * 24 * 60 // interval
    return {"newest": newest, "count": min(counts[index % len(counts)], oldest), "intervalMinutes": interval}


def sequential_world(folder, count):
    """One job of so many builds that are numbered from 1; gives the folder of the world, and the job's address."""
    world = Path(folder) / "world"
    world.mkdir()
    job = {
        "directory": "logs/ci-large/", "ids": "sequential", "count": count, "newest": "now-1h", "intervalMinutes": 10,
    }
    (world / "bench-large.json").write_text(json.dumps({"jobs": [job]}))
    return world, "gs://bench-large/logs/ci-large/"
