"""The states of an appraisal, and what may happen in each; the table is the documentation."""

from enum import StrEnum

from kit.errors import Refused


class AppraisalState(StrEnum):
    """How far an appraisal has come."""

    OPEN = "OPEN"
    """Something is still to come: an assessment, the last actuals, the achievement of the organisation."""
    MODERATION = "MODERATION"
    """Computed; two sources lie further apart than the policy allows, so the performance office looks first."""
    PROVISIONAL = "PROVISIONAL"
    """Score, ratings and predicate stand, open for questions until somebody signs."""
    ISSUED = "ISSUED"
    """A version is signed, and its receipt is awaited."""
    RECEIVED = "RECEIVED"
    """The servant has it, or is deemed to: the window for an objection runs, or an objection is being decided."""
    FINAL = "FINAL"
    """Nothing but an objection that is admitted late changes it any more."""


class Act(StrEnum):
    """What happens to an appraisal."""

    ASSESS = "ASSESS"
    """An assessor gives an assessment, or another instead of it."""
    MEASURE = "MEASURE"
    """Actuals, or an innovation that was recognised, come in."""
    COMPUTE = "COMPUTE"
    """Everything is in, and no finding holds the result back."""
    MODERATE = "MODERATE"
    """Everything is in, and a finding goes before the performance office."""
    RELEASE = "RELEASE"
    """The performance office closed the finding, or was silent."""
    REVISE = "REVISE"
    """An assessor who was asked about a finding revises his or her assessment."""
    CLARIFY = "CLARIFY"
    """The answer to the servant's question changes the ratings; of what is signed, it makes a new version."""
    ISSUE = "ISSUE"
    """Somebody signs the first version."""
    RECEIVE = "RECEIVE"
    """The servant acknowledges receipt, or is deemed to have received it."""
    AMEND = "AMEND"
    """The authority decides an objection by other ratings, which need no receipt (PermenPANRB 6/2022 art. 29)."""
    FINALISE = "FINALISE"
    """The window for an objection is over and none is open."""


MOVES: dict[AppraisalState, dict[Act, AppraisalState]] = {
    AppraisalState.OPEN: {
        Act.ASSESS: AppraisalState.OPEN,
        Act.MEASURE: AppraisalState.OPEN,
        Act.COMPUTE: AppraisalState.PROVISIONAL,
        Act.MODERATE: AppraisalState.MODERATION,
    },
    AppraisalState.MODERATION: {
        Act.MEASURE: AppraisalState.MODERATION,
        Act.RELEASE: AppraisalState.PROVISIONAL,
        Act.REVISE: AppraisalState.MODERATION,
        Act.CLARIFY: AppraisalState.MODERATION,
    },
    AppraisalState.PROVISIONAL: {
        Act.MEASURE: AppraisalState.PROVISIONAL,
        Act.REVISE: AppraisalState.PROVISIONAL,
        Act.CLARIFY: AppraisalState.PROVISIONAL,
        Act.ISSUE: AppraisalState.ISSUED,
    },
    AppraisalState.ISSUED: {
        Act.CLARIFY: AppraisalState.ISSUED,
        Act.RECEIVE: AppraisalState.RECEIVED,
        Act.AMEND: AppraisalState.RECEIVED,
    },
    AppraisalState.RECEIVED: {
        Act.CLARIFY: AppraisalState.ISSUED,
        Act.AMEND: AppraisalState.RECEIVED,
        Act.FINALISE: AppraisalState.FINAL,
    },
    AppraisalState.FINAL: {Act.AMEND: AppraisalState.RECEIVED},
}

UNSIGNED = (AppraisalState.OPEN, AppraisalState.MODERATION, AppraisalState.PROVISIONAL)
"""A change of personnel still changes who evaluates, and a late fact the score."""
COMPUTED = (AppraisalState.MODERATION, AppraisalState.PROVISIONAL)
"""The result is made and may be made again."""
SIGNED = (AppraisalState.ISSUED, AppraisalState.RECEIVED, AppraisalState.FINAL)
"""A version of the result exists, and versions are never overwritten."""
RELEASED = (AppraisalState.PROVISIONAL, *SIGNED)
"""The servant sees what was computed."""
NOT_FINAL = (*UNSIGNED, AppraisalState.ISSUED, AppraisalState.RECEIVED)
"""Keeps its cycle from closing."""

_STATES = {
    AppraisalState.OPEN: ("open", "terbuka"),
    AppraisalState.MODERATION: ("in moderation", "dalam moderasi"),
    AppraisalState.PROVISIONAL: ("provisional", "sementara"),
    AppraisalState.ISSUED: ("issued", "ditetapkan"),
    AppraisalState.RECEIVED: ("received", "diterima"),
    AppraisalState.FINAL: ("final", "final"),
}
_ACTS = {
    Act.ASSESS: ("be assessed any more: its result stands", "dinilai lagi: hasilnya tetap"),
    Act.MEASURE: ("be measured again: its result is signed", "diukur lagi: hasilnya sudah ditetapkan"),
    Act.COMPUTE: ("be computed for the first time", "dihitung untuk pertama kali"),
    Act.MODERATE: ("be put before the performance office", "diajukan ke pengelola kinerja"),
    Act.RELEASE: ("be released: nothing was found about it", "dilepas: tidak ada temuan atasnya"),
    Act.REVISE: ("be revised: only a computed result before its signature", "direvisi: hanya hasil sebelum penetapan"),
    Act.CLARIFY: ("be changed by an answer", "diubah oleh jawaban"),
    Act.ISSUE: ("be issued: only a provisional result", "ditetapkan: hanya hasil sementara"),
    Act.RECEIVE: ("be received: only what was issued", "diterima: hanya hasil yang telah ditetapkan"),
    Act.AMEND: ("be amended by an objection: it is not issued", "diubah oleh keberatan: belum ditetapkan"),
    Act.FINALISE: ("become final: only what was received", "menjadi final: hanya hasil yang telah diterima"),
}


def can(state: str, act: Act) -> bool:
    """Whether the act is possible in this state."""
    return act in MOVES[AppraisalState(state)]


def move(state: str, act: Act) -> AppraisalState:
    """Where the act leads from this state; raises Refused where it is not possible."""
    here = AppraisalState(state)
    there = MOVES[here].get(act)
    if there is None:
        (state_en, state_id), (en, indonesian) = _STATES[here], _ACTS[act]
        raise Refused(
            f"an appraisal that is {state_en} cannot {en}",
            f"penilaian yang {state_id} tidak dapat {indonesian}",
            state=here.value,
        )
    return there


def before(state: AppraisalState) -> tuple[str, ...]:
    """The states that some act leads from to this one, as they are stored: what a set-based update may touch."""
    return tuple(here.value for here, acts in MOVES.items() if state in acts.values())
