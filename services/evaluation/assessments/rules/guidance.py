"""What the two ratings mean, as the regulation explains them to the rater, who decides (PermenPANRB 6/2022 L IV.B)."""

from contracts.base import Rating
from contracts.policy import Words

RESULTS: dict[Rating, Words] = {
    Rating.ABOVE: Words(
        id="Sebagian besar atau seluruh hasil kerja di atas ekspektasi, tidak ada hasil kerja utama di bawah ekspektasi, "
        "dan umpan balik sebagian besar positif",
        en="Most or all results above expectation, no primary result below, and feedback mostly positive",
    ),
    Rating.MEETS: Words(
        id="Sebagian besar hasil kerja sesuai ekspektasi, hanya sebagian kecil hasil kerja utama di bawah ekspektasi",
        en="Most results as expected, and only a small part of the primary ones below",
    ),
    Rating.BELOW: Words(
        id="Sebagian besar hasil kerja di bawah ekspektasi",
        en="Most results below expectation",
    ),
}
BEHAVIOUR: dict[Rating, Words] = {
    Rating.ABOVE: Words(
        id="Konsisten menjalankan nilai-nilai dan menjaganya pada orang lain",
        en="Lives the values consistently and guards them in others",
    ),
    Rating.MEETS: Words(id="Konsisten menjalankan nilai-nilai", en="Lives the values consistently"),
    Rating.BELOW: Words(id="Tidak konsisten menjalankan nilai-nilai", en="Does not live the values consistently"),
}
