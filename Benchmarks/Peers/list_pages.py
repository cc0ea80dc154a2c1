"""usage: list_pages.py ROOT gs://BUCKET/PREFIX/     pages through a directory and keeps only its largest number"""

import asyncio
import json
import sys

import aiohttp


async def main(root, address):
    bucket, prefix = address.removeprefix("gs://").split("/", 1)
    query = {"prefix": prefix, "delimiter": "/", "maxResults": "1000", "fields": "nextPageToken,prefixes"}
    largest, requests = 0, 0
    async with aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"{root}/storage/v1/b/{bucket}/o", params=query) as answer:
                page = await answer.json()
            requests += 1
            for name in page.get("prefixes", []):
                number = name[len(prefix) : -1]
                if number.isdigit():
                    largest = max(largest, int(number))
            if "nextPageToken" not in page:
                break
            query["pageToken"] = page["nextPageToken"]
    print(json.dumps({"requests": requests, "newest": largest}))


asyncio.run(main(sys.argv[1], sys.argv[2]))
