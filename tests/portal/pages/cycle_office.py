"""Pages of the office about the cycle that is open, full and empty; ``{cycle}`` is its id."""

_PATHS = (
    *("/pengelola/moderasi", "/pengelola/moderasi?siklus={cycle}%26keadaan=ALL%26tentang=UNIT"),
    *("/pengelola/sebaran/{cycle}", "/pengelola/penilai/{cycle}", "/pengelola/keberatan/{cycle}"),
    *("/pengelola/usulan/{cycle}", "/pengelola/organisasi/{cycle}", "/pengelola/ekspor/{cycle}"),
    *("/pengelola/laporan-atas/{cycle}", "/pengelola/tinjauan/{cycle}", "/pengelola/andai/{cycle}"),
    *("/pengelola/pengiriman", "/pengelola/pengiriman?keadaan=ALL", "/pengelola/kebijakan"),
    "/pengelola/kebijakan/16.71",
    *("/pengelola/nasional/{cycle}", "/pengelola/nasional/{cycle}/baru"),
)
PAGES: list[tuple[str, str]] = [
    *(("petugas", path) for path in _PATHS),
    ("kabid_a", "/tim/cara-menilai/{cycle}"),
]
