"""A meeting as a calendar entry (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from icalendar import Calendar, Event


class Held(Protocol):
    """What of a meeting a calendar wants to know."""

    id: int
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    cancelled_at: datetime | None
    version: int


def written(meeting: Held, words: Mapping[str, str], address: str) -> bytes:
    """The file. `words`: title, lead, place and access in the reader's language; `address`: where the meeting is read.

    Its UID is the same each time and its SEQUENCE grows, so that a calendar that has the meeting already takes a
    later file as news of it. Times are UTC.
    """
    entry = Event()
    entry.add("uid", f"meeting-{meeting.id}@{urlsplit(address).hostname}")
    entry.add("sequence", meeting.version)
    entry.add("dtstamp", meeting.created_at)
    entry.add("dtstart", meeting.starts_at)
    entry.add("dtend", meeting.ends_at)
    entry.add("summary", words["title"])
    entry.add("location", words["place"])
    entry.add("description", "\n\n".join((words["lead"], words["access"], address)))
    entry.add("url", address)
    entry.add("status", "CANCELLED" if meeting.cancelled_at is not None else "CONFIRMED")
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Medborgardialog//SV")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    body: bytes = calendar.to_ical()
    return body
