"""What a plan must be before it is proposed, and what is only pointed out to its writer."""

from collections.abc import Iterator

from contracts.base import Frozen
from contracts.plans.plans import Direction
from contracts.policy import Method, Policy
from kit.errors import Invalid, fault
from services.plans.plans.rules import measurability
from services.plans.plans.rules.content import Content, Indicator, ResultKind

HUNDRED = 100
_CORE = (ResultKind.PRIMARY, ResultKind.ACADEMIC)
FEWEST_WORDS = 2
"""A statement of one word says what is meant to nobody but its writer."""


class Finding(Frozen):
    """Something about a plan, in both languages, and where it lies."""

    where: str
    en: str
    id: str
    blocks: bool = False
    """It keeps the plan from being proposed."""


def require(content: Content, policy: Policy, *, on_study_leave: bool = False, before: Content | None = None) -> None:
    """Raises Invalid with everything that keeps the plan from being proposed, or from taking the place of ``before``."""
    academic = _academic(content, before or Content(), on_study_leave=on_study_leave)
    found = [*_whole(content), *_targets(content), *_links(content, policy), *academic]
    if policy.features.measurable_plans:
        found += [one for place, indicator in _placed(content) for one in _unmeasurable(place, indicator)]
    if found:
        errors = [fault(one.where, one.en, one.id) for one in found]
        en, indonesian = "; ".join(one.en for one in found), "; ".join(one.id for one in found)
        raise Invalid(f"the plan is not complete: {en}", f"rencana belum lengkap: {indonesian}", errors=errors)


def blocking(content: Content) -> list[Finding]:
    """Whatever of its indicators alone keeps a plan from being proposed: their weights and targets."""
    return [one.model_copy(update={"blocks": True}) for one in (*_whole(content), *_targets(content))]


def lacking(content: Content) -> list[Finding]:
    """What a plan should agree on as well, and does not yet (PermenPANRB 6/2022 arts 7-13)."""
    found = [Finding(where=where, en=en, id=indonesian) for where, en, indonesian in content.missing()]
    for number, result in enumerate(content.results):
        if result.report_every is None:
            found.append(
                Finding(
                    where=f"results.{number}.report_every",
                    en=f"{result.statement}: say how often it is accounted for",
                    id=f"{result.statement}: tulis jadwal pertanggungjawabannya",
                )
            )
        if not result.evidence.strip():
            found.append(
                Finding(
                    where=f"results.{number}.evidence",
                    en=f"{result.statement}: say which evidence is expected",
                    id=f"{result.statement}: tulis bukti dukung yang diharapkan",
                )
            )
    return found


def hints(content: Content, policy: Policy) -> list[Finding]:
    """What should be looked at again: links, and indicators that are not clear, measurable and relevant (Binjai)."""
    found = [] if _must_link(policy) else list(_unlinked(content))
    found += _unknown_goals(content, policy)
    for place, indicator in _placed(content):
        found += _quality(place, indicator, strict=policy.features.measurable_plans)
    return found


def _unmeasurable(place: str, indicator: Indicator) -> Iterator[Finding]:
    """What a city that wants its plans measurable refuses, and every other points out."""
    for field, en, indonesian in measurability.unmeasurable(indicator):
        yield Finding(where=f"{place}.{field}", en=en, id=indonesian, blocks=True)


def _whole(content: Content) -> Iterator[Finding]:
    if not any(result.kind in _CORE and result.indicators for result in content.results):
        yield Finding(
            where="results",
            en="write at least one primary work result with at least one indicator",
            id="tulis sedikitnya satu hasil kerja utama dengan satu indikator",
        )
    total = sum(indicator.weight for indicator in content.indicators)
    if total != HUNDRED:
        yield Finding(
            where="results",
            en=f"the weights of all indicators sum to {total}, not to 100",
            id=f"jumlah bobot semua indikator {total}, seharusnya 100",
        )


def _academic(content: Content, before: Content, *, on_study_leave: bool) -> Iterator[Finding]:
    """Study leave is covered with academic expectations (L II.C.8); who has come back keeps them, and gets no new ones."""
    places = [number for number, result in enumerate(content.results) if result.kind is ResultKind.ACADEMIC]
    kept = {result.id for result in before.results if result.kind is ResultKind.ACADEMIC}
    if on_study_leave and not places:
        yield Finding(
            where="results",
            en="write an academic expectation: you are on study leave",
            id="tulis ekspektasi akademik: Anda sedang tugas belajar",
        )
    for number in () if on_study_leave else (one for one in places if content.results[one].id not in kept):
        yield Finding(
            where=f"results.{number}.kind",
            en="an academic expectation is for study leave",
            id="ekspektasi akademik hanya untuk tugas belajar",
        )


def _targets(content: Content) -> Iterator[Finding]:
    for place, indicator in _placed(content):
        if indicator.target_lo > indicator.target_hi:
            yield Finding(
                where=f"{place}.target_lo",
                en=f"{indicator.statement}: the target's lower end lies above its upper end",
                id=f"{indicator.statement}: batas bawah target melebihi batas atas",
            )
        elif indicator.direction is Direction.HIGHER_BETTER and indicator.target_hi == 0:
            yield Finding(
                where=f"{place}.target_hi",
                en=f"{indicator.statement}: a target of 0 where higher is better measures nothing",
                id=f"{indicator.statement}: target 0 tidak mengukur apa pun bila makin tinggi makin baik",
            )


def _links(content: Content, policy: Policy) -> Iterator[Finding]:
    if _must_link(policy):
        yield from _unlinked(content)


def _must_link(policy: Policy) -> bool:
    """An achievement-based city measures everybody's contribution to its vision and mission (Binjai)."""
    return policy.method is Method.ACHIEVEMENT


def _unlinked(content: Content) -> Iterator[Finding]:
    for number, result in enumerate(content.results):
        if not result.linked:
            yield Finding(
                where=f"results.{number}.goal",
                en=f"{result.statement}: link it to a goal of the city or a result of your superior",
                id=f"{result.statement}: kaitkan dengan sasaran kota atau hasil kerja atasan",
            )


def _unknown_goals(content: Content, policy: Policy) -> Iterator[Finding]:
    known = {text for goal in policy.goals for text in (goal.id, goal.en)}
    for number, result in enumerate(content.results):
        if known and result.goal and result.goal not in known:
            yield Finding(
                where=f"results.{number}.goal",
                en=f"{result.goal}: not among the goals of the city's policy",
                id=f"{result.goal}: tidak termasuk sasaran dalam kebijakan kota",
            )


def _quality(place: str, indicator: Indicator, *, strict: bool) -> Iterator[Finding]:
    if len(indicator.statement.split()) < FEWEST_WORDS:
        yield Finding(
            where=f"{place}.statement", en="not clear: say what is counted", id="belum jelas: apa yang diukur"
        )
    for finding in _unmeasurable(place, indicator):
        yield finding.model_copy(update={"blocks": strict})
    for field, en, indonesian in measurability.doubtful(indicator):
        yield Finding(where=f"{place}.{field}", en=en, id=indonesian)
    if indicator.weight == 0:
        yield Finding(where=f"{place}.weight", en="not relevant: it weighs nothing", id="belum relevan: bobotnya nol")
    if not indicator.source_of_data.strip():
        yield Finding(
            where=f"{place}.source_of_data",
            en="nobody can check it: say where the figure comes from",
            id="tidak dapat diperiksa: sebutkan sumber data",
        )


def _placed(content: Content) -> Iterator[tuple[str, Indicator]]:
    for number, result in enumerate(content.results):
        for place, indicator in enumerate(result.indicators):
            yield f"results.{number}.indicators.{place}", indicator
