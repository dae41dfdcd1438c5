"""One's own file as a paper, from what all services keep about the person who asks."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from contracts.base import Words
from kit.errors import Forbidden
from services.portal.lookups.reading import NOTED_IN
from services.portal.papers.queries.reads import Json, People, Reads, people_of
from services.portal.papers.rules.files import EntryInFile, FilePaper, LookedInFile, ResultInFile
from services.portal.papers.rules.parts import Head
from services.portal.papers.rules.terms import RECORDS, STATES, named

_ANOTHERS = ("make somebody's file: only one's own", "membuat berkas pegawai: hanya berkas milik sendiri")


async def file_paper(reads: Reads, head: Head, servant_id: UUID) -> FilePaper:
    """Raises Forbidden for another's: a rater may read a profile, and what services keep about a reader is the reader's."""
    if await reads.me() != servant_id:
        raise Forbidden(*_ANOTHERS)
    profile = await reads.get("evaluation", f"/servants/{servant_id}/profile")
    entries = await reads.every("feedback", "/file")
    looked = [one for service, path in NOTED_IN for one in await reads.every(service, path)]
    cycles = {one["id"]: str(one["name"]) for one in await reads.every("evaluation", "/cycles")}
    people = await people_of(reads, str(servant_id), *(one["by_id"] for one in entries))
    return FilePaper(
        head=head,
        subject_id=servant_id,
        servant_id=servant_id,
        servant=people.one(str(servant_id)),
        as_of=_newest([one["at"] for one in entries] + [one["last_at"] for one in looked]),
        results=tuple(ResultInFile.model_validate(dict(one)) for one in profile["results"]),
        strengths=_words(profile["lasting_strengths"]),
        areas=_words(profile["lasting_areas"]),
        improved=_words(profile["improved"]),
        declined=_words(profile["declined"]),
        entries=tuple(_entry(one, cycles.get(one["cycle_id"] or ""), people) for one in entries),
        looked=_by_day(looked),
    )


def _words(given: Sequence[Json]) -> tuple[Words, ...]:
    return tuple(Words.model_validate(dict(one)) for one in given)


def _newest(moments: Iterable[str | None]) -> datetime | None:
    return max((datetime.fromisoformat(one) for one in moments if one is not None), default=None)


def _entry(one: Json, cycle: str | None, people: People) -> EntryInFile:
    by = people.maybe(one["by_id"])
    state = None if one["state"] is None else named(one["state"], STATES)
    return EntryInFile(
        at=one["at"], record=named(one["record"], RECORDS), cycle=cycle, by=None if by is None else by.name, state=state
    )


def _by_day(looked: Sequence[Json]) -> tuple[LookedInFile, ...]:
    """Newest first; what the same reader looked at on one day stands together."""
    found = [
        LookedInFile(
            on=date.fromisoformat(one["looked_on"]),
            reader=one["reader_name"] or one["reader_id"],
            record=named(one["record"], RECORDS),
            times=one["times"],
        )
        for one in looked
    ]
    return tuple(sorted(found, key=lambda one: (-one.on.toordinal(), one.reader, one.record.id)))
