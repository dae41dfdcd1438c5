"""deploy/kafka/fetch says what is missing where it may install nothing, and fails; it fetches nothing twice."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kinerja.stack.kafka import KAFKA

_TOOLS = ("bash", "dirname", "id", "sed", "cmp", "cp", "rm", "touch", "mkdir")
_JAVA = "#!/usr/bin/env bash\necho 'openjdk version \"{release}.0.2\" 2026-01-20' >&2\n"
_MAVEN = "#!/usr/bin/env bash\necho fetching >> fetches; mkdir -p target/dependency\n"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine without Java, Maven and a package manager."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in _TOOLS:
        (tools / name).symlink_to(str(shutil.which(name)))
    for name in ("fetch", "pom.xml"):
        shutil.copy(KAFKA / name, tmp_path / name)
    return tmp_path


def _program(machine: Path, name: str, text: str) -> None:
    path = machine / "bin" / name
    path.write_text(text)
    path.chmod(0o755)


def _fetch(machine: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": str(machine / "bin")}
    return subprocess.run([machine / "fetch"], env=environment, capture_output=True, text=True, check=False)


def test_it_fails_with_what_to_install(machine: Path) -> None:
    done = _fetch(machine)
    assert done.returncode == 1
    assert "needs Java 17 or newer and Maven: install them" in done.stderr
    assert "openjdk-17-jre-headless maven" in done.stderr


def test_a_java_that_is_too_old_is_named(machine: Path) -> None:
    _program(machine, "java", _JAVA.format(release=11))
    _program(machine, "mvn", _MAVEN)
    done = _fetch(machine)
    assert (done.returncode, done.stderr) == (1, "Apache Kafka needs Java 17 or newer; `java -version` says 11\n")


def test_it_fetches_once_a_version(machine: Path) -> None:
    _program(machine, "java", _JAVA.format(release=21))
    _program(machine, "mvn", _MAVEN)
    for _ in range(2):
        assert _fetch(machine).returncode == 0
    assert (machine / "fetches").read_text() == "fetching\n"
    (machine / "pom.xml").write_text((machine / "pom.xml").read_text().replace("4.1.0", "4.1.1"))
    assert _fetch(machine).returncode == 0
    assert (machine / "fetches").read_text() == "fetching\n" * 2


def test_a_fetch_that_failed_is_tried_again(machine: Path) -> None:
    _program(machine, "java", _JAVA.format(release=17))
    _program(machine, "mvn", "#!/usr/bin/env bash\nexit 1\n")
    assert _fetch(machine).returncode == 1
    _program(machine, "mvn", _MAVEN)
    assert _fetch(machine).returncode == 0
    assert (machine / "target" / "fetched").exists()
