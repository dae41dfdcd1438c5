"""What each process of a whole local stack holds when it has nothing to do."""

import asyncio
import sys
from importlib.util import find_spec
from pathlib import Path

import psutil

from bench import room
from bench.figures import Budget, Figure
from contracts.base import SERVICES
from kinerja.stack.migrate import ROOT
from kinerja.stack.processes import Child, Program

_BARE = """
import sys, time
import fastapi, uvicorn, sqlalchemy.ext.asyncio, asyncpg, faststream.kafka, temporalio.client, temporalio.worker
print("ready", flush=True)
time.sleep(3600)
"""
_MEGABYTE = 1024 * 1024


async def measure(say: room.Say, *, quick: bool) -> list[Figure]:
    """One line a process of ours, and the engines in one."""
    services = [name for name in SERVICES if find_spec(f"services.{name}.activities") or name in {"registry", "notify"}]
    say(f"memory: starting a stack of {', '.join(services)}")
    async with room.stack(services) as stack:
        bare = _bare(stack.state.root)
        await bare.start()
        try:
            say("memory: letting everything come to rest")
            await asyncio.sleep(3 if quick else 15)
            baseline, _ = _held(bare)
            ours = [name for name in stack.processes if name.endswith(("-api", "-worker")) or name == "workflows"]
            return [_figure(name, stack.processes[name], baseline) for name in sorted(ours)]
        finally:
            await bare.stop()


def _figure(name: str, child: Child, baseline: float) -> Figure:
    resident, proportional = _held(child)
    return Figure(
        bench="memory",
        what=f"{name}, resident (proportional {proportional:.0f} MB)",
        measured=resident,
        unit="MB",
        baseline=baseline,
        against="python with fastapi, sqlalchemy, faststream, temporalio",
        budget=Budget(limit=120, kind="at most"),
    )


def _held(child: Child) -> tuple[float, float]:
    """Resident memory, and with what is shared divided among those who share it."""
    assert child.pid is not None
    found = psutil.Process(child.pid).memory_full_info()
    return found.rss / _MEGABYTE, getattr(found, "pss", found.uss) / _MEGABYTE


def _bare(place: Path) -> Child:
    log = place / "bare.log"

    async def ready() -> bool:
        return "ready" in await asyncio.to_thread(log.read_text)

    return Child(Program(name="bare", command=(sys.executable, "-c", _BARE), directory=ROOT, log=log, ready=ready))
