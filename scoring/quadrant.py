"""The nine-cell table of results and behaviour (PermenPANRB 6/2022, L IV.B); written out, because max() gets it wrong."""

from contracts.base import Predicate, Rating

TABLE: dict[tuple[Rating, Rating], Predicate] = {
    # (results, behaviour); good results do not make up for misconduct, so the table is not symmetric
    (Rating.ABOVE, Rating.ABOVE): Predicate.VERY_GOOD,
    (Rating.ABOVE, Rating.MEETS): Predicate.GOOD,
    (Rating.ABOVE, Rating.BELOW): Predicate.POOR,
    (Rating.MEETS, Rating.ABOVE): Predicate.GOOD,
    (Rating.MEETS, Rating.MEETS): Predicate.GOOD,
    (Rating.MEETS, Rating.BELOW): Predicate.POOR,
    (Rating.BELOW, Rating.ABOVE): Predicate.NEEDS_IMPROVEMENT,
    (Rating.BELOW, Rating.MEETS): Predicate.NEEDS_IMPROVEMENT,
    (Rating.BELOW, Rating.BELOW): Predicate.VERY_POOR,
}
_CODES = {predicate: code for code, predicate in enumerate(Predicate, start=1)}


def predicate(result_rating: Rating, behaviour_rating: Rating) -> Predicate:
    """The predicate of a cell (L IV.B); never typed by anybody."""
    return TABLE[result_rating, behaviour_rating]


def quadrant(result_rating: Rating, behaviour_rating: Rating) -> int:
    """SIASN's code of the cell's predicate, 1 (best) to 5."""
    return code_of(predicate(result_rating, behaviour_rating))


def code_of(found: Predicate) -> int:
    """SIASN's code of a predicate, 1 (best) to 5."""
    return _CODES[found]
