"""Every form that keeps a draft: where its template begins it, who writes it, and at which page of the year."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Long:
    """One form; of the one page for all that a leader answers, several things are opened."""

    template: str
    action: str
    """As the template has it."""
    who: str
    path: str
    """With the ids of the moment."""
    draft: str = ""
    """What its draft is called, where the page has several forms that keep one."""


_TALKED = tuple(("team/plan.html", f"/tim/rencana/{{{{ plan.id }}}}/{act}") for act in ("kembalikan", "dialog"))
_ANSWER = ("answers/answer.html", "{{ shown.path }}")
_VISIT = ("visits/visit.html", "/kunjungan/{{{{ one.id }}}}/{}".format)

LONG: dict[str, tuple[Long, ...]] = {
    "planning": (
        Long("plan/result.html", "/rencana/{{ plan.id }}/hasil/{{ number }}", "ani", "/rencana/{plan}/hasil/baru"),
        Long("plan/behaviour.html", "/rencana/{{ plan.id }}/perilaku", "ani", "/rencana/{plan}/perilaku"),
        Long("plan/resources.html", "/rencana/{{ plan.id }}/dukungan", "ani", "/rencana/{plan}/dukungan"),
        Long("plan/consequences.html", "/rencana/{{ plan.id }}/konsekuensi", "ani", "/rencana/{plan}/konsekuensi"),
        Long("bringing/new_ideas.html", "/ide/baru", "ani", "/ide/baru"),
        Long("bringing/new_supports.html", "/dukungan/baru", "ani", "/dukungan/baru"),
        Long("bringing/new_initiatives.html", "/inisiatif/baru", "ani", "/inisiatif/baru"),
        Long(
            "feedback/new.html",
            "/umpan-balik/baru{{ '?tentang=' ~ about if about }}",
            "ani",
            "/umpan-balik/baru",
        ),
    ),
    "proposal": (
        Long(*_TALKED[0], "kabid_a", "/tim/rencana/{plan}", "kembalikan"),
        Long(*_TALKED[1], "kabid_a", "/tim/rencana/{plan}", "dialog"),
    ),
    "visit": (
        Long(_VISIT[0], _VISIT[1]("temuan"), "penilai", "/kunjungan/{visit}", "temuan-baru"),
        Long(_VISIT[0], _VISIT[1]("laporan"), "penilai", "/kunjungan/{visit}", "kunjungan"),
        Long("takeovers/takeovers.html", "/tim/ambil-alih/{{ plan.id }}", "kabid_a", "/tim/ambil-alih/{plan}"),
        Long("feedback/entries.html", "{{ here }}&amp;halaman={{ number }}", "kabid_a", "/tim/catatan/{plan}"),
        Long(*_ANSWER, "kabid_a", "/ide/{idea}"),
        Long(*_ANSWER, "kabid_a", "/dukungan/{support}"),
        Long(*_ANSWER, "kabid_a", "/inisiatif/{initiative}"),
        Long(*_ANSWER, "citra", "/bimbingan/{coaching}"),
        Long("amendments/amend.html", "/tim/rencana/{{ plan.id }}/ubah", "kabid_a", "/tim/rencana/{plan}/ubah"),
    ),
    "response": (Long(_VISIT[0], _VISIT[1]("tanggapan"), "kabid_a", "/kunjungan/{visit}"),),
    "scores": (
        Long(_VISIT[0], _VISIT[1]("nilai"), "penilai", "/kunjungan/{visit}"),
        Long(
            "organisations/organisations.html",
            "/pengelola/organisasi/{{ cycle_id }}",
            "petugas",
            "/pengelola/organisasi/{cycle}",
        ),
        Long(
            "upward/upward.html", "/pengelola/laporan-atas/{{ cycle_id }}", "petugas", "/pengelola/laporan-atas/{cycle}"
        ),
    ),
    "report": (Long("reports/report.html", "/laporan/{{ report.id }}", "ani", "/laporan/{report}"),),
    "assessment": (
        Long("rating/rating.html", "{{ action }}", "kabid_a", "/tim/nilai/{appraisal}"),
        Long("peers/peer.html", "/rekan/{{ asked.appraisal_id }}", "budi", "/rekan/{appraisal}"),
        Long(
            "clarifications/new.html",
            "/klarifikasi/baru?penilaian={{ appraisal }}",
            "ani",
            "/klarifikasi/baru?penilaian={appraisal}",
        ),
    ),
    "objection": (
        Long("objections/new.html", "/hasil/{{ result.id }}/keberatan/periksa", "ani", "/hasil/{result}/keberatan"),
        Long("objections/objection.html", "/keberatan/{{ case.id }}/penjelasan", "budi", "/keberatan/{case}"),
        Long(
            "objections/decide.html",
            "/keberatan/{{ case.id }}/putusan/periksa",
            "kadis",
            "/keberatan/{case}/putusan",
        ),
        Long("reviews/review.html", "/pengelola/tinjauan/{{ cycle_id }}", "petugas", "/pengelola/tinjauan/{cycle}"),
    ),
}
"""By moment of the year, in its order."""
REVISION = Long("rating/rating.html", "{{ action }}", "kabid_a", "/moderasi/{moderation}/nilai/{appraisal}")
SESSION_REPORT = Long("training/session.html", "{{ base }}/lapor", "petugas", "/pengelola/sosialisasi/{session}")
RETURNED = Long("plan/plan.html", "/rencana/{{ plan.id }}/hasil/{{ place }}", "budi", "/rencana/{plan}", "hasil-kerja")
ELSEWHERE = (REVISION, SESSION_REPORT, RETURNED)
"""Forms that are tried where their year is lived: changing a rating (test_moderation), reporting a session (test_training),
mending a plan that was returned (test_plan)."""
