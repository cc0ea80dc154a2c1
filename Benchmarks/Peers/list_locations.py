"""usage: list_locations.py ROOT FILE CONNECTIONS [REQUESTS]

Finds the newest build of each `gs://` address of a file as a plain aiohttp program would: everything since 60 days ago,
and where nothing came, from the first name on; then once more from the newest name on. With REQUESTS it instead sends
so many listings, going round the addresses. One line of JSON for each pass: {"pass", "requests", "seconds", "found"}.
"""

import asyncio
import json
import sys
import time

import aiohttp

# Milliseconds from 1970 to the epoch of Prow's ids.
SNOWFLAKE_EPOCH = 1288834974657
DAY_MILLISECONDS = 86_400_000


class Lister:
    """Lists over so many connections, and counts the requests."""

    def __init__(self, session, root):
        self.session = session
        self.root = root
        self.requests = 0

    async def newest(self, location, start):
        """The newest name from a start on; None where there is none."""
        bucket, prefix = location
        query = {"prefix": prefix, "delimiter": "/", "maxResults": "1000", "fields": "nextPageToken,prefixes"}
        if start:
            query["startOffset"] = prefix + start
        self.requests += 1
        async with self.session.get(f"{self.root}/storage/v1/b/{bucket}/o", params=query) as answer:
            page = await answer.json()
        return max((name[len(prefix) : -1] for name in page.get("prefixes", [])), default=None)

    async def newest_since(self, location, start):
        found = await self.newest(location, start)
        return found if found or not start else await self.newest(location, None)


async def one_pass(name, root, connections, jobs, work):
    """Does `work` for each job, as many side by side as there are connections."""
    waiting = iter(jobs)
    found = []
    connector = aiohttp.TCPConnector(limit=connections)
    start = time.perf_counter()
    async with aiohttp.ClientSession(connector=connector) as session:
        lister = Lister(session, root)

        async def worker():
            for job in waiting:
                found.append((job, await work(lister, *job)))

        await asyncio.gather(*(worker() for _ in range(connections)))
    seconds = time.perf_counter() - start
    newest = sum(1 for _, each in found if each)
    print(json.dumps({"pass": name, "requests": lister.requests, "seconds": seconds, "found": newest}), flush=True)
    return found


async def main(root, file, connections, requests):
    with open(file, encoding="utf-8") as lines:
        addresses = [line.strip().removeprefix("gs://") for line in lines if line.strip()]
    locations = [(address.split("/", 1)[0], address.split("/", 1)[1].rstrip("/") + "/") for address in addresses]
    since = int(time.time() * 1000) - 60 * DAY_MILLISECONDS
    start = str((since - SNOWFLAKE_EPOCH) << 22)
    if requests:
        jobs = ((locations[index % len(locations)], start) for index in range(requests))
        await one_pass("requests", root, connections, jobs, Lister.newest)
        return
    cold = await one_pass("cold", root, connections, [(each, start) for each in locations], Lister.newest_since)
    later = [(location, newest) for (location, _), newest in cold]
    await one_pass("later", root, connections, later, Lister.newest_since)


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]) if len(sys.argv) > 4 else 0))
