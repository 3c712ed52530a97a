"""JSON logs, one line an occurrence, without personal data. structlog escapes line breaks and control characters."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRET_KEYS = (
    "password",
    "token",
    "code",
    "secret",
    "cookie",
    "authorization",
    "email",
    "name",
    "text",
    "answer",
)
MAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,190}")
NUMBER = re.compile(r"(?<!\d)(?:\d{2})?\d{6}[-+]?\d{4}(?!\d)")  # shaped as a Swedish personal number
DETAIL = re.compile(r"DETAIL: .*")  # PostgreSQL repeats the whole row that it refused
LONGEST = 500


def configure() -> None:
    """Write JSON to standard error, from structlog and from the standard library alike."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_personal_data,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),  # asked anew: standard error may be replaced
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processor=structlog.processors.JSONRenderer(), foreign_pre_chain=shared)
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)


def without_personal_data(_logger: object, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask secrets by their key, and addresses and personal numbers wherever they stand; cut what is long."""
    for key, value in line.items():
        if any(word in key.lower() for word in SECRET_KEYS):
            line[key] = "[masked]"
        elif isinstance(value, str) and key != "request":  # our own hex number, which may look like a person's
            limit = LONGEST * 20 if key == "exception" else LONGEST
            line[key] = masked(value)[:limit]
    return line


def masked(text: str) -> str:
    """The text without e-mail addresses, personal numbers, and rows that a database repeats."""
    return DETAIL.sub("DETAIL: [masked]", NUMBER.sub("[number]", MAIL.sub("[address]", text)))


def log() -> Any:
    """A bound logger; call `.info("what_happened", key=value)`."""
    return structlog.get_logger()
