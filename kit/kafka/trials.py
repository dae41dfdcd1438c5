"""One message that failed: how often it was tried, whether it is worth waiting, and what may be said of it."""

import time
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from kit.db import takes_no_changes
from kit.kafka.reading import Record, Unreadable
from kit.transient import Kind, kind

TRIES = 6
"""Of what nobody foresaw: a slip of timing passes in so many, an error in the program comes again."""


@dataclass(frozen=True)
class Waits:
    """How long somebody waits, in seconds."""

    first: float = 0.1
    longest: float = 5.0
    """Doubled from ``first`` on, up to this; so late, at most, does a partition notice that its engine is back."""
    not_ready: float = 3_600.0
    """For something that is to arrive, and perhaps never will: then the message is set aside with that as its reason."""

    def after(self, attempts: int) -> float:
        """Before the next try."""
        return min(self.longest, self.first * 2.0 ** min(30, attempts - 1))


@dataclass
class Trial:
    """One message that failed and was not done with yet."""

    record: Record
    since: datetime
    began: float
    """On the monotonic clock."""
    error: Exception
    attempts: int = 0
    doubts: int = 0
    not_ready_since: float | None = None
    is_aside: bool = False

    def note(self, error: Exception) -> None:
        """Another try failed. An engine's absence counts for nothing: neither as a doubt nor as time to be ready in."""
        self.error, self.attempts = error, self.attempts + 1
        what = kind_of(error)
        self.doubts += what is Kind.DOUBTFUL
        if what is not Kind.NOT_READY:
            self.not_ready_since = None
        elif self.not_ready_since is None:
            self.not_ready_since = time.monotonic()

    def why_hopeless(self, waits: Waits) -> str | None:
        """The reason to set it aside, or None while it is worth waiting."""
        what = kind_of(self.error)
        if what is Kind.HOPELESS or (what is Kind.DOUBTFUL and self.doubts >= TRIES):
            return repr(self.error)
        if self.not_ready_since is not None and time.monotonic() - self.not_ready_since >= waits.not_ready:
            return f"waited {waits.not_ready:.0f} s for what never came: {self.error!r}"
        return None


def kind_of(error: Exception) -> Kind:
    """What the error means for the message."""
    return Kind.HOPELESS if isinstance(error, Unreadable) else kind(error)


def said(error: Exception) -> str:
    """The error for logs and health, without what people wrote: that lies in the dead letter, with the message."""
    if isinstance(error, ValidationError):
        places = {".".join(map(str, one["loc"])) or "the body" for one in error.errors(include_input=False)}
        return f"{error.title} does not parse: {', '.join(sorted(places))}"[:300]
    if takes_no_changes(error):
        return "the database takes no changes (read-only, 25006)"
    if isinstance(error, DBAPIError):
        return f"{type(error).__name__} {getattr(error.orig, 'sqlstate', None) or type(error.orig).__name__}"
    return repr(error)[:300]
