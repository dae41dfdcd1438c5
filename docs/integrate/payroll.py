"""A payroll that releases an allowance when a result is final, and holds it when that result is superseded.

KINERJA_WEBHOOK_SECRET=whsec_... python3 payroll.py 8397 payroll.db
POST /hooks takes deliveries (result-finalised, result-superseded), GET / says what is released and what is held.
Nothing but the standard library; what is received and what follows from it are one transaction, so that a crash loses neither.
"""

import base64
import hashlib
import hmac
import json
import os
import sqlite3
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

KEY = base64.b64decode(os.environ["KINERJA_WEBHOOK_SECRET"].removeprefix("whsec_"))
TOLERANCE = 300
STORE = sqlite3.connect(sys.argv[2], isolation_level=None)
STORE.executescript("""
    create table if not exists received (id text primary key, at integer);
    create table if not exists allowances (appraisal text primary key, servant text, version integer, predicate text, state text);
""")


def genuine(headers, body):
    """Signed with our secret over exactly this body, id and time, and not older or newer than five minutes."""
    said = [headers.get(name, "") for name in ("webhook-id", "webhook-timestamp", "webhook-signature")]
    if not all(said) or not said[1].isdecimal() or len(said[1]) > 12 or abs(time.time() - int(said[1])) > TOLERANCE:
        return False
    ours = hmac.new(KEY, f"{said[0]}.{said[1]}.".encode() + body, hashlib.sha256).digest()
    right = b"v1," + base64.b64encode(ours)
    return any(hmac.compare_digest(one.encode(), right) for one in said[2].split())


def take(ident, at, event):
    """Once for each id, however often it is delivered; an older version never undoes a newer one.

    Returns whether it is Kinerja's own: what is sent once more is signed anew, at a later time. The same time again is
    somebody who has listened.
    """
    STORE.execute("begin immediate")
    had = STORE.execute("select at from received where id = ?", [ident]).fetchone()
    if had is None or had[0] < at:
        STORE.execute("insert or replace into received values (?, ?)", [ident, at])
    if had is None:
        data, name = event["data"], event["type"].split(".")[-2]
        row = STORE.execute("select version from allowances where appraisal = ?", [data.get("appraisal_id")]).fetchone()
        known = row[0] if row else 0
        if name == "result-finalised" and data["version"] >= known:
            keep(data, data["predicate"], "RELEASED")
        elif name == "result-superseded" and data["was_final"] and data["version"] >= known:
            keep(data, None, "HELD")  # until the version that takes its place is final
    STORE.execute("commit")
    return had is None or had[0] < at


def keep(data, predicate, state):
    row = [data["appraisal_id"], data["servant_id"], data["version"], predicate, state]
    STORE.execute("insert or replace into allowances values (?, ?, ?, ?, ?)", row)


class Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not genuine(self.headers, body):
            return self.answer(401)
        ident, at = self.headers["webhook-id"], int(self.headers["webhook-timestamp"])
        self.answer(204 if take(ident, at, json.loads(body)) else 401)

    def do_GET(self):
        rows = STORE.execute(
            "select servant, appraisal, version, predicate, state from allowances order by servant, appraisal"
        )
        names = ("servant", "appraisal", "version", "predicate", "state")
        self.answer(200, json.dumps([dict(zip(names, row)) for row in rows]).encode())

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(HTTPServer):
    request_queue_size = 128


Server(("127.0.0.1", int(sys.argv[1])), Hook).serve_forever()
