"""What is wrong with a request's shape: where, and why in the reader's language, by the type that pydantic names."""

from collections.abc import Mapping, Sequence
from typing import Any

SHAPE = ("the request does not have the expected shape", "bentuk permintaan tidak sesuai")
"""The detail of every such problem; ``errors`` says the places."""

_INDONESIAN = {
    "missing": "wajib diisi",
    "extra_forbidden": "isian ini tidak dikenal",
    "json_invalid": "JSON tidak sah: {error}",
    "model_type": "harus berupa objek JSON",
    "model_attributes_type": "harus berupa objek JSON; kirim Content-Type: application/json",
    "dict_type": "harus berupa objek JSON",
    "list_type": "harus berupa daftar",
    "tuple_type": "harus berupa daftar",
    "too_short": "paling sedikit {min_length} butir",
    "too_long": "paling banyak {max_length} butir",
    "string_type": "harus berupa teks",
    "string_unicode": "teks tidak sah",
    "string_too_short": "paling sedikit {min_length} huruf",
    "string_too_long": "paling banyak {max_length} huruf",
    "string_pattern_mismatch": "tidak sesuai pola {pattern}",
    "enum": "harus salah satu dari {expected}",
    "literal_error": "harus salah satu dari {expected}",
    "bool_type": "harus true atau false",
    "bool_parsing": "harus true atau false",
    "int_type": "harus berupa bilangan bulat",
    "int_parsing": "harus berupa bilangan bulat",
    "int_parsing_size": "bilangan terlalu besar",
    "int_from_float": "harus berupa bilangan bulat",
    "float_type": "harus berupa bilangan",
    "float_parsing": "harus berupa bilangan",
    "decimal_type": "harus berupa bilangan",
    "decimal_parsing": "harus berupa bilangan",
    "decimal_max_digits": "paling banyak {max_digits} angka",
    "decimal_max_places": "paling banyak {decimal_places} angka di belakang koma",
    "decimal_whole_digits": "paling banyak {whole_digits} angka di depan koma",
    "finite_number": "harus berupa bilangan terhingga",
    "greater_than": "harus lebih besar dari {gt}",
    "greater_than_equal": "paling kecil {ge}",
    "less_than": "harus lebih kecil dari {lt}",
    "less_than_equal": "paling besar {le}",
    "date_type": "harus berupa tanggal, misalnya 2026-01-31",
    "date_parsing": "harus berupa tanggal, misalnya 2026-01-31",
    "date_from_datetime_parsing": "harus berupa tanggal, misalnya 2026-01-31",
    "date_from_datetime_inexact": "harus berupa tanggal tanpa jam",
    "datetime_type": "harus berupa waktu, misalnya 2026-01-31T08:00:00+07:00",
    "datetime_parsing": "harus berupa waktu, misalnya 2026-01-31T08:00:00+07:00",
    "datetime_from_date_parsing": "harus berupa waktu, misalnya 2026-01-31T08:00:00+07:00",
    "timezone_aware": "sebutkan zona waktu, misalnya +07:00",
    "uuid_type": "harus berupa UUID",
    "uuid_parsing": "harus berupa UUID",
    "union_tag_invalid": "harus salah satu dari {expected_tags}",
}
_ANYTHING = "nilai tidak sah"


def place(error: Mapping[str, Any], language: str) -> dict[str, str]:
    """One error of pydantic: the path to the place, the machine's word, and a sentence for the reader.

    What was sent is not quoted: it may be long, or somebody's.
    """
    return {"where": where(error["loc"]), "type": str(error["type"]), "detail": _detail(error, language)}


def where(path: Sequence[int | str]) -> str:
    """The path to a place: ``body.results.0.statement``."""
    return ".".join(str(part)[:100] for part in path)


def _detail(error: Mapping[str, Any], language: str) -> str:
    if language == "en":
        return str(error["msg"])
    context = error.get("ctx") or {}
    own = getattr(context.get("error"), "indonesian", None)
    return own or _INDONESIAN.get(error["type"], _ANYTHING).format_map(_Known(context))


class _Known(dict[str, Any]):
    """What is not known is left out."""

    def __missing__(self, key: str) -> str:
        return "…"
