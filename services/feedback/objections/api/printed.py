"""The document of a decided objection as a page to print and sign, in Indonesian beside English."""

from collections.abc import Iterator
from datetime import datetime

from contracts.base import Words
from services.feedback.objections.api.forms import DocumentedPerson, DocumentedResult, ObjectionDocumentResponse
from services.feedback.objections.api.objections import StatementResponse
from services.feedback.objections.rules.printing import Line, Section, page

_TITLE = Words(id="Formulir D.1.3: Keberatan atas hasil evaluasi kinerja", en="Objection to a result of the appraisal")
_SIDES = {
    "SERVANT": Words(id="Pegawai yang dinilai", en="Civil servant"),
    "RATER": Words(id="Pejabat penilai kinerja", en="Rater"),
    "AUTHORITY": Words(id="Atasan pejabat penilai kinerja", en="Deciding authority"),
}


def printed(found: ObjectionDocumentResponse) -> str:
    """HTML; everything that people wrote is text in it and nothing else."""
    return page(_TITLE, list(_sections(found)))


def _sections(found: ObjectionDocumentResponse) -> Iterator[Section]:
    period = f"{found.cycle}, {found.period_start} - {found.period_end}"
    people = (("SERVANT", found.servant), ("RATER", found.rater), ("AUTHORITY", found.authority))
    parties = [Line(_SIDES[side], _person(one)) for side, one in people]
    yield Section(Words(id="Para pihak", en="Parties"), [Line(Words(id="Periode", en="Period"), period), *parties])
    yield Section(Words(id="Hasil yang diajukan keberatan", en="Contested result"), _result(found.contested))
    yield Section(Words(id="Keberatan", en="Objection"), list(_grounds(found)))
    explained = [
        Line(_SIDES["SERVANT"], _said(found.servant_explained)),
        Line(_SIDES["RATER"], _said(found.rater_explained)),
    ]
    yield Section(Words(id="Penjelasan kedua pihak", en="What both sides explained"), explained)
    yield Section(Words(id="Keputusan dan rekomendasi", en="Decision and recommendation"), list(_decision(found)))
    if found.changed is not None:
        yield Section(Words(id="Hasil setelah keputusan", en="Result after the decision"), _result(found.changed))
    signed = [Line(_SIDES[one.side], f"{_person(one.person)} - {_at(one.signed_at)}") for one in found.signatures]
    yield Section(Words(id="Tanda tangan", en="Signatures"), signed)


def _person(one: DocumentedPerson) -> str:
    return ", ".join(part for part in (one.name, one.nip and f"NIP {one.nip}", one.position, one.unit) if part) or "-"


def _at(instant: datetime | None) -> str:
    return "-" if instant is None else instant.isoformat(sep=" ", timespec="minutes")


def _said(one: StatementResponse | None) -> str:
    return "-" if one is None else f"{one.text} ({_at(one.at)})"


def _result(one: DocumentedResult) -> list[Line]:
    return [
        Line(Words(id="Versi", en="Version"), str(one.version)),
        Line(Words(id="Rating hasil kerja", en="Rating of results"), one.result_rating.value),
        Line(Words(id="Rating perilaku kerja", en="Rating of behaviour"), one.behaviour_rating.value),
        Line(Words(id="Predikat", en="Predicate"), one.predicate.value),
        Line(Words(id="Nilai lokal", en="Local score"), "-" if one.local_score is None else f"{one.local_score:f}"),
    ]


def _grounds(found: ObjectionDocumentResponse) -> Iterator[Line]:
    yield Line(Words(id="Diajukan", en="Filed"), _at(found.filed_at))
    yield Line(Words(id="Alasan", en="Grounds"), found.grounds)
    yield Line(Words(id="Butir", en="Items"), "; ".join(found.contested_items) or "-")
    proofs = "; ".join(f"{one.title} ({one.reference})" for one in found.evidence)
    yield Line(Words(id="Bukti dukung", en="Evidence"), proofs or "-")


def _decision(found: ObjectionDocumentResponse) -> Iterator[Line]:
    yield Line(Words(id="Diputus", en="Decided"), f"{found.decision.outcome.value} - {_at(found.decided_at)}")
    yield Line(Words(id="Pertimbangan", en="Reason"), found.decision.reason)
    for one in found.decision.items:
        outcome = "AMENDED" if one.amended else "UPHELD"
        yield Line(Words(id=f"Butir: {one.item}", en="Item"), f"{outcome}: {one.reason}")
    for change in found.decision.scores:
        value = change.actual if change.score is None else change.score
        yield Line(Words(id="Ditetapkan kembali", en="Set anew"), f"{change.about}: {value}")
