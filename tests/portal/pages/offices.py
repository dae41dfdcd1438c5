"""Pages of the leadership, the auditor, operations, the province and the public."""

from contracts.base import SERVICES

PAGES = [
    ("walikota", "/kota"),
    ("inspektur", "/audit"),
    *(("inspektur", f"/audit/jurnal/{service}") for service in SERVICES),
    ("kominfo", "/operasional"),
    ("provinsi", "/provinsi"),
    ("ani", "/publik/16.71"),
]
