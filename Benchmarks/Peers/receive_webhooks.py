"""Receives webhooks with gidgethub on aiohttp, and commits each body to SQLite or stores nothing.

usage: receive_webhooks.py PORT SECRET [DATABASE]
"""

import sqlite3
import sys

from aiohttp import web
from gidgethub import sansio

port, secret = int(sys.argv[1]), sys.argv[2]
database = None
if len(sys.argv) > 3:
    database = sqlite3.connect(sys.argv[3], isolation_level=None)
    # The log is the faster of SQLite's two ways, and syncing it at every commit is what "durable" means.
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE deliveries (id TEXT PRIMARY KEY, event TEXT, body BLOB)")


async def receive(request):
    body = await request.read()
    event = sansio.Event.from_http(request.headers, body, secret=secret)
    if database is not None:
        row = (event.delivery_id, event.event, body)
        database.execute("INSERT OR IGNORE INTO deliveries VALUES (?, ?, ?)", row)
    return web.Response(status=200)


application = web.Application(client_max_size=25 << 20)
application.router.add_post("/webhook", receive)
web.run_app(application, host="127.0.0.1", port=port, print=None, access_log=None)
