"""Every page is looked at: by its own entry in the lists, with somebody's id in its path where it has one."""

import re

from services.portal.api import ROOMS
from services.portal.web.route import Page
from tests.portal import looking
from tests.portal.addresses import blank

FILES = re.compile(r"\.(csv|pdf|json|\{kind\}|\{form\})$|^/bukti/|^/catatan/kunci$|/isi$")
"""Downloads, evidence (shown by links that expire: tests/portal/test_evidence.py) and what the phone's script asks for."""
_ID = re.compile(r"\{\w+_id\}")
_WORD = re.compile(r"\{\w+\}")


def test_every_page_is_in_a_list() -> None:
    listed = {blank(path) for _, path in (*looking.every_page(), *looking.every_later_page())}
    routes = [
        route.path
        for router in ROOMS
        for route in router.routes
        if isinstance(route, Page) and "GET" in (route.methods or ()) and not FILES.search(route.path)
    ]
    assert len(routes) > 80
    missing = [one for one in routes if not any(_pattern(one).fullmatch(path) for path in listed)]
    assert missing == []


def _pattern(path: str) -> re.Pattern[str]:
    """Of an id a name is wanted; a word may be any."""
    return re.compile(_WORD.sub("[^/@]+", _ID.sub("@", re.escape(path).replace(r"\{", "{").replace(r"\}", "}"))))
