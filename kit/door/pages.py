"""The page that shows an API to a reader, from files of our own: no other host learns who reads, none can change it."""

import base64
import hashlib
import re
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI, HTTPException
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import FileResponse, HTMLResponse

_FILES = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css", "favicon.png": "image/png"}
_A_DAY = {"Cache-Control": "public, max-age=86400"}
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def _place() -> Path:
    """Where fastapi-offline keeps Swagger UI; nothing of its code is imported."""
    found = find_spec("fastapi_offline")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("fastapi-offline is not installed: it brings the files of Swagger UI")
    return Path(found.origin).parent / "static"


def add_pages(app: FastAPI) -> None:
    """``/docs`` and the files that it loads."""
    place = _place()
    page = get_swagger_ui_html(
        openapi_url="openapi.json",
        title=app.title,
        swagger_js_url="docs/swagger-ui-bundle.js",
        swagger_css_url="docs/swagger-ui.css",
        swagger_favicon_url="docs/favicon.png",
        swagger_ui_parameters={"validatorUrl": None},  # else the page asks a foreign host whether the document is one
    )
    headers = {"Content-Security-Policy": _policy(bytes(page.body).decode())}

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return HTMLResponse(page.body, headers=headers)

    @app.get("/docs/{name}", include_in_schema=False)
    async def file(name: str) -> FileResponse:
        if name not in _FILES:
            raise HTTPException(404)
        return FileResponse(place / name, media_type=_FILES[name], headers=_A_DAY)


def _policy(page: str) -> str:
    """The page's own script by its hash, everything else from here; Swagger UI sets styles of elements."""
    digests = (base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in _INLINE.findall(page))
    scripts = " ".join(f"'sha256-{one}'" for one in digests)
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
