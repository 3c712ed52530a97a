"""The municipality as its settings file describes it: read once at the start, complete, or the start stops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class MunicipalityError(Exception):
    """The municipality's file lacks something or says something impossible; the message says what."""


@dataclass(frozen=True)
class Contact:
    """Where people turn who want to talk to a human being."""

    name: str
    phone: str
    email: str
    hours: str

    @property
    def phone_href(self) -> str:
        """The number as a telephone wants it: tel:+4651231000."""
        digits = "".join(c for c in self.phone if c.isdigit() or c == "+")
        return "tel:" + ("+46" + digits[1:] if digits.startswith("0") else digits)


@dataclass(frozen=True)
class Municipality:
    """What makes this installation one municipality's."""

    name: str
    service: str
    code: str
    contact: Contact
    supervisor: str  # of digital accessibility
    complaint_url: str
    data_protection_email: str
    security_email: str
    logo_file: Path | None = None
    logo: str | None = None  # its address, filled in when the routes are there


def read(settings: Mapping[str, Any]) -> Municipality:
    """Make the municipality of its file. Raises MunicipalityError, naming what is missing."""
    contact = _table(settings, "contact")
    accessibility = _table(settings, "accessibility")
    email = _text(contact, "contact", "email")
    return Municipality(
        name=_text(settings, "", "name"),
        service=_text(settings, "", "service"),
        code=_text(settings, "", "code"),
        contact=Contact(
            name=_text(contact, "contact", "name"),
            phone=_text(contact, "contact", "phone"),
            email=email,
            hours=_text(contact, "contact", "hours"),
        ),
        supervisor=_text(accessibility, "accessibility", "supervisor"),
        complaint_url=_link(accessibility, "accessibility", "complaint_url"),
        data_protection_email=str(contact.get("data_protection_email", email)),
        security_email=str(contact.get("security_email", email)),
        logo_file=_logo(settings),
    )


def _table(settings: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = settings.get(key)
    if not isinstance(found, Mapping):
        raise MunicipalityError(f"The municipality's file has no section [{key}].")
    return found


def _text(table: Mapping[str, Any], section: str, key: str) -> str:
    found = table.get(key)
    if not isinstance(found, str) or not found.strip():
        where = f"[{section}] " if section else ""
        raise MunicipalityError(f"The municipality's file does not say {where}{key}.")
    return found.strip()


def _link(table: Mapping[str, Any], section: str, key: str) -> str:
    found = _text(table, section, key)
    if not found.startswith("https://"):
        raise MunicipalityError(f"[{section}] {key} must begin with https://.")
    return found


def _logo(settings: Mapping[str, Any]) -> Path | None:
    """Only a drawing (SVG) that whoever runs the service has put on disk."""
    named = settings.get("logo")
    if not named:
        return None
    file = Path(str(named))
    if file.suffix.lower() != ".svg" or not file.is_file():
        raise MunicipalityError(f"logo: {file} is not an SVG file that can be read.")
    return file
