"""Outages, before any is recorded."""

PAGES: list[tuple[str, str]] = [("petugas", "/pengelola/gangguan")]
