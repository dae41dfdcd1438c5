"""The seven values that every plan expects to be lived, with their guides (PermenPANRB 6/2022; docs/domain.md 2.3, word for word)."""

from enum import StrEnum


class Value(StrEnum):
    """Core values of the civil service (BerAKHLAK), in their order."""

    SERVICE_ORIENTED = "SERVICE_ORIENTED"
    ACCOUNTABLE = "ACCOUNTABLE"
    COMPETENT = "COMPETENT"
    HARMONIOUS = "HARMONIOUS"
    LOYAL = "LOYAL"
    ADAPTIVE = "ADAPTIVE"
    COLLABORATIVE = "COLLABORATIVE"


GUIDES: dict[Value, tuple[str, tuple[str, str, str]]] = {
    # value: its name, and three ways to live it
    Value.SERVICE_ORIENTED: (
        "Berorientasi Pelayanan",
        (
            "Memahami dan memenuhi kebutuhan masyarakat",
            "Ramah, cekatan, solutif, dan dapat diandalkan",
            "Melakukan perbaikan tiada henti",
        ),
    ),
    Value.ACCOUNTABLE: (
        "Akuntabel",
        (
            "Melaksanakan tugas dengan jujur, bertanggung jawab, cermat, disiplin dan berintegritas tinggi",
            "Menggunakan kekayaan dan barang milik negara secara bertanggung jawab, efektif, dan efisien",
            "Tidak menyalahgunakan kewenangan jabatan",
        ),
    ),
    Value.COMPETENT: (
        "Kompeten",
        (
            "Meningkatkan kompetensi diri untuk menjawab tantangan yang selalu berubah",
            "Membantu orang lain belajar",
            "Melaksanakan tugas dengan kualitas terbaik",
        ),
    ),
    Value.HARMONIOUS: (
        "Harmonis",
        (
            "Menghargai setiap orang apapun latar belakangnya",
            "Suka menolong orang lain",
            "Membangun lingkungan kerja yang kondusif",
        ),
    ),
    Value.LOYAL: (
        "Loyal",
        (
            "Memegang teguh ideologi Pancasila, UUD NRI Tahun 1945, setia kepada NKRI serta pemerintahan yang sah",
            "Menjaga nama baik sesama ASN, pimpinan, instansi, dan negara",
            "Menjaga rahasia jabatan dan negara",
        ),
    ),
    Value.ADAPTIVE: (
        "Adaptif",
        (
            "Cepat menyesuaikan diri menghadapi perubahan",
            "Terus berinovasi dan mengembangkan kreativitas",
            "Bertindak proaktif",
        ),
    ),
    Value.COLLABORATIVE: (
        "Kolaboratif",
        (
            "Memberi kesempatan kepada berbagai pihak untuk berkontribusi",
            "Terbuka dalam bekerja sama untuk menghasilkan nilai tambah",
            "Menggerakkan pemanfaatan berbagai sumber daya untuk tujuan bersama",
        ),
    ),
}
