"""deploy/restart names every process of docker-compose.yml, in the order of `kinerja operations restart`."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from kinerja.operations.restart import in_order
from kinerja.stack.migrate import ROOT

SCRIPT = ROOT / "deploy/restart"
ONE = "compose up --detach --no-deps --force-recreate --wait "


def _processes() -> list[str]:
    """Of Kinerja's own, those that are started again when they end."""
    parts = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    return [name for name, part in parts.items() if part["image"] == "kinerja" and part["restart"] != "no"]


def _run(tmp_path: Path, *names: str, fails_at: str = "nobody") -> tuple[int, list[str]]:
    """With a docker that writes down what it is asked, and fails at one process; its code and what was asked."""
    docker, asked = tmp_path / "docker", tmp_path / "asked"
    docker.write_text(f'#!/usr/bin/env bash\necho "$@" >> {asked}\n[[ "$*" != *" {fails_at}" ]]\n')
    docker.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run([SCRIPT, *names], env=environment, capture_output=True, text=True, check=False)
    return done.returncode, asked.read_text().splitlines() if asked.exists() else []


def test_it_restarts_every_process_in_the_order_of_the_command(tmp_path: Path) -> None:
    assert _run(tmp_path) == (0, [ONE + name for name in in_order(_processes())])


def test_the_order_is_workers_workflows_apis_and_the_portal_last() -> None:
    mixed = ["portal-api", "plans-api", "sign-in", "workflows", "portal-worker", "registry-worker"]
    assert in_order(mixed) == ["portal-worker", "registry-worker", "workflows", "plans-api", "sign-in", "portal-api"]


def test_some_are_restarted_in_the_same_order(tmp_path: Path) -> None:
    assert _run(tmp_path, "plans-api", "workflows") == (0, [ONE + "workflows", ONE + "plans-api"])


@pytest.mark.parametrize("name", ["kafka", "plans", "registry-worker plans-worker", ""])
def test_what_is_no_process_is_refused_before_anything_ends(tmp_path: Path, name: str) -> None:
    assert _run(tmp_path, "plans-api", name) == (2, [])


def test_it_stops_where_one_does_not_come_back(tmp_path: Path) -> None:
    code, asked = _run(tmp_path, fails_at="plans-worker")
    assert (code, asked) == (1, [ONE + "registry-worker", ONE + "plans-worker"])
