"""The zone in which a city's dates are counted: it follows from the province in its Kemendagri code."""

_CENTRAL = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
"""Bali and Nusa Tenggara, Kalimantan Selatan, Timur and Utara, Sulawesi."""
_EASTERN = frozenset({"81", "82", "91", "92", "93", "94", "95", "96", "97"})
"""Maluku and Papua."""


def zone_of(city: str) -> str:
    """``Asia/Jakarta`` (WIB), ``Asia/Makassar`` (WITA) or ``Asia/Jayapura`` (WIT)."""
    province = city[:2]
    if province in _CENTRAL:
        return "Asia/Makassar"
    return "Asia/Jayapura" if province in _EASTERN else "Asia/Jakarta"
