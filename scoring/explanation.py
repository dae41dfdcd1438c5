"""Sentences in Indonesian and English from the trace of a score, so that every number says where it comes from."""

from collections.abc import Callable, Iterable

from contracts.base import Frozen
from contracts.policy import Words
from scoring.names import Names, as_entered, two_places
from scoring.numbers import read
from scoring.trace import Code, Operand, Step


class Sentence(Frozen):
    """One step in words."""

    code: Code
    id: str
    en: str


def explain(trace: Iterable[Step], names: Names) -> tuple[Sentence, ...]:
    """A sentence for every step, in the order of the trace. Raises KeyError where a step lacks an operand of its kind."""
    sentences = []
    for step in trace:
        words = _levelled(step, names, _SENTENCES[step.code](step, names))
        sentences.append(Sentence(code=step.code, id=words.id, en=words.en))
    return tuple(sentences)


def _levelled(step: Step, names: Names, words: Words) -> Words:
    """Of a criterion that people score also what its level looks like, in the policy's own words (PLB-4)."""
    level = names.level(step.subject, step.value) if step.code in (Code.SOURCES, Code.AMENDED) else None
    if level is None:
        return words
    return Words(id=f"{words.id}; artinya: {level.id}", en=f"{words.en}; that means: {level.en}")


def _policy(step: Step, _: Names) -> Words:
    version = step.operand("version")
    return Words(id=f"Kebijakan {step.value}, versi {version}", en=f"Policy of {step.value}, version {version}")


def _achievement(step: Step, names: Names) -> Words:
    name, value, raw = names(step.subject), two_places(step.value), two_places(step.operand("raw"))
    lo, hi, actual = (as_entered(step.operand(one)) for one in ("target_lo", "target_hi", "actual"))
    target = lo if lo == hi else Words(id=f"{lo.id} s.d. {hi.id}", en=f"{lo.en} to {hi.en}")
    capped = Words(id="", en="")
    if raw != value:
        capped = Words(id=f" (dihitung {raw.id}, dibatasi 0-120)", en=f" (calculated {raw.en}, kept within 0-120)")
    return Words(
        id=f"{name.id}: target {target.id}, realisasi {actual.id}, capaian {value.id}{capped.id}",
        en=f"{name.en}: target {target.en}, actual {actual.en}, achievement {value.en}{capped.en}",
    )


def _mean(step: Step, names: Names) -> Words:
    """``a x 50 + b x 50``, over the sum of the weights, is the value."""
    name, value = names(step.subject), two_places(step.value)
    parts = [(names(one.name), two_places(one.value), as_entered(one.weight)) for one in step.operands]
    return Words(
        id=f"{name.id} = {value.id}, dari " + "; ".join(f"{n.id} {v.id} x bobot {w.id}" for n, v, w in parts),
        en=f"{name.en} = {value.en}, from " + "; ".join(f"{n.en} {v.en} x weight {w.en}" for n, v, w in parts),
    )


def _assessors(step: Step, names: Names) -> Words:
    code, _, role = step.subject.partition("/")
    name, source, value = names(code), names(role), two_places(step.value)
    # Named assessors are one operand each; anonymous ones a count and a sum.
    count = next((one.value for one in step.operands if one.name == "count"), str(len(step.operands)))
    return Words(
        id=f"{name.id} menurut {source.id}: rata-rata {count} penilai = {value.id}",
        en=f"{name.en} according to {source.en}: mean of {count} assessor(s) = {value.en}",
    )


def _parts(step: Step, names: Names) -> Words:
    code, _, role = step.subject.partition("/")
    name, source, value = names(code), names(role), two_places(step.value)
    parts = [(names(one.name), two_places(one.value)) for one in step.operands]
    return Words(
        id=f"{name.id} menurut {source.id} = {value.id}, rata-rata "
        + ", ".join(f"{part.id} {number.id}" for part, number in parts),
        en=f"{name.en} according to {source.en} = {value.en}, the mean of "
        + ", ".join(f"{part.en} {number.en}" for part, number in parts),
    )


def _decided(step: Step, names: Names) -> Words:
    """A criterion, or the actual of an indicator, as it was decided."""
    name, decided = names(step.subject.partition("/")[0]), as_entered(step.value)
    before = next((one.value for one in step.operands if one.name == "before"), None)
    was = as_entered(before)
    what = Words(id="", en="")
    if step.code is Code.CORRECTED:
        what = Words(id=", realisasi", en=", actual")
    return Words(
        id=f"{name.id}{what.id}: diputuskan menjadi {decided.id}, sebelumnya {was.id}",
        en=f"{name.en}{what.en}: decided to be {decided.en}, before {was.en}",
    )


def _local_score(step: Step, names: Names) -> Words:
    """``Capaian target 105,00 x bobot 40 = 42,00`` for each criterion, then the sum."""
    value, parts = two_places(step.value), [_share(one, names) for one in step.operands]
    return Words(
        id="; ".join(part.id for part in parts) + f"; jumlah = {value.id}",
        en="; ".join(part.en for part in parts) + f"; sum = {value.en}",
    )


def _share(one: Operand, names: Names) -> Words:
    name, value, weight = names(one.name), two_places(one.value), as_entered(one.weight)
    share = two_places(str(read(one.value) * read(one.weight or "0") / 100))
    return Words(
        id=f"{name.id} {value.id} x bobot {weight.id} = {share.id}",
        en=f"{name.en} {value.en} x weight {weight.en} = {share.en}",
    )


def _band(step: Step, names: Names) -> Words:
    value, grade = two_places(step.operand("local_score")), names(step.value)
    recognised = step.operand("innovation_recognised") == "true"
    return Words(
        id=f"Nilai {value.id}, {'dengan' if recognised else 'tanpa'} inovasi yang diakui: {grade.id}",
        en=f"A score of {value.en} {'with' if recognised else 'without'} a recognised innovation: {grade.en}",
    )


def _dropped(step: Step, names: Names) -> Words:
    code, _, role = step.subject.rpartition("/")
    source, received, minimum = names(role), step.operand("received"), step.operand("minimum")
    about = Words(id=f" untuk {names(code).id}", en=f" of {names(code).en}") if code else Words(id="", en="")
    return Words(
        id=f"Penilaian {source.id}{about.id} tidak dipakai: {received} masuk, paling sedikit {minimum}",
        en=f"Assessments{about.en} by {source.en} are left out: {received} came in, at least {minimum} are needed",
    )


def _gap(step: Step, names: Names) -> Words:
    value, allowed = two_places(step.value), as_entered(step.operand("allowed"))
    means = [(names(one.name), two_places(one.value)) for one in step.operands if one.name != "allowed"]
    return Words(
        id=f"Selisih {value.id} antara "
        + " dan ".join(f"{name.id} ({mean.id})" for name, mean in means)
        + f"; moderasi mulai {allowed.id}",
        en=f"A gap of {value.en} between "
        + " and ".join(f"{name.en} ({mean.en})" for name, mean in means)
        + f"; moderation from {allowed.en}",
    )


def _missing(step: Step, names: Names) -> Words:
    name = names(step.subject)
    return Words(
        id=f"{name.id}: belum lengkap, tidak dihitung sebagai nol", en=f"{name.en}: incomplete, not counted as 0"
    )


def _unit_head(step: Step, names: Names) -> Words:
    performance, rating = names(step.operand("org_performance")), names(step.value)
    return Words(
        id=f"Pimpinan unit: capaian organisasi {performance.id}, maka hasil kerja {rating.id}",
        en=f"Head of the unit: the organisation's achievement is {performance.en}, so the results are {rating.en}",
    )


def _before_organisation(*_: object) -> Words:
    return Words(
        id="Atasan menilai sebelum capaian kinerja organisasi ditetapkan",
        en="The superior assessed before the achievement of the organisation was set",
    )


def _predicate(step: Step, names: Names) -> Words:
    result, behaviour = names(step.operand("result_rating")), names(step.operand("behaviour_rating"))
    grade = names(step.value)
    return Words(
        id=f"Hasil kerja {result.id} dan perilaku {behaviour.id}: predikat {grade.id}",
        en=f"Results {result.en} and behaviour {behaviour.en}: predicate {grade.en}",
    )


def _study_leave(step: Step, names: Names) -> Words:
    before, grade = names(step.operand("predicate")), names(step.value)
    return Words(
        id=f"Tugas belajar berakhir tanpa gelar, predikat {before.id} menjadi paling tinggi Kurang: {grade.id}",
        en=f"Study leave ended without a degree, {before.en} is at most Poor: {grade.en}",
    )


def _credit(step: Step, _: Names) -> Words:
    percent, coefficient, months = (step.operand(one) for one in ("percent", "coefficient", "months"))
    # The formula of the regulation as one would type it into a calculator.
    text = f"{percent}% x {coefficient} x {months}/12 = {step.value}"
    return Words(id=f"Angka kredit: {text}".replace(".", ","), en=f"Credit points: {text}")


def _deadline(step: Step, _: Names) -> Words:
    working = step.operand("kind") == "WORKING"
    start, days = step.operand("start"), step.operand("days")
    return Words(
        id=f"{days} hari {'kerja' if working else 'kalender'} sejak {start}: sampai {step.value}",
        en=f"{days} {'working' if working else 'calendar'} days from {start}: until {step.value}",
    )


_SENTENCES: dict[Code, Callable[[Step, Names], Words]] = {
    Code.POLICY: _policy,
    Code.ACHIEVEMENT: _achievement,
    Code.INDICATORS: _mean,
    Code.ASSESSORS: _assessors,
    Code.PARTS: _parts,
    Code.SOURCES: _mean,
    Code.AMENDED: _decided,
    Code.CORRECTED: _decided,
    Code.LOCAL_SCORE: _local_score,
    Code.BAND: _band,
    Code.SOURCE_DROPPED: _dropped,
    Code.SOURCE_GAP: _gap,
    Code.MISSING: _missing,
    Code.UNIT_HEAD: _unit_head,
    Code.BEFORE_ORGANISATION: _before_organisation,
    Code.PREDICATE: _predicate,
    Code.PP30: _local_score,
    Code.STUDY_LEAVE: _study_leave,
    Code.CREDIT: _credit,
    Code.DEADLINE: _deadline,
}
