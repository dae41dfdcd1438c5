"""Small pictures of pages: what the browser shows, in at most 64 colours, so that a repository bears them."""

import base64
import struct
import zlib
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page

from tests.support.sources import ROOT

FOLDER = ROOT / "docs" / "portal"
LARGEST = 60_000
"""Bytes of one picture."""
COLOURS = 64
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PALETTE = 3
"""The kind of PNG whose pixels are numbers of colours."""

# The browser reads its own picture again: the colours that most pixels have, and for each pixel the nearest of them.
_COUNT = """
async ([picture, most]) => {
  const image = await createImageBitmap(await (await fetch("data:image/png;base64," + picture)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const raw = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
  const times = new Map();
  for (const one of raw) times.set(one, (times.get(one) || 0) + 1);
  const palette = [...times].sort((a, b) => b[1] - a[1]).slice(0, most).map(([one]) => one);
  const parts = (one) => [one & 255, (one >> 8) & 255, (one >> 16) & 255];
  const shown = palette.map(parts);
  const nearest = new Map();
  for (const one of times.keys()) {
    const [r, g, b] = parts(one);
    let best = 0, least = Infinity;
    shown.forEach(([x, y, z], place) => {
      const away = (r - x) ** 2 + (g - y) ** 2 + (b - z) ** 2;
      if (away < least) [best, least] = [place, away];
    });
    nearest.set(one, best);
  }
  let text = "";
  for (const one of raw) text += String.fromCharCode(nearest.get(one));
  return { width: image.width, height: image.height, palette: shown.flat(), pixels: btoa(text) };
}
"""


async def take(page: Page, name: str, *, height: int = 900) -> None:
    """A picture of the upper part of a page, into `docs/portal`."""
    width = (page.viewport_size or {"width": 1000})["width"]
    whole = int(await page.evaluate("() => document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": width, "height": min(whole, height)}
    taken = await page.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide")  # type: ignore[arg-type]
    assert page.context.browser is not None
    (FOLDER / f"{name}.png").write_bytes(await _small(page.context.browser, taken))


async def _small(browser: Browser, taken: bytes) -> bytes:
    """The same with few colours; raises AssertionError where it is too large all the same."""
    blank = await browser.new_page()
    counted: dict[str, Any] = await blank.evaluate(_COUNT, [base64.b64encode(taken).decode(), COLOURS])
    await blank.close()
    made = _png(counted["width"], counted["height"], bytes(counted["palette"]), base64.b64decode(counted["pixels"]))
    assert len(made) <= LARGEST, f"{len(made)} bytes: show less of the page"
    return made


def _png(width: int, height: int, palette: bytes, pixels: bytes) -> bytes:
    rows = b"".join(b"\0" + pixels[at : at + width] for at in range(0, width * height, width))
    header = struct.pack(">IIBBBBB", width, height, 8, _PALETTE, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    parts = [struct.pack(">I", len(c)) + n + c + struct.pack(">I", zlib.crc32(n + c)) for n, c in chunks]
    return _SIGNATURE + b"".join(parts)


def is_small(picture: Path) -> bool:
    """Whether it is such a PNG, and no larger than it may be."""
    content = picture.read_bytes()
    return content.startswith(_SIGNATURE) and content[25] == _PALETTE and len(content) <= LARGEST
