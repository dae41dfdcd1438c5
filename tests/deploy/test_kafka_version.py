"""Apache Kafka of the tests is that of docker-compose.yml."""

import re

import yaml

from kinerja.stack.kafka import KAFKA
from kinerja.stack.migrate import ROOT

POM = (KAFKA / "pom.xml").read_text()


def test_the_tests_run_the_kafka_that_production_runs() -> None:
    (version,) = re.findall(r"<kafka\.version>(.+)</kafka\.version>", POM)
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert {compose[name]["image"] for name in ("kafka", "rights")} == {f"apache/kafka:{version}"}


def test_no_jar_is_of_a_version_that_nobody_chose() -> None:
    versions = re.findall(r"<version>(.+)</version>", POM)
    assert len(versions) == POM.count("<artifactId>")
    assert all(re.fullmatch(r"\$\{\w+\.version\}|[\d.]+", one) for one in versions)


def test_topics_come_up_as_declared_or_not_at_all_as_in_production() -> None:
    template = (KAFKA / "server.properties").read_text()
    ours = dict(line.split("=", 1) for line in template.splitlines() if line and not line.startswith("#"))
    production = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["kafka"]["environment"]
    assert ours["auto.create.topics.enable"] == production["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] == "false"
