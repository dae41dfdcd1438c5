"""Pages of the leadership, the auditor, operations, the province and the public."""

from contracts.base import SERVICES

PAGES = [
    ("walikota", "/kota"),
    *(("walikota", f"/kota/{one}") for one in ("pekan", "organisasi", "tren", "diam", "ide", "penghargaan")),
    ("inspektur", "/audit"),
    *(("inspektur", f"/audit/{one}") for one in ("rantai", "keberatan", "kebijakan", "izin")),
    *(("inspektur", f"/audit/jurnal/{service}") for service in SERVICES),
    ("kominfo", "/operasional"),
    ("kominfo", "/operasional/jeda"),
    *(("kominfo", f"/operasional/panduan/{one}") for one in ("service-silent", "mails-failing", "slow")),
    ("provinsi", "/provinsi"),
    *(("provinsi", f"/provinsi/{one}") for one in ("terlambat", "tren", "predikat", "kebijakan", "langganan")),
    ("ani", "/publik/16.71"),
]
