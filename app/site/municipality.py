"""The municipality as its settings file describes it: read once at the start, complete, or the start stops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import i18n


class MunicipalityError(Exception):
    """The municipality's file lacks something or says something impossible; the message says what."""


@dataclass(frozen=True)
class Words:
    """A text of the municipality's own: the Swedish one, and others by language where the file has them."""

    swedish: str
    others: Mapping[str, str]

    def __str__(self) -> str:
        return self.others.get(i18n.current().ui, self.swedish)


@dataclass(frozen=True)
class Contact:
    """Where people turn who want to talk to a human being."""

    name: Words
    phone: str
    email: str
    hours: Words

    @property
    def phone_href(self) -> str:
        """The number as a telephone wants it: tel:+4651231000."""
        digits = "".join(c for c in self.phone if c.isdigit() or c == "+")
        return "tel:" + ("+46" + digits[1:] if digits.startswith("0") else digits)


@dataclass(frozen=True)
class Municipality:
    """What makes this installation one municipality's."""

    name: str
    service: Words
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
        service=_words(settings, "", "service"),
        code=_text(settings, "", "code"),
        contact=Contact(
            name=_words(contact, "contact", "name"),
            phone=_text(contact, "contact", "phone"),
            email=email,
            hours=_words(contact, "contact", "hours"),
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


def _words(table: Mapping[str, Any], section: str, key: str) -> Words:
    """A text, or a table of one text for each language with Swedish among them."""
    found = table.get(key)
    if not isinstance(found, Mapping):
        return Words(_text(table, section, key), {})
    inside = f"{section}.{key}" if section else key
    others = {code: _text(found, inside, code) for code in found if code != "sv"}
    return Words(_text(found, inside, "sv"), others)


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
