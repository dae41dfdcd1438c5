"""What people call the phases of a cycle."""

from collections.abc import Mapping

from contracts.base import Phase

PHASE_NAMES: Mapping[str, tuple[str, str]] = {
    Phase.PREPARATION: ("persiapan", "preparation"),
    Phase.PLANNING: ("perencanaan kinerja", "planning"),
    Phase.EXECUTION: ("pelaksanaan dan pemantauan", "execution and monitoring"),
    Phase.EVALUATION: ("penilaian", "evaluation"),
    Phase.MODERATION: ("peninjauan temuan", "moderation"),
    Phase.DISCLOSURE: ("penyampaian hasil", "disclosure of results"),
    Phase.OBJECTION: ("keberatan", "objections"),
    Phase.FINALISATION: ("penetapan akhir", "finalisation"),
    Phase.FOLLOW_UP: ("tindak lanjut", "follow-up"),
    Phase.SYSTEM_REVIEW: ("peninjauan sistem", "review of the system"),
}
"""Indonesian and English, in the order of the phases."""
