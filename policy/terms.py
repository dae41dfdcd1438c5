"""What the values of a policy are called in both languages, (English, Indonesian); which value has which is elsewhere."""

Term = tuple[str, str]

SECTIONS: dict[str, Term] = {
    "name": ("name of the policy", "nama kebijakan"),
    "legal_basis": ("legal basis", "dasar hukum"),
    "method": ("method of the local score", "metode nilai lokal"),
    "period_months": ("appraisal period in months", "periode penilaian dalam bulan"),
    "report_months": ("months between two reports", "jarak bulan antarlaporan"),
    "documentation": ("period of documentation", "periode pendokumentasian kinerja"),
    "opens_by_itself": ("opening of the next cycle by itself", "pembukaan siklus berikutnya secara otomatis"),
    "considers_peers_and_reports": (
        "assessment of behaviour by peers and reports",
        "penilaian perilaku oleh rekan dan bawahan",
    ),
    "session_topics": ("topic of training sessions", "topik sesi pelatihan"),
    "goals": ("goal", "sasaran kota"),
    "placeholder": ("placeholder status of the numbers", "status angka sementara"),
    "effective_from": ("first day of the policy", "hari pertama berlakunya kebijakan"),
    "numeric.plan_weight": ("weight of the plan in PP 30/2019", "bobot SKP menurut PP 30/2019"),
    "numeric.plan_weight_with_peers": (
        "weight of the plan in PP 30/2019 with peers and reports",
        "bobot SKP menurut PP 30/2019 dengan rekan dan bawahan",
    ),
    "numeric.ceiling": ("highest score that counts", "nilai tertinggi yang dihitung"),
    "assessing.before_organisation": (
        "assessment before the achievement of the organisation is set",
        "penilaian sebelum capaian organisasi ditetapkan",
    ),
    "features.standard_acknowledgement": ("acknowledgement of the standard", "tanda baca standar kinerja"),
    "features.daily_log": ("daily log", "catatan harian"),
    "features.panel_visits": ("visits of an independent panel", "kunjungan tim evaluasi independen"),
    "features.plan_confirmation": ("agreement of the servant with the plan", "persetujuan pegawai atas rencana"),
    "features.measurable_plans": ("refusal of plans that measure nothing", "penolakan rencana yang tidak terukur"),
    "features.ideas": ("collection of ideas", "pengumpulan gagasan"),
    "features.initiatives": ("register of initiatives", "catatan inisiatif"),
    "features.clarification": ("clarification before a result is final", "klarifikasi sebelum hasil final"),
    "features.system_review": ("review of the appraisal system itself", "evaluasi sistem penilaian"),
    "features.feedback_duty": ("obligation to give feedback", "kewajiban umpan balik"),
    "features.periodic_evaluation": ("evaluation of every report period", "evaluasi kinerja periodik"),
    "standouts.standard": ("standard that a criterion meets", "standar yang harus dicapai kriteria"),
    "standouts.strong_from": ("score from which a criterion is a strength", "nilai minimal kekuatan"),
    "standouts.distance": (
        "distance from a person's other criteria that makes one stand out",
        "jarak dari kriteria lain pegawai yang menonjolkan satu kriteria",
    ),
    "consequences.development_below": ("score below which development is proposed", "nilai batas usulan pembinaan"),
    "consequences.development_criterion": (
        "criterion that decides on development",
        "kriteria penentu usulan pembinaan",
    ),
    "consequences.development_gap": (
        "missing levels of a competence from which training is proposed",
        "kesenjangan tingkat kompetensi untuk usulan pelatihan",
    ),
    "consequences.development_predicates": ("predicate that leads to development", "predikat untuk pembinaan"),
    "consequences.recognition_predicates": ("predicate that leads to recognition", "predikat untuk penghargaan"),
    "consequences.recognition_kind": ("kind of recognition", "jenis penghargaan"),
    "consequences.recognition_at_least": (
        "score from which recognition is proposed",
        "nilai minimal usulan penghargaan",
    ),
    "consequences.promotion_predicates": ("predicate that signals promotion", "predikat untuk sinyal promosi"),
    "consequences.priority_predicates": (
        "predicate that gives priority in competence development",
        "predikat untuk prioritas pengembangan kompetensi",
    ),
    "consequences.promotion_at_least": ("score that a promotion signal needs", "nilai minimal sinyal promosi"),
    "consequences.promotion_results": (
        "results in a row that a promotion signal needs",
        "jumlah hasil berturut-turut untuk sinyal promosi",
    ),
    "consequences.innovation_reward": ("reward for innovation", "penghargaan inovasi"),
    "consequences.innovation_criterion": (
        "criterion that decides on the reward for innovation",
        "kriteria penentu penghargaan inovasi",
    ),
    "consequences.innovation_at_least": (
        "score that the reward for innovation needs",
        "nilai minimal penghargaan inovasi",
    ),
    "consequences.next_level_points": (
        "credit points that the next level needs",
        "angka kredit untuk kenaikan jenjang",
    ),
    "moderation.source_gap": ("gap between sources that needs moderation", "selisih antarpenilai untuk moderasi"),
    "moderation.leniency": (
        "distance from the mean of all raters that counts as lenient or severe",
        "jarak dari rerata semua penilai untuk dinilai longgar atau ketat",
    ),
    "moderation.spread_minimum": ("smallest spread of a rater's scores", "sebaran nilai penilai yang terkecil"),
    "moderation.central_share": ("share of scores in the middle, per cent", "persentase nilai di tengah"),
    "moderation.central_points": ("width of the middle in points", "lebar daerah tengah dalam poin"),
    "moderation.halo_correlation": ("correlation that counts as halo", "korelasi yang dianggap efek halo"),
    "moderation.peer_outlier": (
        "deviations from which a colleague's score stands apart",
        "simpangan nilai rekan yang dianggap menyimpang",
    ),
    "moderation.peer_outlier_points": (
        "points from which a colleague's score stands apart",
        "selisih nilai rekan yang dianggap menyimpang",
    ),
    "moderation.minimum_rated": (
        "people whom a rater must have rated to be judged by statistics",
        "jumlah minimal pegawai yang dinilai untuk statistik penilai",
    ),
    "distribution.smallest_unit": (
        "smallest unit whose distribution is looked at",
        "unit terkecil yang sebarannya diperiksa",
    ),
    "distribution.reason_required": (
        "reason for a deviation from the distribution",
        "alasan penyimpangan dari pola distribusi",
    ),
    "feedback.directions": ("direction of feedback", "arah umpan balik"),
    "listening.upward_minimum": (
        "authors from whom on upward feedback is read, without names",
        "jumlah penulis minimal agar umpan balik ke atas dibaca tanpa nama",
    ),
    "competences.by_peers": ("levels of competence given by peers", "penilaian tingkat kompetensi oleh rekan"),
    "listening.pulse": ("statements of the culture pulse", "pernyataan survei budaya"),
    "listening.survey": ("statements of the survey of the system", "pernyataan survei sistem penilaian"),
    "learning.materials": ("material to learn from", "bahan belajar"),
    "learning.quiz": ("question of the quiz", "soal kuis"),
    "benefits.title": ("title of the page on the benefits", "judul halaman manfaat"),
    "benefits.paragraphs": ("paragraph of the page on the benefits", "paragraf halaman manfaat"),
    "benefits": ("page on the benefits", "halaman manfaat"),
    "listening.pulse_minimum": ("people below whom the pulse shows no number", "jumlah minimal peserta survei budaya"),
    "objection.file_within": ("working days to file an objection", "hari kerja untuk mengajukan keberatan"),
    "objection.decide_within": ("working days to decide an objection", "hari kerja untuk memutus keberatan"),
    "objection.statements_within": (
        "working days for the statements on an objection",
        "hari kerja untuk penjelasan para pihak",
    ),
    "objection.clarify_within": ("working days to ask for clarification", "hari kerja untuk meminta klarifikasi"),
    "plan_review.share": (
        "per cent of plans that are reviewed by sample",
        "persentase rencana yang direviu secara sampel",
    ),
    "plan_review.least": ("plans of a unit that are reviewed at least", "jumlah minimal rencana per unit yang direviu"),
    "plan_windows.renew_within": (
        "working days for a new plan after a transfer",
        "hari kerja untuk rencana baru setelah mutasi",
    ),
    "plan_windows.revise_within": (
        "working days to revise a plan that was returned",
        "hari kerja untuk memperbaiki rencana yang dikembalikan",
    ),
    "log.late_after": (
        "days after which an entry in the log needs a reason",
        "hari setelah itu isian catatan harian memerlukan alasan",
    ),
    "log.approval": ("approval of the daily log", "persetujuan catatan harian"),
    "log.remind_after": (
        "working days without an entry in the log until a reminder",
        "hari kerja tanpa isian catatan harian sampai diingatkan",
    ),
    "visits.announce_days": (
        "working days before a visit at which it is announced",
        "hari kerja pemberitahuan sebelum kunjungan",
    ),
    "visits.report_days": (
        "working days after its date until a visit counts as missed",
        "hari kerja setelah tanggal kunjungan sampai dianggap terlewat",
    ),
    "visits.checklist": ("checklist of visits", "daftar periksa kunjungan"),
}
CRITERION: dict[str, Term] = {
    "code": ("code", "kode"),
    "label": ("label", "sebutan"),
    "axis": ("axis", "sumbu"),
    "weight": ("weight", "bobot"),
    "measure": ("measure", "cara ukur"),
    "parts": ("part", "bagian"),
    "locked": ("locked weight", "penguncian bobot"),
    "descriptors": ("description", "uraian tingkat"),
    "source": ("source", "sumber"),
}
SOURCE: dict[str, Term] = {
    "role": ("role", "peran"),
    "share": ("share", "porsi"),
    "minimum": ("minimum number", "jumlah minimal"),
    "anonymous": ("anonymity", "anonimitas"),
    "wanted": ("wanted number", "jumlah yang diminta"),
    "selection": ("way of finding", "cara penunjukan"),
    "nominate_until": ("last working days without nomination", "hari kerja terakhir tanpa pengusulan"),
}
ROLES: dict[str, Term] = {
    "SUPERIOR": ("the superior", "atasan langsung"),
    "PEER": ("peers", "rekan kerja"),
    "PANEL": ("the independent panel", "tim evaluasi independen"),
}
CLOCK: dict[str, Term] = {
    "phase": ("name", "nama"),
    "opens": ("opening", "pembukaan"),
    "due": ("end", "akhir"),
    "ends_early": ("early end", "penutupan lebih awal"),
    "due_days": ("days", "jumlah hari"),
    "due_kind": ("kind of days", "jenis hari"),
    "rungs": ("rung", "anak tangga"),
}
DETAILS: dict[str, Term] = {
    "id": ("in Indonesian", "bahasa Indonesia"),
    "en": ("in English", "bahasa Inggris"),
    "anchor": ("counted from", "dihitung dari"),
    "days": ("days", "hari"),
    "kind": ("kind of days", "jenis hari"),
    "step": ("step", "langkah"),
    "at_least": ("at least, per cent", "paling sedikit, persen"),
    "at_most": ("at most, per cent", "paling banyak, persen"),
    "heads": ("heads", "orang"),
    "points_from": ("points from", "nilai mulai"),
    "points_below": ("points below", "nilai di bawah"),
    "title": ("title", "judul"),
    "text": ("text", "teks"),
    "link": ("link", "tautan"),
    "topic": ("topic", "topik"),
    "example": ("worked example", "contoh hitungan"),
    "statement": ("statement", "pernyataan"),
    "unit": ("unit", "satuan"),
    "direction": ("direction", "arah"),
    "target_lo": ("lower end of the target", "batas bawah target"),
    "target_hi": ("upper end of the target", "batas atas target"),
    "actual": ("actual", "realisasi"),
    "options": ("options", "pilihan"),
    "right": ("number of the right option", "nomor jawaban benar"),
    "why": ("reason", "alasan"),
    "predicates": ("predicates", "predikat"),
}
ITEM: dict[str, Term] = {
    "code": ("code", "kode"),
    "label": ("label", "sebutan"),
    "kind": ("kind of answer", "jenis jawaban"),
    "required": ("required answer", "kewajiban jawaban"),
}
BAND: dict[str, Term] = {"name": ("name", "nama"), "at_least": ("lower edge", "batas bawah")}
GUIDE: dict[str, Term] = {
    "shares": ("expected share of", "porsi yang diharapkan untuk"),
    "largest": ("largest group", "kelompok terbesar"),
    "limits": ("limit", "batas"),
}
