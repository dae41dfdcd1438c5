"""What a good result leaves for others: the person writes a practice down, the office takes it into the library."""

from typing import Any
from uuid import UUID

from kinerja.demo.acts import Acts
from kinerja.demo.people import Person

_EXEMPLARY = frozenset({"VERY_GOOD", "GOOD"})
_PRACTICE: dict[str, Any] = {
    "title": "Berkas dijemput ke rumah warga",
    "what": "Petugas mendatangi warga yang tidak dapat datang ke kantor, dua hari setiap minggu, dengan jadwal terbuka",
    "where": "Kelurahan dengan jarak terjauh dari kantor pelayanan",
    "evidence": [
        {"kind": "SURVEY", "title": "Survei kepuasan warga", "reference": "SKM-07/2026", "count": 182},
        {"kind": "PHOTO", "title": "Pelayanan di rumah warga", "reference": "Berita acara 12/VI/2026"},
    ],
}
_TAKEN = {"act": "PUBLISH", "reason": "Manfaat terbukti dari survei dan dapat ditiru unit lain"}

_TAKEN_OVER = "Cara yang terbukti di unit lain kami terapkan untuk sisa tahun ini"


class Examples:
    """Acts about the library of good practices."""

    def __init__(self, acts: Acts, office: Person) -> None:
        self._acts = acts
        self._office = office

    async def tell(self, person: Person, result_id: UUID) -> UUID | None:
        """Write down what was done, once the result is final and if it is good; the office publishes it."""
        result = await self._acts.get(person, "evaluation", f"/results/{result_id}")
        if result["predicate"] not in _EXEMPLARY:
            return None
        body = {"appraisal_id": result["appraisal_id"], **_PRACTICE}
        practice = await self._acts.post(person, "evaluation", "/practices", body)
        await self._acts.post(self._office, "evaluation", f"/practices/{practice['id']}/decision", _TAKEN)
        return UUID(practice["id"])

    async def take_over(self, practice_id: UUID, author: Person, year: UUID) -> None:
        """Let a rater of a unit whose year still runs write the practice into a plan that was set."""
        of = {"cycle_id": str(year), "state": "SET"}
        plans = (await self._acts.get(self._office, "plans", "/plans", **of))["items"]
        people = self._acts.people
        for plan in (one for one in plans if people[UUID(one["servant_id"])].unit_id != author.unit_id):
            body = {"practices": [str(practice_id)], "reason": _TAKEN_OVER}
            await self._acts.post(people[UUID(plan["rater_id"])], "plans", f"/plans/{plan['id']}/amendment", body)
            return
