"""What changed between two policies, in sentences: 'Bobot disiplin turun dari 20 menjadi 15'."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from contracts.policy import Policy, Words
from kit.files.documents import Path
from policy.phrases import phrase
from policy.provenance import IDENTITY

KEYS = {"criteria": "code", "sources": "role", "phases": "phase", "bands": "name"}
"""Lists whose items have a name of their own: moved is not changed."""


class Value(NamedTuple):
    """One value and where it stands."""

    path: Path
    value: object


def differences(old: Policy, new: Policy) -> list[Words]:
    """In the order of the new policy, what was taken away last; empty if both say the same."""
    before, after = (_content(one) for one in (old, new))
    return [*_compared(before, after), *_gone(before, after)]


def _content(policy: Policy) -> dict[str, Any]:
    return policy.model_dump(mode="json", exclude=set(IDENTITY))


def _compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Words]:
    olds, seen = dict(_values(before)), set[tuple[str, ...]]()
    for key, new in _values(after):
        named = key[:2]
        if key[0] in KEYS and not _has(olds, named):
            if named not in seen:
                seen.add(named)
                yield _added(new.path[:2], after)
        elif key not in olds:
            yield _changed(new, None, after)
        elif not _same(olds[key].value, new.value):
            yield _changed(new, olds[key].value, after)


def _gone(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Words]:
    news, seen = dict(_values(after)), set[tuple[str, ...]]()
    for key, old in _values(before):
        if key in news or key[:2] in seen:
            continue
        if key[0] in KEYS and not _has(news, key[:2]):
            seen.add(key[:2])
            name = phrase(old.path[:2], before)
            yield Words(en=f"{_kind(key[0])[0]} '{name.en}' is gone", id=f"{_kind(key[0])[1]} '{name.id}' dihapus")
        else:
            name = phrase(old.path, before)
            yield Words(en=f"{_big(name.en)} is gone (was {old.value})", id=f"{_big(name.id)} dihapus ({old.value})")


def _values(content: object, key: tuple[str, ...] = (), path: Path = ()) -> Iterator[tuple[tuple[str, ...], Value]]:
    """By a key that survives a change of order; lists without names are one value each."""
    if isinstance(content, Mapping):
        for name, inner in content.items():
            yield from _values(inner, (*key, name), (*path, name))
    elif isinstance(content, list) and len(path) == 1 and path[0] in KEYS:
        for index, inner in enumerate(content):
            yield from _values(inner, (*key, str(inner[KEYS[str(path[0])]])), (*path, index))
    elif isinstance(content, list):
        yield key, Value(path, [_text(one) for one in content])
    else:
        yield key, Value(path, content)


def _text(item: object) -> str:
    """An item of a list as one text: a rung, a limit, a topic."""
    match item:
        case {"days": days, "step": step, "kind": kind}:
            return f"{days:+d} {kind} {step}"
        case {"id": words, "en": _} | {"code": _, "label": {"id": words}}:
            return str(words)
        case {"predicates": predicates, "at_least": least, "at_most": most, "heads": heads}:
            return f"{'/'.join(predicates)} {least}-{most} %, >= {heads}"
        case _:
            return str(item)


def _changed(new: Value, old: object, content: Mapping[str, Any]) -> Words:
    name = phrase(new.path, content)
    en, indonesian = _big(name.en), _big(name.id)
    if isinstance(new.value, bool):
        en += " now applies" if new.value else " no longer applies"
        return Words(en=en, id=indonesian + (" kini berlaku" if new.value else " tidak lagi berlaku"))
    if isinstance(new.value, list):
        return _listed(en, indonesian, new.value, old if isinstance(old, list) else [])
    before, after = _number(old), _number(new.value)
    if before is not None and after is not None:
        up = after > before
        en += f" {'rises' if up else 'falls'} from {old} to {new.value}"
        return Words(en=en, id=f"{indonesian} {'naik' if up else 'turun'} dari {old} menjadi {new.value}")
    was, now = (_shown(one) for one in (old, new.value))
    return Words(
        en=f"{en} changes from {was[0]} to {now[0]}", id=f"{indonesian} berubah dari {was[1]} menjadi {now[1]}"
    )


def _listed(en: str, indonesian: str, new: list[str], old: list[str]) -> Words:
    added, gone = [one for one in new if one not in old], [one for one in old if one not in new]
    parts = [(f"added {_quoted(added)}", f"ditambah {_quoted(added)}")] if added else []
    parts += [(f"removed {_quoted(gone)}", f"dihapus {_quoted(gone)}")] if gone else []
    if not parts:
        return Words(en=f"{en}: another order", id=f"{indonesian}: urutannya berubah")
    return Words(
        en=f"{en}: {'; '.join(one for one, _ in parts)}", id=f"{indonesian}: {'; '.join(one for _, one in parts)}"
    )


def _quoted(items: list[str]) -> str:
    return ", ".join(f"'{one}'" for one in items)


def _added(path: Path, content: Mapping[str, Any]) -> Words:
    name, (en, indonesian) = phrase(path, content), _kind(str(path[0]))
    item = content[str(path[0])][path[1]]
    share = item.get("weight", item.get("share"))
    weighs = ("", "") if share is None else (f" with {share} per cent", f" dengan {share} persen")
    return Words(en=f"{en} '{name.en}' is new{weighs[0]}", id=f"{indonesian} '{name.id}' ditambahkan{weighs[1]}")


def _kind(section: str) -> tuple[str, str]:
    names = {
        "criteria": ("Criterion", "Kriteria"),
        "sources": ("Source of assessments", "Sumber penilaian"),
        "bands": ("Band", "Rentang"),
    }
    return names.get(section, ("Phase", "Tahap"))


def _has(values: Mapping[tuple[str, ...], Value], start: tuple[str, ...]) -> bool:
    return any(key[: len(start)] == start for key in values)


def _same(old: object, new: object) -> bool:
    before, after = _number(old), _number(new)
    return before == after if before is not None and after is not None else old == new


def _number(value: object) -> Decimal | None:
    """JSON keeps exact decimals as text."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _shown(value: object) -> tuple[str, str]:
    if value is None or value == "":
        return "nothing", "tidak ada"
    return str(value), str(value)


def _big(text: str) -> str:
    return text[:1].upper() + text[1:]
