"""Which way feedback goes, on what occasion, and who may read it."""

from enum import StrEnum
from uuid import UUID

from contracts.policy.follow_up import FeedbackRule
from kit.errors import Forbidden, Refused


class Direction(StrEnum):
    """Who speaks to whom."""

    DOWN = "DOWN"
    UP = "UP"
    """To the own leader; it never enters a score (Plaju)."""
    PEER = "PEER"
    OTHER = "OTHER"
    """From others concerned, e.g. a leader who gave work, or who was served."""


class Occasion(StrEnum):
    """Whether feedback was agreed on or has an occasion of its own (PermenPANRB 6/2022 arts 17-19)."""

    REGULAR = "REGULAR"
    INCIDENTAL = "INCIDENTAL"


class Channel(StrEnum):
    """How it reached the one concerned first; it is recorded either way (PermenPANRB 6/2022 arts 17-19)."""

    DIRECT = "DIRECT"
    """Spoken, face to face or on the line."""
    INDIRECT = "INDIRECT"
    """Written, or by way of somebody else."""


class Visibility(StrEnum):
    """Who may read feedback beside its author."""

    LINE = "LINE"
    """The one concerned, the rater and the rater's superior."""
    ABOUT = "ABOUT"
    """The one concerned alone."""
    UNNAMED = "UNNAMED"
    """The one concerned alone, in bundles and without its author (Plaju, PLJ-6)."""


def direction(
    *,
    author_id: UUID,
    about_id: UUID,
    author_rater_id: UUID | None,
    about_rater_id: UUID | None,
    owes: bool,
    concern: str = "",
) -> Direction:
    """Down from the rater (or who holds the obligation now), up to the own rater, between peers, else of others concerned.

    Others say in what way they are concerned: a leader who gave the work, somebody who was served (arts 17-19).
    """
    if author_id != about_id:
        if owes or author_id == about_rater_id:
            return Direction.DOWN
        if author_rater_id == about_id:
            return Direction.UP
        if about_rater_id is not None and author_rater_id == about_rater_id:
            return Direction.PEER
        if concern.strip():
            return Direction.OTHER
    raise Forbidden(
        "give feedback: only for rater, subordinate or peer of the person concerned, or who says how he is concerned",
        "memberi umpan balik: hanya bagi penilai, bawahan, rekan sejawat, atau yang menyebut kepentingannya",
        allowed=["RATER", "SUBORDINATE", "PEER", "OTHER"],
    )


def check_allowed(towards: Direction, rule: FeedbackRule) -> None:
    """Raises Refused where the policy wants no feedback in this direction; a leader's own is always wanted."""
    if towards is not Direction.DOWN and towards.value not in rule.directions:
        raise Refused(
            f"this policy has no feedback {towards.value}: {', '.join(rule.directions)}",
            f"kebijakan ini tidak memakai umpan balik {towards.value}: {', '.join(rule.directions)}",
        )


def occasion(towards: Direction, said: Occasion | None) -> Occasion:
    """A leader's feedback is the regular one unless it says otherwise, that of others has its occasion."""
    return said or (Occasion.REGULAR if towards is Direction.DOWN else Occasion.INCIDENTAL)


def visibility(towards: Direction, *, unnamed: bool = False) -> Visibility:
    """What a subordinate says to the leader is for the leader alone; the rest is for the line above as well."""
    if towards is not Direction.UP:
        return Visibility.LINE
    return Visibility.UNNAMED if unnamed else Visibility.ABOUT


def readable_authors(authors: int, *, minimum: int, over: bool) -> int:
    """How many of the authors, in the order in which each spoke first, the leader may read.

    Whole bundles of ``minimum`` while the cycle runs: what one more says does not stand there alone the moment it is
    said. When the cycle is over, all of them, if they are at least so many.
    """
    if authors < minimum:
        return 0
    return authors if over else authors - authors % minimum


def check_entry(towards: Direction, activity_id: UUID | None) -> None:
    """Raises Refused where somebody who does not read the daily log speaks about one of its entries."""
    if activity_id is not None and towards is not Direction.DOWN:
        raise Refused(
            "an entry of the daily log is spoken about by those who lead the person",
            "entri catatan harian hanya ditanggapi oleh atasan pegawai itu",
        )
