"""What the framework refuses before a route is reached, as errors of ours: no such path, no such method, no such form."""

from kit.errors import Invalid, KinerjaError, NotFound

_Words = tuple[str, str]


def _kind(status: int, kind: str, title: _Words) -> type[KinerjaError]:
    return type(f"Http{status}", (KinerjaError,), {"status": status, "kind": kind, "title": title})


_UNREADABLE: _Words = (
    "the body cannot be read: send JSON in UTF-8, or a form as multipart/form-data with a boundary",
    "isi permintaan tidak dapat dibaca: kirim JSON dalam UTF-8, atau formulir multipart/form-data dengan boundary",
)
_KNOWN: dict[int, tuple[type[KinerjaError], _Words]] = {
    400: (Invalid, _UNREADABLE),
    404: (NotFound, ("there is nothing at this path", "tidak ada apa pun pada alamat ini")),
    405: (
        _kind(405, "method-not-allowed", ("Method not allowed", "Metode tidak diizinkan")),
        ("this path has other methods: see the header Allow", "alamat ini memakai metode lain: lihat header Allow"),
    ),
    406: (
        _kind(406, "not-acceptable", ("Not available in this form", "Tidak tersedia dalam bentuk ini")),
        ("accept application/json", "terimalah application/json"),
    ),
    411: (
        _kind(411, "length-required", ("Length required", "Panjang isi diperlukan")),
        ("say how long the body is: Content-Length", "sebutkan panjang isi: Content-Length"),
    ),
    413: (
        _kind(413, "too-large", ("Too large", "Terlalu besar")),
        ("send less at once", "kirim lebih sedikit sekaligus"),
    ),
    415: (
        _kind(415, "unsupported-media-type", ("Unknown form of content", "Bentuk isi tidak dikenal")),
        ("send application/json", "kirim application/json"),
    ),
    429: (
        _kind(429, "too-many", ("Too many requests", "Terlalu banyak permintaan")),
        ("wait a moment and try again", "tunggu sebentar lalu coba lagi"),
    ),
}
_ANY: _Words = ("the request is refused", "permintaan ditolak")


def refused_by_http(status: int) -> KinerjaError:
    """An error of this status in both languages; what cannot be read is invalid (422), as everything malformed is."""
    if status in _KNOWN:
        kind, words = _KNOWN[status]
        return kind(*words)
    return _kind(status, f"http-{status}", ("Refused", "Ditolak"))(*_ANY)
