"""The words that rows of this service may carry; each has a CHECK in the database."""

from enum import StrEnum


class SessionState(StrEnum):
    """A training or socialisation session."""

    PLANNED = "PLANNED"
    HELD = "HELD"
    LAPSED = "LAPSED"
    """Not reported in time; a late report still counts."""


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


class ClarificationState(StrEnum):
    """A question about a provisional result."""

    OPEN = "OPEN"
    EXPLAINED = "EXPLAINED"
    AMENDED = "AMENDED"


class Stage(StrEnum):
    """Where an objection stands."""

    FILED = "FILED"
    HEARING = "HEARING"
    DECIDABLE = "DECIDABLE"
    UPHELD = "UPHELD"
    AMENDED = "AMENDED"
    WITHDRAWN = "WITHDRAWN"


class Side(StrEnum):
    """Who explains in a hearing."""

    RATER = "RATER"
    SERVANT = "SERVANT"


class ActionKind(StrEnum):
    """What a development action consists of (PermenPANRB 6/2022 art. 21)."""

    TRAINING = "TRAINING"
    COACHING = "COACHING"
    COUNSELLING = "COUNSELLING"
    MENTORING = "MENTORING"


class ActionState(StrEnum):
    """A development action."""

    PROPOSED = "PROPOSED"
    PLANNED = "PLANNED"
    COMPLETED = "COMPLETED"
    SUPERSEDED = "SUPERSEDED"
    """Nobody had planned it when the result got a newer version."""


class RecognitionState(StrEnum):
    """A proposal to recognise somebody."""

    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    DECLINED = "DECLINED"
    SUPERSEDED = "SUPERSEDED"
    """The result got a newer version; whatever was decided must be looked at again."""
