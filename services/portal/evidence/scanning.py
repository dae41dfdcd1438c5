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
    process = await asyncio.create_subprocess_exec(*shlex.split(command), stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL)
    try:
        async with asyncio.timeout(_SECONDS):
            await process.communicate(content)
    except TimeoutError:
        process.kill()
        await process.wait()
    if process.returncode == _INFECTED:
        raise Unfit("infected")
    if process.returncode:
        raise Busy(
            "the virus scanner does not answer: the file was not taken, try again soon",
            "pemindai virus tidak menjawab: berkas tidak diterima, coba lagi sebentar",
        )
