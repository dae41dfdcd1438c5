"""All runbooks as docs/runbooks.md, in English; `make contracts` writes it."""

from collections.abc import Iterator

from services.portal.runbooks.declared import PARTS, Alert, Part, lines, title
from services.portal.web.words import say

_HEAD = """\
# Runbooks

One for each alert: of the page `/operasional` (the same texts, in Indonesian as well), of `deploy/prometheus/alerts.yml`, or of
both. Made by `make contracts` from `services/portal/runbooks/words.yaml`: change it there. Commands are those of docker-compose.yml;
put the service that the alert names in the place of `plans` or `evaluation`.
"""


def text() -> str:
    """The whole page."""
    listed = "".join(f"- [{title('en', one)}](#{one.value})\n" for one in Alert)
    return "\n".join([_HEAD, listed, *("\n".join(_section(one)) for one in Alert)])


def _section(alert: Alert) -> Iterator[str]:
    yield f'<a id="{alert.value}"></a>'
    yield f"\n## {title('en', alert)}\n"
    for part in PARTS:
        yield f"**{say('en', f'runbooks.{part}')}.**{_told(alert, part)}\n"


def _told(alert: Alert, part: Part) -> str:
    found = lines("en", alert, part)
    if part == "people":
        return f' {say("en", "runbooks.people_about")} "{lines("id", alert, part)[0]}" ({found[0]})'
    if len(found) == 1:
        return f" {found[0]}"
    return "\n\n" + "\n".join(f"{_mark(part, at)} {one}" for at, one in enumerate(found, 1))


def _mark(part: Part, place: int) -> str:
    return f"{place}." if part == "do" else "-"
