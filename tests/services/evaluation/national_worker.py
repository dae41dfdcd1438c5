"""The worker's part that carries rows to the gateway, as a process that can be killed: URL, file of gateways, pace."""

import asyncio
import json
import sys

from kit.clock import Clock
from kit.db import Database
from kit.settings import Settings
from services.evaluation import national_sender
from services.evaluation.national_sender import Pace


async def main() -> None:
    url, gateways, pace = sys.argv[1:]
    settings = Settings(environment="test", national_gateways=gateways)
    await national_sender.run(settings, Database(url, clock=Clock(), pool=4), Pace(**json.loads(pace)))


if __name__ == "__main__":
    asyncio.run(main())
