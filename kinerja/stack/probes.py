"""Ways to see from outside that a process is ready; plain sockets, because they are asked ten times a second."""

import asyncio
from contextlib import suppress

from kinerja.stack.ports import HOST

PATIENCE = 2.0


async def http_status(port: int, path: str) -> int | None:
    """The status that a GET answers; nothing if nobody answers."""
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(HOST, port)
            try:
                writer.write(f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nConnection: close\r\n\r\n".encode())
                words = (await reader.readline()).split()
            finally:
                writer.close()
                with suppress(OSError):
                    await writer.wait_closed()
    except (OSError, TimeoutError):
        return None
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else None


async def answers(port: int, path: str) -> bool:
    """Whether a GET answers 200."""
    return await http_status(port, path) == 200


async def listens(port: int) -> bool:
    """Whether somebody accepts connections here."""
    return await reachable(HOST, port)


async def reachable(host: str, port: int) -> bool:
    """Whether somebody accepts connections there."""
    try:
        async with asyncio.timeout(PATIENCE):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True
