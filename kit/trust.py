"""Which issuer a process may trust in production, and where one with development settings may listen."""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

LOCAL_ISSUER = "http://kinerja.local"
_LOCAL_NAME = "kinerja.local"
_PRIVATE_SUFFIXES = (".internal", ".cluster.local")
"""Names that a network gives itself: ICANN's private top-level domain, and Kubernetes' services."""


def require_real_issuer(*, issuer: str, jwks: str) -> None:
    """Raises ValueError for what production must not trust: the development issuer, keys in a file, keys in clear.

    Whoever can change a file or a connection on its way could sign tokens for anybody. In clear is allowed only within
    the network of the process: a name without dots (a container's), a private address, ``*.internal``,
    ``*.cluster.local``. Both may be empty: then no token verifies.
    """
    for name, value in (("KINERJA_OIDC_ISSUER", issuer), ("KINERJA_OIDC_JWKS", jwks)):
        if not value:
            continue
        url = urlsplit(value.strip())
        if url.scheme not in ("http", "https") or not url.hostname:
            raise ValueError(f"{name}={value} is no URL: production takes https://...")
        host = url.hostname.rstrip(".")
        if host == _LOCAL_NAME or host.endswith(f".{_LOCAL_NAME}"):
            raise ValueError(f"{name}={value} is the development issuer: refused in production")
        if url.scheme == "http" and not _within(url):
            raise ValueError(f"{name}={value} would be fetched in clear: refused in production, set it to https://...")


def require_loopback(*, environment: str, host: str) -> None:
    """Raises ValueError where development settings would listen to others: anybody with the state directory signs tokens."""
    if not is_loopback(host):
        raise ValueError(
            f"KINERJA_HTTP_HOST={host} is refused with KINERJA_ENVIRONMENT={environment}: development settings listen on "
            "127.0.0.1 only; for others, set KINERJA_ENVIRONMENT=production and an issuer of yours"
        )


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches what listens there."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _within(url: SplitResult) -> bool:
    host = (url.hostname or "").rstrip(".")
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(_PRIVATE_SUFFIXES)
