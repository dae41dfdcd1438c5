"""Names as they are common in the regions of the five places; combined at random, they mean nobody."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Region:
    """Name parts of one region."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    last: tuple[str, ...]
    men_titles: tuple[str, ...] = ()
    """Put before some names."""
    women_titles: tuple[str, ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_PALEMBANG = Region(
    men=_words(
        "Ahmad Amiruddin Ardiansyah Aswari Bustomi Dedi Edison Fahmi Faisal Ferdiansyah Hasanuddin Herman Husni Irfan"
        " Kemas Marzuki Nurdin Rahmat Ridwan Romi Solihin Syaiful Taufik Yudha Yusuf Zainal Zulfikar"
    ),
    women=_words(
        "Aisyah Aminah Cik Desmiati Dewi Eka Elvira Farida Fitri Halimah Hartati Ida Kartini Lailatul Maimunah Marlina"
        " Nuraini Rahma Ratna Rosmala Rukiah Sri Suryani Yulia Yuliana Zubaidah"
    ),
    last=_words(
        "Akbar Anwar Basri Effendi Fauzi Gani Hanafiah Hasyim Husin Idris Ismail Kurniawan Maulana Mukhtar Oktaviani"
        " Pratama Putra Ramadhan Rasyid Rozak Saputra Sari Toha Umar Wahyuni Yani Yuniarti Zahri"
    ),
    men_titles=("Kgs.", "Kms.", "M.", "R.M."),
    women_titles=("Msy.", "Nyimas", "Nyayu", "R.A."),
)
_MINANG = Region(
    men=_words(
        "Afrizal Alfian Arifin Asrul Azwar Bustanul Dasril Desrizal Erizal Fadli Firdaus Hendri Ilham Irwan Jasman"
        " Khairul Masril Nasrul Novrizal Rizal Safrizal Syafril Syahrial Yasrizal Yendri Yulfian Zulhendri"
    ),
    women=_words(
        "Asmawati Desmawati Elfira Ermawati Evayanti Fatmawati Gusnita Hasnah Irdawati Lismarni Mardianis Murniati"
        " Nelfia Nofrita Nurhayati Rahmi Reni Rosdiana Silvia Syafrida Upik Warnida Welmi Yanti Yusmaniar Zulmiati"
    ),
    last=_words(
        "Amran Arif Bahar Caniago Darwis Djamal Efrizon Hamid Hidayat Ilyas Indra Jamil Koto Malik Mardi Munir Nasir"
        " Piliang Rahman Rivai Rusdi Sikumbang Tanjung Umar Wahid Yunus Zein"
    ),
    men_titles=("Dt.",),
)
_BINJAI = Region(
    men=_words(
        "Abdul Agus Alfredo Armansyah Benny Budi Chairil Daulat Eddy Fahrizal Gunawan Hotman Indra Iskandar Jansen"
        " Lamhot Mangasi Muhammad Parlindungan Ramli Robert Sahat Suhendra Syahrul Togar Wahyudi Zulkarnain"
    ),
    women=_words(
        "Astuti Berliana Darmawati Devi Duma Ernita Esra Hotmaida Juliana Khairani Lasma Lestari Mariani Masitah"
        " Nurcahaya Nurlela Rini Riris Rosmawati Safrina Siti Sondang Tiurma Ulina Wulandari Yenni"
    ),
    last=_words(
        "Barus Damanik Ginting Harahap Hasibuan Hutapea Karo-Karo Lubis Manurung Nasution Nainggolan Panjaitan"
        " Perangin-angin Purba Rangkuti Saragih Sembiring Siagian Simanjuntak Simbolon Siregar Sitepu Sitorus Tarigan"
        " Tarihoran Harianto Syahputra"
    ),
)
_RIAU = Region(
    men=_words(
        "Abdurrahman Alamsyah Amrizal Arman Azhar Baharuddin Burhan Darmawan Eka Fakhrurrazi Hamdani Hasan Ibrahim"
        " Jamaluddin Johan Khalid Mahmud Mukhlis Nazaruddin Rahmad Raja Said Syamsuddin Tarmizi Usman Wan Zulkifli"
    ),
    women=_words(
        "Asmarani Azizah Cut Dahlia Erlina Fauziah Hafsah Halijah Indrawati Jamilah Khadijah Latifah Mariam Mastura"
        " Normah Nurhasanah Rabiah Rohana Rosnah Salmah Sakinah Suraya Syarifah Tengku Wan Zahara Zaleha"
    ),
    last=_words(
        "Abdullah Ahmad Bakar Daud Efendi Fahmi Hamzah Hanafi Hasbullah Idham Ismail Jaafar Kadir Latif Mahyudin"
        " Nordin Osman Rasyidin Ramlan Roslan Salim Siddiq Syahputra Syukri Tahir Yahya Zakaria"
    ),
    men_titles=("Tengku", "Raja", "Encik"),
    women_titles=("Tengku", "Raja", "Encik"),
)
REGIONS = {
    "palembang": _PALEMBANG,
    "plaju": _PALEMBANG,
    "sawahlunto": _MINANG,
    "binjai": _BINJAI,
    "dumai": _RIAU,
}


def plain_name(region: Region, luck: Random, *, woman: bool) -> str:
    """Two or three words without academic degrees."""
    given = region.women if woman else region.men
    words = [luck.choice(given), luck.choice(region.last)]
    if luck.random() < 0.3:
        words.insert(1, luck.choice(given))
    return " ".join(dict.fromkeys(words))


def titled(name: str, region: Region, luck: Random, *, woman: bool, degrees: str) -> str:
    """With a title of the region now and then, and the degrees of the profession."""
    titles = region.women_titles if woman else region.men_titles
    if titles and luck.random() < 0.15:
        name = f"{luck.choice(titles)} {name}"
    if degrees == "dr.":
        return f"dr. {name}"
    return f"{name}, {degrees}" if degrees else name
