"""Which addresses a webhook may go to: none by which somebody outside would reach what lies inside (request forgery)."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from kit.errors import Invalid, fault

LONGEST_URL = 2_000
HTTPS = 443
_LOCAL_HOST = "127.0.0.1"
_SPECIAL = (  # whatever the standard library of the day says of them
    ipaddress.ip_network("100.64.0.0/10"),  # shared by the customers of a provider (RFC 6598)
    ipaddress.ip_network("192.0.0.0/24"),  # of protocols (RFC 6890)
    ipaddress.ip_network("192.88.99.0/24"),  # relays of 6to4
    ipaddress.ip_network("198.18.0.0/15"),  # measurements
    ipaddress.ip_network("2001::/23"),  # of protocols
    ipaddress.ip_network("3fff::/20"),  # documentation
    ipaddress.ip_network("5f00::/16"),  # segment routing
    ipaddress.ip_network("64:ff9b::/96"),  # NAT64 (RFC 6052): leads to the IPv4 address in its end
    ipaddress.ip_network("64:ff9b:1::/48"),  # RFC 8215
    ipaddress.ip_network("2002::/16"),  # 6to4
    ipaddress.ip_network("::/96"),  # IPv4-compatible, long out of use
    ipaddress.ip_network("fec0::/10"),  # site-local, the private addresses before RFC 4193
)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect, taken apart once."""

    url: str
    host: str
    port: int
    path: str
    """With the query."""
    local: bool = False
    """On this machine, without TLS: for a developer's own receiver."""


def target(url: str, *, local: bool = False) -> Target:
    """The parts of an address; raises Invalid for one that nobody may be told at. ``local`` permits http://127.0.0.1."""
    if len(url) > LONGEST_URL or any(ord(letter) <= 32 or ord(letter) == 127 for letter in url):
        raise _invalid("it is too long, or has blanks", "terlalu panjang, atau berisi spasi")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _invalid("it is no address", "bukan alamat") from error
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if local and parts.scheme == "http" and parts.hostname == _LOCAL_HOST and parts.username is None:
        return Target(url, _LOCAL_HOST, port or 80, path, local=True)
    if parts.scheme != "https" or not parts.hostname:
        raise _invalid("it does not begin with https://", "tidak diawali https://")
    if port not in (None, HTTPS):
        raise _invalid("the port is not 443", "portanya bukan 443")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise _invalid("it has a user or a fragment", "berisi pengguna atau fragmen")
    host = _readable(parts.hostname)
    if (literal := as_address(host)) is not None and not is_public(literal):
        raise _invalid("it lies in a network that is not public", "berada di jaringan yang tidak publik")
    return Target(url, host, HTTPS, path)


def is_public(address: Address) -> bool:
    """Whether it leads out: not to this machine, a private network, a link, a cloud's metadata, or a group."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address.scope_id is not None:
            return False
    if any(address in network for network in _SPECIAL if network.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def as_address(host: str) -> Address | None:
    """The address that a host is written as, if it is one and no name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _readable(host: str) -> str:
    """The host in ASCII, as certificates have it."""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise _invalid("the name of the host is none", "nama hostnya bukan nama") from error


def _invalid(en: str, indonesian: str) -> Invalid:
    whole = (
        f"no webhook goes to this address: {en}; give one like https://example.go.id/hooks, on port 443 and reachable from"
        " the internet"
    )
    dalam = (
        f"webhook tidak dikirim ke alamat ini: {indonesian}; berikan seperti https://example.go.id/hooks, port 443 dan"
        " dapat dijangkau dari internet"
    )
    return Invalid(whole, dalam, errors=[fault("body.url", whole, dalam)])
