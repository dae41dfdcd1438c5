"""A mail server that delivers to nobody: ``python -m kinerja.stack.mail PORT DIRECTORY`` keeps each message as .eml."""

import asyncio
import signal
import sys
from pathlib import Path

from kinerja.stack import probes
from kinerja.stack.ports import HOST
from kinerja.stack.processes import Changed, Child, Program, unheard


def mail(*, port: int, directory: Path, log: Path, changed: Changed = unheard) -> Child:
    """The sink, not started yet."""
    return Child(
        Program(
            name="mail",
            command=(sys.executable, "-m", "kinerja.stack.mail", str(port), str(directory)),
            log=log,
            ready=lambda: probes.listens(port),
            url=f"smtp://{HOST}:{port}",
            patience=3,
        ),
        changed=changed,
    )


async def serve(port: int, directory: Path) -> None:
    """Accept mail until it is stopped."""
    from aiosmtpd.smtp import SMTP, Envelope, Session  # noqa: PLC0415 - an engine: only the sink's process needs it
    from uuid_utils import uuid7  # noqa: PLC0415

    class Keep:
        """Writes what arrives; names sort by time."""

        async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
            content = envelope.original_content or b""
            recipients = ", ".join(envelope.rcpt_tos)
            await asyncio.to_thread(
                _store, directory / f"{uuid7()}.eml", f"X-RcptTo: {recipients}\r\n".encode() + content
            )
            return "250 kept"

    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Keep(), enable_SMTPUTF8=True), HOST, port)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()
    server.close()


def _store(path: Path, content: bytes) -> None:
    draft = path.with_suffix(".part")
    draft.write_bytes(content)
    draft.rename(path)


if __name__ == "__main__":
    Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
