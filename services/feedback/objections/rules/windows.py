"""Whether a result can be objected to, until when, and when a late objection may be let in (L V.B.1-2)."""

from dataclasses import dataclass
from datetime import datetime

from kit.errors import Refused


@dataclass(frozen=True, slots=True)
class ObjectionWindow:
    """What decides whether one version of a result can be objected to; instants in the city's zone."""

    received_at: datetime | None
    object_until: datetime | None
    final_without_objection: bool
    finalised: bool
    superseded: bool
    admitted_until: datetime | None = None
    """The authority lets an objection in until then, although the window is over."""


def may_contest(window: ObjectionWindow) -> datetime:
    """The last instant of the window; raises Refused where a result takes no objection at all, however early."""
    if window.final_without_objection:
        raise Refused(
            "the objection is inadmissible: this result is final without objection (L V.A.8, L IV.A.12)",
            "keberatan tidak dapat diterima: hasil ini final tanpa keberatan",
        )
    if window.superseded:
        raise Refused("a later version took the place of this result", "hasil ini sudah digantikan versi berikutnya")
    if window.received_at is None or window.object_until is None:
        raise Refused("receive the result first: the window runs from receipt", "hasil belum diterima pegawai")
    return window.object_until


def may_object(window: ObjectionWindow, *, now: datetime) -> None:
    """Raises Refused unless the result was received, can be objected to, and the window is open (or was opened again)."""
    object_until = may_contest(window)
    if window.admitted_until is not None and now <= window.admitted_until:
        return
    if now > object_until:
        until = object_until.date().isoformat()
        raise Refused(
            f"the objection is inadmissible: the window closed on {until}",
            f"keberatan tidak dapat diterima: batas pengajuan berakhir pada {until}",
            object_until=object_until.isoformat(),
        )
    if window.finalised:
        raise Refused(
            "the objection is inadmissible: the result is final", "keberatan tidak dapat diterima: sudah final"
        )


def may_admit_late(window: ObjectionWindow, *, now: datetime) -> None:
    """Raises Refused unless the window is over of a result that could have been objected to (L V.B.1-2)."""
    if now <= may_contest(window):
        raise Refused(
            "the window is still open: the objection needs no admission",
            "batas pengajuan belum lewat: keberatan tidak memerlukan izin",
        )
