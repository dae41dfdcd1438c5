"""Forms: what was sent, what is wrong with it, and how a page shows both."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from kit.errors import ReadOnly
from services.portal.upstream.refusals import Refusal
from services.portal.web.numbers import number

_MENDABLE = frozenset({403, 404, 409, 412, 413, 415, 422})


def _is_shown_here(refusal: Refusal) -> bool:
    """Whether the form shows it: what the sender can mend, and what is to be sent again later as it stands."""
    return refusal.status in _MENDABLE or refusal.kind == ReadOnly.kind


@dataclass
class Form:
    """The fields of a form with what was typed, and what is wrong by field; empty for a page that is opened anew."""

    values: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Sequence[UploadFile]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    """By field; the empty name is for what no field can mend."""
    problem: Mapping[str, Any] = field(default_factory=dict)
    """The whole answer of a service that refused a file: which lines are wrong, and how each is mended."""

    language: str = "id"
    """In which numbers were typed."""
    later: bool = False
    """Nothing is wrong with it, and nothing is changed for now: it is to be sent again as it stands."""

    @classmethod
    def of(cls, sent: FormData, language: str) -> "Form":
        """From a request."""
        texts = [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]
        lists: dict[str, list[str]] = {}
        for name, value in texts:
            lists.setdefault(name, []).append(value)
        files: dict[str, list[UploadFile]] = {}
        for name, file in sent.multi_items():
            if isinstance(file, UploadFile) and file.filename:
                files.setdefault(name, []).append(file)
        return cls({name: value.strip() for name, value in texts}, lists, files, language=language)

    def text(self, name: str) -> str:
        """What was typed, without blanks around it."""
        return self.values.get(name, "")

    def many(self, name: str) -> list[str]:
        """Every value of a field that may be ticked or typed several times."""
        return [value.strip() for value in self.lists.get(name, ()) if value.strip()]

    def uploads(self, name: str) -> Sequence[UploadFile]:
        """The files that were chosen."""
        return self.files.get(name, ())

    def number(self, name: str, wrong: str) -> Decimal | None:
        """A number as the sender's language writes it; what is none is an error of the field, in the words given."""
        typed = self.text(name)
        if not typed:
            return None
        try:
            return number(self.language, typed)
        except ValueError:
            self.errors[name] = wrong
            return None

    def require(self, name: str, missing: str) -> str:
        """What was typed; nothing is an error of the field."""
        if not (typed := self.text(name)):
            self.errors[name] = missing
        return typed

    def wrong(self, name: str, text: str) -> None:
        """Say it of a field, beside what is wrong with it already; a path instead of a name leads to another page."""
        self.errors[name] = f"{self.errors[name]}; {text}" if name in self.errors else text

    def refuse(self, refusal: Refusal, fields: Mapping[str, str] | None = None) -> None:
        """Show a service's refusal at the fields it names (``where`` of the API to field); the rest above the form."""
        for fault in refusal.faults:
            # A request of the wrong shape names its places from the body on; a rule names them as they are.
            where = fault.where.removeprefix("body.")
            name = (fields or {}).get(where, where)
            self.wrong(name if name in self.values else "", fault.detail)
        if not refusal.faults:
            self.errors[""] = refusal.detail or refusal.title
        self.later = refusal.kind == ReadOnly.kind

    @contextmanager
    def refusals(self, fields: Mapping[str, str] | None = None) -> Iterator[None]:
        """What a service refuses in here is shown by the form, as :meth:`refuse` does it, and the block ends there.

        Whoever is not signed in any more, and a service that fails, are no matter of the form: they go on.
        """
        try:
            yield
        except Refusal as refusal:
            if not _is_shown_here(refusal):
                raise
            self.refuse(refusal, fields)

    @contextmanager
    def file_refusals(self, name: str = "") -> Iterator[None]:
        """The same for a file: one sentence at its field, and the lines that are wrong in :attr:`problem`."""
        try:
            yield
        except Refusal as refusal:
            if not _is_shown_here(refusal):
                raise
            self.wrong(name, refusal.detail or refusal.title)
            self.problem = refusal.problem
            self.later = refusal.kind == ReadOnly.kind

    @classmethod
    def filled(cls, **values: str | None) -> "Form":
        """As it is before anybody types: with what is there already."""
        return cls({name: value for name, value in values.items() if value is not None})

    def error(self, name: str) -> dict[str, str] | None:
        """For the macros: ``{"text": ...}`` of a field, or nothing."""
        return {"text": self.errors[name]} if name in self.errors else None

    @property
    def summary(self) -> list[dict[str, Any]]:
        """For the error summary: each with a link to its field."""
        return [
            {"text": text, "href": name if name[0] in "/#" else f"#{name}"} if name else {"text": text}
            for name, text in self.errors.items()
        ]


async def sent(request: Request) -> Form:
    """The form of a POST; read once, by the route (see :mod:`services.portal.web.route`)."""
    form: Form = request.state.form
    return form
