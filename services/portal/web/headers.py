"""What every page tells the browser: whom to believe (ourselves), what to keep (nothing of people), where forms may go."""

from collections.abc import Mapping

_OWN = "'self'"


def page_headers(issuer: str) -> Mapping[str, str]:
    """For every page: no inline script or style, nobody else's files, forms to us and to the issuer's sign-out."""
    own = dict.fromkeys(("script-src", "style-src", "img-src", "connect-src", "manifest-src", "worker-src"), _OWN)
    policy = {
        "default-src": "'none'",
        **own,
        "form-action": f"{_OWN} {issuer}".strip(),
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
        "Cache-Control": "no-store",
    }
