"""A mail server that keeps what it gets, and refuses what it is told to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Literal

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.certificates import Certificate

USER, PASSWORD = "kinerja", "rahasia-surat"


class Sink:
    """What arrived, and how addresses are answered."""

    def __init__(self, *, user: tuple[str, str] | None = None) -> None:
        self.port = 0
        self.messages: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        """SMTP answer by recipient, e.g. ``550 no such user``; everybody else is accepted."""
        self.logins: list[tuple[str, bool]] = []
        """Who said who they are, and whether the line was encrypted."""
        self._user = user
        self._came = asyncio.Event()

    def login(self, server: SMTP, session: Session, envelope: Envelope, how: str, data: LoginPassword) -> AuthResult:
        name, password = data.login.decode(), data.password.decode()
        encrypted = server.transport is not None and server.transport.get_extra_info("sslcontext") is not None
        self.logins.append((name, encrypted))
        return AuthResult(success=(name, password) == self._user, handled=False)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._user and not session.authenticated:
            return "530 say who you are first"
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content or b""
        self.messages.append(message_from_bytes(content, EmailMessage, policy=policy.default))
        self._came.set()
        return "250 kept"

    async def has(self, count: int) -> None:
        """Wait until so many messages have come."""
        while len(self.messages) < count:
            self._came.clear()
            await self._came.wait()

    @property
    def recipients(self) -> list[str]:
        """Who got mail, in order."""
        return [str(message["To"]) for message in self.messages]


@asynccontextmanager
async def mail_server(
    port: int = 0,
    *,
    tls: Literal["starttls", "implicit", "off"] = "off",
    certificate: Certificate | None = None,
    user: tuple[str, str] | None = None,
) -> AsyncIterator[Sink]:
    """Listens on a free port until the block ends; with a user, it takes mail from nobody else."""
    sink = Sink(user=user)
    context = certificate.server if certificate else None

    def session() -> SMTP:
        return SMTP(
            sink,
            enable_SMTPUTF8=True,
            tls_context=context if tls == "starttls" else None,
            authenticator=sink.login,
            auth_require_tls=tls == "starttls",  # it does not see TLS that began before it
        )

    server = await asyncio.get_running_loop().create_server(
        session, "127.0.0.1", port, ssl=context if tls == "implicit" else None
    )
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        server.close()
