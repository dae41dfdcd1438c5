"""The hook for a virus scanner: a command that reads the file and says by its exit code whether it is clean."""

import asyncio
import shlex
from asyncio.subprocess import DEVNULL, PIPE

from kit.errors import Busy
from services.portal.evidence.rules.kinds import Unfit

_SECONDS = 30.0
_INFECTED = 1
"""What clamdscan and its like answer for a find; anything else but 0 is a scanner that does not work."""


async def scan(command: str, content: bytes) -> None:
    """Return for a clean file, and where no scanner is set; raises Unfit for a find, Busy where the scanner fails."""
    if not command:
        return
    code = await _code(command, content)
    if code == _INFECTED:
        raise Unfit("infected")
    if code:
        raise Busy(
            "the virus scanner does not answer: the file was not taken, try again soon",
            "pemindai virus tidak menjawab: berkas tidak diterima, coba lagi sebentar",
        )


async def _code(command: str, content: bytes) -> int | None:
    """With which the scanner ends; -1 where there is none under this name."""
    try:
        process = await asyncio.create_subprocess_exec(
            *shlex.split(command), stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL
        )
    except OSError:
        return -1
    try:
        async with asyncio.timeout(_SECONDS):
            await process.communicate(content)
    except TimeoutError:
        process.kill()
        await process.wait()
    return process.returncode
