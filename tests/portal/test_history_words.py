"""Every event that may be told of somebody has words."""

import importlib

import pytest

from kit import timeline
from services.portal.history.reading import SERVICES
from services.portal.web.words import catalogue


@pytest.mark.parametrize("service", SERVICES)
def test_every_event_of_a_history_has_words(service: str) -> None:
    importlib.import_module(f"services.{service}.api")
    told = [one for one in timeline.told(withheld=True) if one.startswith(f"id.kinerja.{service}.")]
    keys = {one.removeprefix("id.kinerja.").rpartition(".v")[0].replace(".", "_").replace("-", "_") for one in told}
    assert keys
    assert {f"history.event_{one}" for one in keys} - set(catalogue()) == set()
