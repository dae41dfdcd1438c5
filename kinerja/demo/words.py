"""What simulated people write and how they score: plausible texts in Indonesian, numbers that follow their habits."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from kinerja.demo.people import Person

_RATING = "result_rating"
_PROVED = "Berita acara triwulan kedua membuktikan realisasi yang lebih tinggi"
DEVELOPED = "Pendampingan dilaksanakan delapan kali; target triwulan berikutnya tercapai"
MAYOR = "Wali Kota"
DECREE = "Pasal 3 PP 11/2017: wali kota adalah pejabat pembina kepegawaian"
ONLOOKERS = {
    "CITY_LEADER": "Pimpinan Kota",
    "AUDITOR": "Inspektur Kota",
    "OPERATIONS": "Operator Diskominfo",
    "PROVINCE": "Pejabat Provinsi",
}
"""Who looks at the city without rating anybody, by role; accounts without a NIP."""
APPOINTED = "Surat penunjukan untuk melihat angka-angka kota"
APPROVED = "Sesuai hasil penilaian dan catatan kinerja"
DECIDED = frozenset({"PROMOTION_SIGNAL", "TALENT_BOX", "INNOVATION_REWARD"})
"""Proposals that end with the decision itself."""
HELP = "Disetujui: kebutuhan pengembangan sesuai hasil penilaian"
UPWARD = {
    "what": "Pembagian tugas antarloket sering berubah pada hari yang sama",
    "how": "Sepakati jadwal mingguan pada rapat Senin",
}
MATERIAL = "Contoh menghitung capaian: target 40 berkas, realisasi 42, capaian 105 persen"
RETURN = "Satuan target pada indikator kedua belum jelas; mohon dilengkapi"
PERIOD = "Capaian triwulan sesuai ekspektasi; lanjutkan."
DIALOGUE = "Ekspektasi hasil dan perilaku dibahas, termasuk dukungan sumber daya yang diperlukan"
AGREED = "Laporan setiap triwulan; bukti dukung berupa berita acara dan tautan dokumen"
CONTESTED = {"answer": "DISAGREED", "reason": "Target layanan melebihi jumlah petugas loket yang ada"}
COMPLAINTS = {"kind": "COMPLAINTS", "title": "Rekap pengaduan masyarakat", "reference": "Buku pengaduan loket"}
SURVEY = {"kind": "SURVEY", "title": "Survei kepuasan pemohon", "reference": "SKM loket", "count": 86}
DOCUMENT = "SK inovasi daerah"
VERIFIED = "Manfaat terlihat pada waktu layanan"
IDEA_ANSWER = "Terima kasih, usul ini kita uji coba pada loket pertama mulai bulan depan"
SPOKEN_TO = "Dua petugas loket dan tiga warga"
TIED = "Pernah menjadi bendahara unit ini sampai tahun lalu"
MOVED = "Ketua tim bertugas ke luar kota"
FINDINGS = [
    {"what": "Antrean belum dicatat", "how": "Pasang mesin antrean dan laporkan jumlah harian"},
    {"what": "Standar layanan sobek", "how": "Cetak ulang dan pajang di ruang tunggu"},
]
ORG = "Rekomendasi Bappeda dan Inspektorat"
PANEL = "Dinilai dari pengamatan langsung saat kunjungan"
FINDING_QUESTION = "Mohon dijelaskan dasar penilaian atas temuan ini"
FINDING_ANSWER = "Penilaian sesuai catatan pengamatan dan bukti dukung; tetap dipertahankan"
MODERATED = "Kedua penilaian dibandingkan dengan bukti dukung; perbedaan dapat dijelaskan"
NOT_THIS_COLLEAGUE = "Rekan ini bertugas di tim lain sepanjang periode"
RESULT_TALK = "Hasil dibahas bersama pegawai"
EXPLAINED = "Rating mengikuti capaian indikator utama dan umpan balik selama periode"
STATEMENT_SERVANT = "Bukti dukung triwulan kedua belum diperhitungkan"
STATEMENT_RATER = "Bukti dukung diterima setelah penilaian; capaian memang sesuai laporan"
CLARIFICATION = "Mohon penjelasan rating hasil kerja; menurut saya capaian indikator pertama belum terbaca"
OBJECTION = "Realisasi indikator pertama lebih tinggi daripada yang dinilai; berita acara terlampir"
REVIEW_FINDINGS = "Jadwal dialog perlu dimajukan satu minggu"
COMPETENT_OFFICIAL = "Sekretaris Daerah selaku Pejabat yang Berwenang"
STILL_MISSING = "Penilaian atau penetapan masih berjalan"
REVIEW_ACTION = "Sosialisasi ulang kepada pejabat penilai yang terlambat"
SECOND_SESSION = {"place": "Aula, untuk yang belum hadir"}
TRIAL: dict[str, Any] = {
    "name": "Mencoba menghitung capaian",
    "indicators": [
        {
            "statement": "Berkas yang selesai diproses",
            "unit": "berkas",
            "target_lo": 40,
            "target_hi": 40,
            "weight": 100,
            "source_of_data": "Register layanan",
            "actual": 42,
        }
    ],
}


def plan(person: Person, goals: list[str]) -> dict[str, Any]:
    """A plan of two results with three indicators; one of them is better when lower."""
    return {
        "results": [
            {
                "kind": "PRIMARY",
                "statement": f"Terlaksananya pelayanan {person.position.lower()}",
                "goal": goals[0] if goals else None,
                "report_every": "QUARTERLY",
                "evidence": "Register layanan dan tangkapan layar",
                "indicators": [
                    _indicator("Jumlah layanan yang diselesaikan", "berkas", 120, 40, "QUANTITY", "HIGHER_BETTER"),
                    _indicator("Keluhan masyarakat", "keluhan", 20, 30, "QUALITY", "LOWER_BETTER"),
                ],
            },
            {
                "kind": "PRIMARY",
                "statement": "Tersusunnya laporan tepat waktu",
                "goal": goals[-1] if goals else None,
                "report_every": "MONTHLY",
                "evidence": "Tanda terima laporan",
                "indicators": [_indicator("Laporan tepat waktu", "laporan", 6, 30, "TIME", "HIGHER_BETTER")],
            },
        ],
        "expectations": [{"value": "SERVICE_ORIENTED", "expectation": "Pemohon diberi kabar setiap status berubah"}],
        "resources": [{"kind": "EQUIPMENT", "need": "Satu pemindai"}, {"kind": "MENTORING", "need": "Pejabat senior"}],
        "positive_consequences": ["Prioritas pengembangan kompetensi"],
        "negative_consequences": ["Bimbingan kinerja setiap bulan"],
    }


def _indicator(text: str, unit: str, target: int, weight: int, aspect: str, direction: str) -> dict[str, Any]:
    return {
        "statement": text,
        "unit": unit,
        "target_lo": target,
        "target_hi": target,
        "weight": weight,
        "aspect": aspect,
        "direction": direction,
        "source_of_data": "Register layanan",
    }


def _level(person: Person) -> float:
    """Share of a target that this person reaches."""
    if person.excels:
        return 1.16
    return 0.82 if person.struggles else 1.0 + person.luck.uniform(-0.04, 0.06)


def actual(person: Person, indicator: dict[str, Any]) -> dict[str, Any]:
    """What was reached of one indicator."""
    target = float(indicator["target_lo"])
    level = _level(person)
    reached = target * level if indicator["direction"] == "HIGHER_BETTER" else target * (2 - level)
    figure = {"indicator_id": indicator["id"], "actual": str(Decimal(str(round(reached, 1)))), "reason": None}
    if indicator["direction"] == "LOWER_BETTER":  # of complaints: what the community said is counted
        return figure | {"evidence": [COMPLAINTS | {"count": round(reached)}]}
    return figure


def scores(person: Person, codes: list[str], *, panel: bool = False) -> dict[str, int]:
    """Points on the 0-120 scale for each code that is asked."""
    centre = 113 if person.excels else 84 if person.struggles else 97
    if panel and person.luck.random() < 0.1:
        centre -= 20
    return {code: max(0, min(120, centre + person.luck.randint(-4, 5))) for code in codes}


def assessment(person: Person, codes: list[str], *, ratings: bool) -> dict[str, Any]:
    """An assessor's form; the superior adds both ratings with reasons."""
    body: dict[str, Any] = {"scores": scores(person, codes), "comment": "Sesuai pengamatan selama periode"}
    if not ratings:
        return body
    body["result_rating"] = "ABOVE" if person.excels else "BELOW" if person.struggles else "MEETS"
    body["behaviour_rating"] = "ABOVE" if person.excels and person.luck.random() < 0.8 else "MEETS"
    body["reasons"] = {
        "result_rating": "Capaian indikator utama dan mutu laporan",
        "behaviour_rating": "Konsisten dengan nilai BerAKHLAK",
    }
    return body


def levels(person: Person, asked: list[dict[str, Any]]) -> dict[str, int]:
    """How high each technical competence is, from 1 to 5: who struggles lacks a level, as does one in six of the others."""
    # By the id and not by luck: what they do besides stays as it was.
    lacking = person.struggles or (person.id.int % 6 == 0 and not person.excels)
    step = -1 if lacking else 1 if person.excels else 0
    return {one["code"]: max(1, min(5, one["required"] + step)) for one in asked}


def checklist(asked: list[dict[str, Any]], person: Person) -> dict[str, bool | str]:
    """What the panel saw, for each item that the policy asks for."""
    return {one["code"]: SPOKEN_TO if one["kind"] == "NOTE" else person.luck.random() < 0.8 for one in asked}


def response(findings: list[dict[str, Any]]) -> dict[str, Any]:
    """What those observed say: the first finding is right, the others were mended meanwhile."""
    right = {"number": 1, "stance": "AGREE", "action": "Mesin antrean dipasang bulan depan"}
    mended = [
        {"number": one["number"], "stance": "EXPLAIN", "text": "Sudah diperbaiki sehari setelah kunjungan"}
        for one in findings[1:]
    ]
    return {"items": [right, *mended], "comment": "Terima kasih atas kunjungan tim"}


def org_performance(office: Person) -> str:
    """A unit's achievement; most are good."""
    return "OUTSTANDING" if office.luck.random() < 0.2 else "GOOD"


def feedback(person: Person) -> dict[str, Any]:
    """Feedback with what and how."""
    return {
        "what": "Berkas selesai sebelum tenggat, tetapi pemohon belum diberi kabar",
        "how": "Kirim pesan singkat setiap kali status berkas berubah",
        "strengths": ["Teliti", "Tepat waktu"],
        "areas": ["Komunikasi dengan pemohon"] if not person.struggles else ["Ketepatan target", "Komunikasi"],
        "evidence": [],
    }


def idea(person: Person) -> dict[str, str]:
    """An idea for the leader."""
    return {
        "title": "Loket antar dokumen keliling",
        "text": f"Diusulkan oleh {person.position.lower()}: sekali sepekan",
    }


def innovation(person: Person) -> dict[str, Any]:
    """An innovation to be verified."""
    return {
        "kind": "INNOVATION",
        "title": "Formulir daring satu halaman",
        "description": "Menggantikan tiga formulir kertas",
        "benefit": f"Waktu layanan {person.position.lower()} turun dari dua hari menjadi satu jam",
        "evidence": [SURVEY],
    }


def diary(days: list[str]) -> list[dict[str, Any]]:
    """Some days of work."""
    tasks = ("Memeriksa berkas masuk", "Melayani pemohon di loket", "Menyusun laporan mingguan", "Rapat koordinasi")
    return [
        {
            "day": day,
            "text": f"{tasks[index % len(tasks)]} ({index + 1})",
            "minutes": 240 + 15 * index,
            "late_reason": "Dicatat sepulang dinas luar",
        }
        for index, day in enumerate(days)
    ]


def development(person: Person) -> dict[str, str]:
    """A development action with what and how."""
    return {
        "kind": "TRAINING" if person.luck.random() < 0.6 else "COACHING",
        "what": "Pengelolaan target triwulanan",
        "how": "Pendampingan mingguan oleh atasan selama dua bulan",
    }


def contested(criteria: dict[str, str | None], assessed: Collection[str]) -> list[str]:
    """The rating of the results, and of the criteria that people score the one with the fewest points."""
    known = {code: Decimal(points) for code, points in criteria.items() if points is not None and code in assessed}
    return [_RATING, *sorted(known, key=lambda code: known[code])[:1]]


def decision(objection: dict[str, Any], *, amend: bool) -> dict[str, Any]:
    """Uphold, or amend: the contested criterion, and the ratings by one step up where there is one."""
    best = objection["result_rating"] == objection["behaviour_rating"] == "ABOVE"
    scores = [{"criterion": item, "score": "104"} for item in objection["items"] if item != _RATING]
    if not amend or (best and not scores):
        return {"outcome": "UPHELD", "reason": "Bukti tambahan tidak mengubah capaian indikator utama"}
    if best:
        return {"outcome": "AMENDED", "reason": _PROVED, "scores": scores}
    lifted = {"BELOW": "MEETS", "MEETS": "ABOVE", "ABOVE": "ABOVE"}
    result = lifted[objection["result_rating"]]
    behaviour = objection["behaviour_rating"]
    if result == objection["result_rating"]:
        behaviour = lifted[behaviour]
    return {
        "outcome": "AMENDED",
        "reason": _PROVED,
        "scores": scores,
        "result_rating": result,
        "behaviour_rating": behaviour,
    }
