"""Structured logs: one JSON object a line, with tenant, actor, event id and workflow id where there are any."""

import logging
import sys

import structlog

from kit.settings import Settings
from kit.tracebacks import strip_quotes, without_quotes


def configure(service: str, settings: Settings) -> None:
    """Send structlog and the standard library's logging to standard error in one format."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    final: structlog.types.Processor = structlog.processors.JSONRenderer()
    if settings.log_format == "console":
        final = structlog.dev.ConsoleRenderer()
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            strip_quotes,
            structlog.processors.ExceptionRenderer(without_quotes),
            final,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=settings.log_level, force=True)
    for noisy in ("aiokafka", "kinerja.bus", "httpx", "uvicorn"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(settings.log_level)),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service)
