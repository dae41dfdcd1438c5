"""The process of the workflows: ``python -m workflows worker``."""

import argparse

from contracts.workflows import QUEUE
from kit import temporal
from kit.clock import Clock
from kit.log import configure
from kit.serving import run, until_stopped
from kit.settings import Settings
from kit.worker import listen
from workflows.registered import WORKFLOWS
from workflows.triggers.deadlines import ExpectedSweeps
from workflows.triggers.install import SERVICE, install


def main() -> None:
    """Parse the command line and run until stopped."""
    parser = argparse.ArgumentParser(prog="python -m workflows", description="Kinerja: workflows and triggers")
    parser.add_argument("part", choices=["worker"], help="the only part there is")
    parser.parse_args()
    settings = Settings()
    configure(SERVICE, settings)
    run(_run(settings))


async def _run(settings: Settings) -> None:
    client = await temporal.connected(settings)
    expected = ExpectedSweeps(Clock.from_setting(settings.clock))
    worker = temporal.worker(client, QUEUE, workflows=WORKFLOWS, build=settings.temporal_build)
    await until_stopped(
        worker.run(),
        listen(SERVICE, settings, None, lambda broker, _: install(broker, client, expected), health=True),
    )


if __name__ == "__main__":
    main()
