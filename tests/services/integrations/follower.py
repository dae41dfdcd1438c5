"""A reader of the feed as a program of its own: ``python -m tests.services.integrations.follower URL TOKEN FILE``.

What it read and where it stands it writes in one transaction of its file, so that a kill at any moment leaves both or
neither. An event that came twice would break the primary key.
"""

import http.client
import json
import sqlite3
import sys
import time
import urllib.request
from pathlib import Path

PAUSE_SECONDS = 0.2


def opened(path: Path) -> sqlite3.Connection:
    """The file with its tables."""
    file = sqlite3.connect(path, timeout=30)
    file.execute("create table if not exists read (place integer primary key, id text unique, body text)")
    file.execute("create table if not exists stand (one integer primary key check (one = 1), next text)")
    return file


def follow(url: str, token: str, path: Path) -> None:
    """For ever: read a page, keep it with the link to the next."""
    file = opened(path)
    while True:
        at = file.execute("select next from stand").fetchone()
        try:
            events, after = _page(url + (at[0] if at else "/v1/events?limit=500"), token)
        except (OSError, http.client.HTTPException):  # the service is away, or was killed in the middle of its answer
            time.sleep(PAUSE_SECONDS)
            continue
        with file:
            for event in events:
                place = (int(event["sequence"]), event["id"], json.dumps(event, ensure_ascii=False))
                file.execute("insert into read values (?, ?, ?)", place)
            file.execute("insert or replace into stand values (1, ?)", (after,))
        if not events:
            time.sleep(PAUSE_SECONDS)


def _page(address: str, token: str) -> tuple[list[dict[str, str]], str]:
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        link = answer.headers["Link"]
        return json.loads(answer.read()), link.partition("<")[2].partition(">")[0]


if __name__ == "__main__":
    follow(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
