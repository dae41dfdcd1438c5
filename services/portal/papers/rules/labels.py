"""The fixed words of every form, by the name under which its template places them; Indonesian is the official text."""

from collections.abc import Mapping

from contracts.base import Words
from contracts.portal.papers import PaperKind

TITLES: Mapping[PaperKind, Words] = {
    PaperKind.PLAN: Words(id="Sasaran Kinerja Pegawai", en="Performance Plan"),
    PaperKind.EVALUATION: Words(id="Evaluasi Kinerja Pegawai", en="Performance Evaluation"),
    PaperKind.RESULT: Words(id="Dokumen Evaluasi Kinerja Pegawai", en="Document of the Performance Evaluation"),
    PaperKind.RESULT_BY_SUPERIOR: Words(
        id="Dokumen Evaluasi Kinerja Pegawai", en="Document of the Performance Evaluation"
    ),
    PaperKind.RESULT_AFTER_OBJECTION: Words(
        id="Dokumen Evaluasi Kinerja Pegawai", en="Document of the Performance Evaluation"
    ),
    PaperKind.OBJECTION: Words(id="Keputusan atas Keberatan", en="Decision of an Objection"),
    PaperKind.VISIT: Words(
        id="Laporan Kunjungan Tim Evaluasi Independen", en="Report of the Independent Panel's Visit"
    ),
    PaperKind.FILE: Words(id="Berkas Kinerja Pegawai", en="Performance File"),
    PaperKind.UPWARD: Words(
        id="Laporan Hasil Evaluasi Kinerja Pegawai", en="Report of the Results of the Performance Evaluation"
    ),
    PaperKind.CITY_MEETING: Words(id="Bahan Rapat Pimpinan Kota", en="Paper for a Meeting of the City's Leadership"),
    PaperKind.PROVINCE_MEETING: Words(id="Bahan Rapat Provinsi", en="Paper for a Meeting of the Province"),
    PaperKind.TEAM: Words(id="Daftar Tim Pejabat Penilai", en="List of a Rater's Team"),
    PaperKind.CASE: Words(id="Berkas Perkara Keberatan", en="File of an Objection"),
    PaperKind.LISTING: Words(id="Daftar", en="Listing"),
}

FORMS: Mapping[PaperKind, Words] = {
    PaperKind.PLAN: Words(id="Formulir SKP", en="Form SKP"),
    PaperKind.EVALUATION: Words(id="Formulir B", en="Form B"),
    PaperKind.RESULT: Words(id="Formulir D.1.1", en="Form D.1.1"),
    PaperKind.RESULT_BY_SUPERIOR: Words(id="Formulir D.1.2", en="Form D.1.2"),
    PaperKind.RESULT_AFTER_OBJECTION: Words(id="Formulir D.1.3", en="Form D.1.3"),
}
"""Their numbers in the annex of PermenPANRB 6/2022; what is not in it has none."""

_FRAME: Mapping[str, Words] = {
    "period": Words(id="Periode penilaian", en="Period"),
    "until": Words(id="s.d.", en="to"),
    "page": Words(id="Halaman", en="Page"),
    "of": Words(id="dari", en="of"),
    "code": Words(id="Kode", en="Code"),
    "verify": Words(id="Keaslian dapat diperiksa pada", en="Whether it is genuine is told at"),
    "qr": Words(id="Kode QR menuju halaman pemeriksaan keaslian", en="QR code that leads to the page of verification"),
    "no": Words(id="No.", en="No."),
    "name": Words(id="Nama", en="Name"),
    "nip": Words(id="NIP", en="NIP"),
    "grade": Words(id="Pangkat/gol. ruang", en="Rank and grade"),
    "position": Words(id="Jabatan", en="Position"),
    "unit": Words(id="Unit kerja", en="Unit"),
    "servant": Words(id="Pegawai yang dinilai", en="Civil servant"),
    "rater": Words(id="Pejabat penilai kinerja", en="Rater"),
    "authority": Words(id="Atasan pejabat penilai kinerja", en="Rater's superior"),
    "signed": Words(id="Disetujui secara elektronik", en="Approved electronically"),
    "unsigned": Words(id="Belum disetujui secara elektronik", en="Not approved electronically"),
    "missing": Words(
        id="Tanda \N{WHITE SQUARE} menggantikan karakter yang tidak tersedia pada huruf cetak dokumen ini.",
        en="The sign \N{WHITE SQUARE} stands for a character that the fonts of this document do not have.",
    ),
    "evidence": Words(id="Bukti dukung", en="Evidence"),
}

_PLANS: Mapping[str, Words] = {
    "approach": Words(id="Pendekatan hasil kerja kuantitatif", en="Quantitative approach"),
    "for_leaders": Words(
        id="Bagi pejabat pimpinan tinggi dan pimpinan unit kerja mandiri", en="For high leaders and heads of units"
    ),
    "for_others": Words(
        id="Bagi pejabat administrasi dan pejabat fungsional", en="For administrative and functional officials"
    ),
    "draft": Words(id="Rancangan: belum ditetapkan", en="Draft: not set yet"),
    "set": Words(id="Ditetapkan", en="Set"),
    "version": Words(id="Versi", en="Version"),
    "results": Words(id="Hasil kerja", en="Work results"),
    "superior": Words(id="Rencana hasil kerja pimpinan yang diintervensi", en="Result of the leader that it serves"),
    "result": Words(id="Rencana hasil kerja", en="Work result"),
    "aspect": Words(id="Aspek", en="Aspect"),
    "indicator": Words(id="Indikator kinerja individu", en="Individual indicator"),
    "target": Words(id="Target", en="Target"),
    "behaviour": Words(id="Perilaku kerja", en="Behaviour"),
    "guides": Words(id="Panduan perilaku", en="Guides"),
    "expectation": Words(id="Ekspektasi khusus pimpinan", en="Special expectation of the leader"),
    "annex": Words(id="Lampiran Sasaran Kinerja Pegawai", en="Annex to the Performance Plan"),
    "resources": Words(id="Dukungan sumber daya", en="Resources"),
    "need": Words(id="Kebutuhan", en="What is needed"),
    "kind": Words(id="Jenis", en="Kind"),
    "accountability": Words(id="Skema pertanggungjawaban", en="Accountability"),
    "report_every": Words(id="Jadwal laporan", en="Reported"),
    "expected_evidence": Words(id="Bukti dukung yang diharapkan", en="Expected evidence"),
    "consequences": Words(id="Konsekuensi", en="Consequences"),
    "positive": Words(id="Positif", en="Positive"),
    "negative": Words(id="Negatif", en="Negative"),
}

_EVALUATIONS: Mapping[str, Words] = {
    "period_number": Words(id="Periode ke-", en="Period "),
    "whole": Words(id="Akhir", en="End of the cycle"),
    "organisation": Words(id="Capaian kinerja organisasi", en="Achievement of the organisation"),
    "actual": Words(id="Realisasi berdasarkan bukti dukung", en="Actual by evidence"),
    "no_actual": Words(id="Tidak ada realisasi:", en="No actual:"),
    "feedback": Words(id="Umpan balik berkelanjutan berdasarkan bukti dukung", en="Continuous feedback by evidence"),
    "result_rating": Words(id="Rating hasil kerja", en="Rating of results"),
    "behaviour_rating": Words(id="Rating perilaku kerja", en="Rating of behaviour"),
    "predicate": Words(id="Predikat kinerja pegawai", en="Predicate"),
    "as_before": Words(
        id="Rating periode sebelumnya berlaku sesuai kesepakatan.", en="The ratings of the period before, as agreed."
    ),
    "note": Words(id="Catatan", en="Note"),
    "not_evaluated": Words(id="Belum dievaluasi", en="Not evaluated yet"),
    "evaluation": Words(id="Evaluasi kinerja", en="Evaluation"),
    "local_score": Words(id="Nilai lokal", en="Local score"),
    "former_predicate": Words(id="Predikat sebelum keberatan", en="Predicate before the objection"),
    "recommendation": Words(id="Catatan/rekomendasi", en="Notes and recommendations"),
    "strengths": Words(id="Kekuatan", en="Strengths"),
    "areas": Words(id="Hal yang perlu ditingkatkan", en="Areas to improve"),
    "taken_over": Words(id="Hasil kerja yang diambil alih pimpinan", en="Results that the leader took over"),
    "by_superior": Words(
        id="Dievaluasi oleh atasan pejabat penilai kinerja; hasil ini final tanpa keberatan.",
        en="Evaluated by the rater's superior; this result is final without objection.",
    ),
    "delivery": Words(id="Penyampaian", en="Delivery"),
    "issued_at": Words(id="Ditandatangani penilai", en="Signed by the evaluator"),
    "received_at": Words(id="Diterima pegawai", en="Received by the civil servant"),
    "deemed": Words(id="dianggap diterima, tidak dikembalikan", en="deemed received, not returned"),
    "receipt_note": Words(id="Catatan saat menerima", en="Note on receipt"),
    "receipt_is_no_agreement": Words(
        id="Tanda terima bukan persetujuan atas isi.", en="Receipt is no agreement with what it says."
    ),
    "final_at": Words(id="Final", en="Final"),
}

_OBJECTIONS: Mapping[str, Words] = {
    "parties": Words(id="Para pihak", en="Parties"),
    "objection": Words(id="Keberatan", en="Objection"),
    "filed_at": Words(id="Diajukan", en="Filed"),
    "grounds": Words(id="Alasan", en="Grounds"),
    "items": Words(id="Butir yang dipersoalkan", en="Contested items"),
    "explained": Words(
        id="Penjelasan pejabat penilai kinerja atas keberatan", en="What the rater explained to the objection"
    ),
    "explanations": Words(id="Penjelasan kedua pihak", en="What both sides explained"),
    "silent": Words(id="Tidak memberi penjelasan dalam batas waktu.", en="Gave no explanation in the time for it."),
    "decision": Words(
        id="Keputusan dan rekomendasi atasan pejabat penilai kinerja", en="Decision and recommendation of the superior"
    ),
    "outcome": Words(id="Keputusan", en="Decision"),
    "reason": Words(id="Pertimbangan", en="Reason"),
    "decided_at": Words(id="Diputus", en="Decided"),
    "item": Words(id="Butir", en="Item"),
    "amended": Words(id="Diubah", en="Amended"),
    "upheld": Words(id="Tetap", en="Upheld"),
    "anew": Words(id="Ditetapkan kembali", en="Set anew"),
    "value": Words(id="Nilai", en="Value"),
    "contested": Words(id="Hasil yang dipersoalkan", en="Contested result"),
    "changed": Words(id="Hasil setelah keputusan", en="Result after the decision"),
    "unchanged": Words(id="Hasil evaluasi tidak berubah.", en="The result stays as it was."),
    "final": Words(
        id="Keputusan ini final (PermenPANRB 6/2022 Pasal 29).",
        en="This decision is final (PermenPANRB 6/2022 art. 29).",
    ),
}

_VISITS: Mapping[str, Words] = {
    "visited": Words(id="Unit yang dikunjungi", en="Visited unit"),
    "held_on": Words(id="Tanggal kunjungan", en="Day of the visit"),
    "planned_for": Words(id="Tanggal yang direncanakan", en="Planned for"),
    "lead": Words(id="Ketua tim", en="Lead of the panel"),
    "panel": Words(id="Tim evaluasi independen", en="Independent panel"),
    "people": Words(id="Pegawai yang dinilai dari kunjungan ini", en="Whom it is scored for"),
    "checklist": Words(id="Daftar periksa", en="Checklist"),
    "answer": Words(id="Hasil pengamatan", en="What was observed"),
    "findings": Words(id="Temuan", en="Findings"),
    "what": Words(id="Yang diamati", en="What was seen"),
    "how": Words(id="Saran perbaikan", en="How to go on"),
    "reply": Words(id="Tanggapan unit", en="Answer of the unit"),
    "action": Words(id="Tindak lanjut", en="Action"),
    "answered_no": Words(id="Tidak", en="No"),
    "no_findings": Words(id="Tidak ada temuan.", en="No findings."),
    "responded_at": Words(id="Ditanggapi", en="Answered"),
    "no_reply": Words(id="Belum ada tanggapan.", en="No answer."),
}

_FILES: Mapping[str, Words] = {
    "as_of": Words(id="Keadaan per", en="As of"),
    "results_by_cycle": Words(id="Hasil penilaian per siklus", en="Results by cycle"),
    "cycle": Words(id="Siklus", en="Cycle"),
    "yes": Words(id="Ya", en="Yes"),
    "no_yet": Words(id="Belum", en="Not yet"),
    "lasting_strengths": Words(id="Kekuatan yang menetap", en="Lasting strengths"),
    "lasting_areas": Words(id="Hal yang terus perlu ditingkatkan", en="Lasting areas to improve"),
    "improved": Words(id="Meningkat", en="Improved"),
    "declined": Words(id="Menurun", en="Declined"),
    "profile": Words(id="Gambaran antarsiklus", en="Across cycles"),
    "entries": Words(id="Catatan peristiwa", en="What happened"),
    "at": Words(id="Waktu", en="When"),
    "what_happened": Words(id="Peristiwa", en="What"),
    "by": Words(id="Oleh", en="By"),
    "state": Words(id="Status", en="State"),
    "looked": Words(id="Siapa yang melihat data ini", en="Who looked at these records"),
    "on": Words(id="Tanggal", en="Day"),
    "reader": Words(id="Pembaca", en="Reader"),
    "record": Words(id="Data", en="Record"),
    "times": Words(id="Kali", en="Times"),
    "nothing": Words(id="Tidak ada.", en="There is none."),
}

_UPWARD: Mapping[str, Words] = {
    "report": Words(id="Laporan", en="Report"),
    "recipient": Words(id="Kepada", en="To"),
    "reported_at": Words(id="Dilaporkan", en="Reported"),
    "issued": Words(id="Hasil yang terbit", en="Results issued"),
    "final_results": Words(id="Di antaranya final", en="Of these final"),
    "missing_results": Words(id="Hasil yang belum terbit", en="Results missing"),
    "people_count": Words(id="Pegawai", en="People"),
    "predicates": Words(id="Predikat kinerja", en="Predicates"),
    "missing_states": Words(id="Keadaan yang belum terbit", en="How far the missing ones are"),
    "missing_reason": Words(id="Sebab hasil belum terbit", en="Why results are missing"),
    "changes": Words(
        id="Hasil yang berubah karena keberatan sejak laporan sebelumnya",
        en="Results that objections changed since the report before",
    ),
    "document_of_objection": Words(
        id="Dokumen keberatan (formulir D.1.3) nomor", en="Document of the objection (form D.1.3), number"
    ),
}

_ALL = {**_FRAME, **_PLANS, **_EVALUATIONS, **_OBJECTIONS, **_VISITS, **_FILES, **_UPWARD}


def labels(language: str) -> dict[str, str]:
    """All of them in one language."""
    return {name: words.id if language == "id" else words.en for name, words in _ALL.items()}
