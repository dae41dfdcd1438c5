"""Who may import whom, checked by import-linter and, for the memory of a process, by looking at what it loads."""

import subprocess
import sys
from pathlib import Path

import pytest

from contracts.base import SERVICES

ROOT = Path(__file__).parents[2]
_LOADS = "import importlib, sys; importlib.import_module(sys.argv[1]); print(*{m.split('.')[0] for m in sys.modules})"


def test_the_boundaries_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def _loaded(module: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", _LOADS, module], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("service", SERVICES)
def test_an_api_loads_neither_the_bus_nor_the_stories(service: str) -> None:
    assert _loaded(f"services.{service}.api").isdisjoint({"temporalio", "faststream", "aiokafka", "holidays"})


@pytest.mark.parametrize("service", [name for name in SERVICES if name != "registry"])
def test_a_worker_loads_no_web_framework(service: str) -> None:
    assert _loaded(f"services.{service}.consumers").isdisjoint({"fastapi", "holidays"})
