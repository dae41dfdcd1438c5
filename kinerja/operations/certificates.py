"""Certificates: of files, and of servers that are asked; what ends when."""

import json
import socket
import ssl
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509

from kinerja.stack.errors import StackError

PATIENCE_SECONDS = 5.0
LARGEST_BYTES = 2**20
"""A file beyond it holds no certificates that anybody put there."""
_MARK = b"-----BEGIN CERTIFICATE-----"


@dataclass(frozen=True, slots=True)
class Ending:
    """A certificate, or a place that should have had one."""

    subject: str
    where: str
    ends: datetime | None
    """None if it cannot be read; then ``fault`` says why."""
    fault: str = ""

    def left(self, now: datetime) -> int | None:
        """Whole days until it ends; negative from the first hour after it."""
        return None if self.ends is None else (self.ends - now) // timedelta(days=1)


def soonest(found: Iterable[Ending]) -> list[Ending]:
    """What cannot be read comes first, then what ends first."""
    return sorted(found, key=lambda one: (one.ends or datetime.min.replace(tzinfo=UTC), one.where))


def below(directory: Path) -> Iterator[Ending]:
    """Those in the PEM files of a folder and of the folders in it."""
    for path in sorted(directory.rglob("*")):
        if path.is_file() and path.stat().st_size <= LARGEST_BYTES:
            yield from _of_file(path)


def of_gateways(file: Path) -> Iterator[Ending]:
    """Those that the file of national gateways names as `ca`; nothing else of it is looked at."""
    try:
        cities = json.loads(file.read_text(encoding="utf-8"))
        named = {str(one["ca"]): city for city, one in cities.items() if one.get("ca")}
    except (OSError, ValueError, AttributeError) as error:
        yield Ending("national gateways", str(file), None, f"cannot be read: {type(error).__name__}")
        return
    for path, city in named.items():
        for one in list(_of_file(Path(path))) or [Ending("", path, None, "holds no certificate")]:
            yield replace(one, subject=one.subject or f"national gateway of {city}")


def shown_by(address: str) -> Ending:
    """What a server shows that speaks TLS from the first byte, trusted or not; raises StackError for no address."""
    host, sign, port = address.rpartition(":")
    if not sign or not host or not port.isdecimal():
        raise StackError(f"--connect wants HOST:PORT, e.g. kinerja.example.go.id:443; not {address!r}")
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # it is looked at, not believed
    name = host.strip("[]")
    try:
        with (
            socket.create_connection((name, int(port)), timeout=PATIENCE_SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=name) as secured,
        ):
            shown = secured.getpeercert(binary_form=True) or b""
        return _ending(x509.load_der_x509_certificate(shown), address)
    except (OSError, ValueError, OverflowError) as error:
        return Ending("", address, None, f"shows no certificate: {error}")


def _of_file(path: Path) -> Iterator[Ending]:
    """None for a file without certificates."""
    try:
        content = path.read_bytes()
        found = x509.load_pem_x509_certificates(content) if _MARK in content else []
    except OSError as error:
        yield Ending("", str(path), None, error.strerror or "cannot be read")
        return
    except ValueError:
        yield Ending("", str(path), None, "holds a certificate that cannot be read")
        return
    yield from (_ending(one, str(path)) for one in found)


def _ending(certificate: x509.Certificate, where: str) -> Ending:
    return Ending(certificate.subject.rfc4514_string() or "(no name)", where, certificate.not_valid_after_utc)
