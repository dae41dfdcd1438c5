"""The sample consumers of docs/integrate as processes of their own, which may be killed and started again."""

import asyncio
import json
import os
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kinerja.stack.ports import HOST, choose

PLACE = Path(__file__).parents[2] / "docs" / "integrate"
KINDS = {"payroll": (sys.executable, PLACE / "payroll.py"), "dashboard": ("node", PLACE / "dashboard.mjs")}


@dataclass
class Sample:
    """One of them; what it keeps lies in a file beside it."""

    kind: str
    place: Path
    port: int
    secret: str = ""
    _process: asyncio.subprocess.Process | None = None

    @classmethod
    def of(cls, kind: str, place: Path) -> "Sample":
        return cls(kind, place, choose([kind], {})[kind])

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/hooks"

    async def start(self) -> None:
        program, script = KINDS[self.kind]
        self._process = await asyncio.create_subprocess_exec(
            program,
            str(script),
            str(self.port),
            str(self.place / f"{self.kind}.kept"),
            env={"PATH": os.environ["PATH"], "KINERJA_WEBHOOK_SECRET": self.secret},
        )
        await listening(HOST, self.port)

    async def kill(self) -> None:
        """At once, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            await self._process.wait()
            self._process = None

    async def says(self) -> Any:
        """What it has understood so far."""
        return json.loads((await asyncio.to_thread(_asked, f"http://{HOST}:{self.port}/", None, {}))[1])

    async def gets(self, body: bytes, headers: dict[str, str]) -> int:
        """The status that it answers to a delivery."""
        return (await asyncio.to_thread(_asked, self.url, body, headers))[0]


async def listening(host: str, port: int) -> None:
    """Return as soon as somebody takes connections there."""
    async with asyncio.timeout(20):
        while True:
            try:
                _, writer = await asyncio.open_connection(host, port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


def _asked(url: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=10) as answer:  # noqa: S310
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, b""
