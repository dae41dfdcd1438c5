"""Names every value of a policy in words: 'the weight of discipline', 'bobot disiplin'."""

from collections.abc import Mapping
from typing import Any

from contracts.policy import Words
from kit.files.documents import Path
from policy import terms
from policy.terms import Term


def phrase(path: Path, content: Mapping[str, Any]) -> Words:
    """What the value at a path is called; ``content`` is the effective policy that the path belongs to."""
    found = _owned(path, content)
    return _plain(path) if found is None else _of(*found)


def _owned(path: Path, content: Mapping[str, Any]) -> tuple[Mapping[str, Term], Path, Term] | None:
    """For values that belong to something with a name: the words of its fields, which field, and its name."""
    match path:
        case ("criteria", int(index), *rest):
            label = content["criteria"][index]["label"]
            table, owner = terms.CRITERION, (_small(label["en"]), _small(label["id"]))
        case ("sources", int(index), *rest):
            role = content["sources"][index]["role"]
            table, owner = terms.SOURCE, terms.ROLES.get(role, (role, role))
        case ("phases", int(index), *rest):
            name = content["phases"][index]["phase"]
            table, owner = terms.CLOCK, (f"phase {name}", f"tahap {name}")
        case ("ladders", str(kind), *rest):
            table, owner = terms.CLOCK, (f"obligation {kind}", f"kewajiban {kind}")
        case ("bands", int(index), *rest):
            name = content["bands"][index]["name"]
            table, owner = terms.BAND, (f"band {name}", f"predikat {name}")
        case ("visits", "checklist", int(index), *rest):
            label = content["visits"]["checklist"][index]["label"]
            table, owner = terms.ITEM, (f"item '{label['en']}'", f"butir '{label['id']}'")
        case ("distribution", "guides", str(achieved), *rest):
            where = (f"an organisation that achieved {achieved}", f"organisasi berpredikat {achieved}")
            table, owner = terms.GUIDE, where
        case _:
            return None
    return table, tuple(rest), owner


def _plain(path: Path) -> Words:
    for length in (2, 1):
        key = ".".join(str(part) for part in path[:length])
        if (term := terms.SECTIONS.get(key)) is not None:
            return _words(term, _detail(path[length:]))
    shown = ".".join(str(part) for part in path)
    return Words(en=shown, id=shown)


def _of(table: Mapping[str, Term], rest: Path, owner: Term) -> Words:
    """The term of the first part, what is below it in brackets, and whose it is."""
    if not rest:
        return Words(en=owner[0], id=owner[1])
    term = table.get(str(rest[0]), (str(rest[0]), str(rest[0])))
    detail = _detail(rest[1:])
    return Words(en=f"{term[0]}{detail[0]} of {owner[0]}", id=f"{term[1]}{detail[1]} {owner[1]}")


def _detail(rest: Path) -> Term:
    """``('ABOVE', 'id')`` becomes 'ABOVE, in Indonesian'; positions are counted from 1."""
    if not rest:
        return "", ""
    parts = [
        (str(part + 1), str(part + 1)) if isinstance(part, int) else terms.DETAILS.get(part, (part, part))
        for part in rest
    ]
    return f" ({', '.join(one for one, _ in parts)})", f" ({', '.join(one for _, one in parts)})"


def _words(term: Term, detail: Term) -> Words:
    return Words(en=term[0] + detail[0], id=term[1] + detail[1])


def _small(label: str) -> str:
    """As it stands inside a sentence; abbreviations stay as they are."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
