"""Programs that receive webhooks, each as a process on a port of this machine, and senders for them."""

import hashlib
import hmac
import http.client
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from measure import ROOT, peer, program, run

SECRET = "a secret of the bench alone"
BODY_BYTES = 28 * 1000
CONNECTIONS = 32


def delivery(folder):
    """A pull request of 28 kB in a file; gives the file and its signature."""
    sha = "0123456789abcdef0123456789abcdef01234567"
    repository = {"id": 21, "full_name": "acme/registry", "private": False, "default_branch": "main"}
    end = {"ref": "main", "sha": sha, "repo": repository}
    person = {"id": 11, "login": "jan", "type": "User"}
    pull = {"number": 7, "state": "open", "draft": False, "merged": False, "user": person, "head": end, "base": end}
    payload = {"action": "opened", "number": 7, "pull_request": pull, "repository": repository, "sender": person}
    # The rest of a real one is addresses, each under a key of its own.
    links = payload["links"] = {}
    while len(json.dumps(payload)) < BODY_BYTES:
        links[f"link_{len(links)}_url"] = f"https://api.github.com/repos/acme/registry/things/{len(links)}"
    body = json.dumps(payload).encode()
    path = Path(folder) / "delivery.json"
    path.write_bytes(body)
    return path, "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()


def send(port, path, signature, name, seconds, think=0):
    """Sends for some seconds over 32 connections; gives what wrk counted."""
    wrk = shutil.which("wrk") or sys.exit("bench: wrk is missing: apt-get install wrk")
    script = ROOT / "Benchmarks" / "Measuring" / "webhooks.lua"
    command = [wrk, "-t", "2", "-c", str(CONNECTIONS), "-d", f"{seconds}s", "-s", str(script)]
    command += [f"http://127.0.0.1:{port}/webhook", "--", str(path), signature, name, str(think)]
    counted = json.loads(run(command).output.splitlines()[-1])
    if counted["failed"]:
        sys.exit(f"bench: {name}: {counted['failed']} of {counted['requests']} requests were not answered 2xx")
    counted["rate"] = counted["requests"] / counted["seconds"]
    return counted


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Receiver:
    """A server that accepts connections."""

    def __init__(self, child, port, start):
        self.port, self._child, self._start = port, child, start
        self.ready_seconds = 0.0

    def wait_until_ready(self):
        """Notes the time from the start of the process to the first 200 of /readyz."""
        while True:
            client = http.client.HTTPConnection("127.0.0.1", self.port)
            client.request("GET", "/readyz")
            if client.getresponse().status == 200:
                self.ready_seconds = time.monotonic() - self._start
                return
            time.sleep(0.002)

    def memory(self, name="VmRSS"):
        """MiB that the process holds now, or with `VmHWM` has ever held."""
        for line in Path(f"/proc/{self._child.pid}/status").read_text().splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1]) / 1024
        sys.exit(f"bench: the system does not tell {name}")


@contextmanager
def process(command, port, folder, environment=None):
    """Runs a server until the block ends."""
    with open(Path(folder) / "log", "ab") as log:
        start = time.monotonic()
        child = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **(environment or {})})
        try:
            _wait_for(child, port, command)
            yield Receiver(child, port, start)
        finally:
            child.terminate()
            child.wait(timeout=60)


def _wait_for(child, port, command):
    end = time.monotonic() + 20
    while time.monotonic() < end and child.poll() is None:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.002)
    sys.exit(f"bench: {command[0]} did not start")


def send_large(port, count, size):
    """Sends so many large deliveries at once; gives how often each status was answered."""
    body = b"x" * size
    signature = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    statuses = {}

    def one(number):
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {
            "Content-Type": "application/json", "X-GitHub-Event": "push", "X-GitHub-Delivery": f"large-{number}",
            "X-Hub-Signature-256": signature,
        }
        client.request("POST", "/webhook", body, headers)
        status = client.getresponse().status
        statuses[status] = statuses.get(status, 0) + 1

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


@contextmanager
def bucketbot(folder):
    """The bot; whoever asks GitHub of it gets no answer, so that nothing but receiving is measured."""
    secrets = Path(folder) / "secret"
    secrets.write_text(SECRET)
    token = Path(folder) / "token"
    token.write_text("ghp_0123456789abcdef")
    port, database = free_port(), Path(folder) / "bot.sqlite"
    environment = {
        "BUCKETBOT_LISTEN": f"127.0.0.1:{port}", "BUCKETBOT_DATABASE": f"sqlite:{database}",
        "BUCKETBOT_WEBHOOK_SECRETS_FILE": str(secrets), "BUCKETBOT_INBOX_CAPACITY": "10000000",
        "BUCKETBOT_GITHUB_API_URL": "http://127.0.0.1:9", "BUCKETBOT_REPOSITORIES": "acme/registry",
        "BUCKETBOT_GITHUB_TOKEN_FILE": str(token), "BUCKETBOT_SWEEP_ENABLED": "false",
    }
    with process([program("bucketbot"), "serve"], port, folder, environment) as receiver:
        receiver.wait_until_ready()
        yield receiver


def stored(folder, name):
    """How many deliveries the file holds when the server has ended."""
    with sqlite3.connect(Path(folder) / name) as database:
        return database.execute("SELECT count(*) FROM deliveries").fetchone()[0]


@contextmanager
def debian_webhook(folder):
    """Debian's `webhook`, which checks the signature and runs a program that does nothing."""
    binary = shutil.which("webhook") or sys.exit("bench: webhook is missing: apt-get install webhook")
    rule = {
        "type": "payload-hmac-sha256", "secret": SECRET,
        "parameter": {"source": "header", "name": "X-Hub-Signature-256"},
    }
    hook = {
        "id": "webhook", "execute-command": "/bin/true", "trigger-rule": {"match": rule},
        "trigger-rule-mismatch-http-response-code": 403,
    }
    hooks = Path(folder) / "hooks.json"
    hooks.write_text(json.dumps([hook]))
    port = free_port()
    command = [binary, "-hooks", str(hooks), "-ip", "127.0.0.1", "-port", str(port), "-urlprefix", ""]
    with process(command, port, folder) as receiver:
        yield receiver


@contextmanager
def gidgethub(folder, database=None):
    """gidgethub on aiohttp; commits each body where it is given a database."""
    port = free_port()
    command = peer("receive_webhooks.py") + [str(port), SECRET]
    with process(command + ([str(Path(folder) / database)] if database else []), port, folder) as receiver:
        yield receiver
