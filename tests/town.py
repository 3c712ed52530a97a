"""The demo municipality as a place to test in, and a crawl of it: pages are found by following links, never listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from app import db
from app.accounts.models import Person
from tests.visitor import Visitor

GUEST = "gäst"
ROLES = (GUEST, "invanare", "moderator", "handlaggare", "fortroendevald", "sekreterare", "kontaktcenter",
         "kommunikation", "oversattare", "registrator", "admin")  # fmt: skip
STARTS = ("/", "/dialoger", "/arbetsyta", "/moderering", "/beslut", "/oversattning", "/konto", "/admin/anvandare")
EACH = 3  # pages of one endpoint, role and kind of address: enough to meet its states, without walking a whole list


@dataclass(frozen=True)
class Found:
    """One page that one role reaches."""

    role: str
    endpoint: str
    path: str


def visitor_as(app: Flask, role: str) -> Visitor:
    """A browser in which this demo account is signed in."""
    visitor = Visitor(app)
    if role != GUEST:
        with db.reading() as session:
            person = session.scalars(select(Person).filter_by(email_key=f"{role}@demo.example")).one()
        visitor.sign_in_as(person)
    return visitor


def endpoint_of(app: Flask, path: str) -> str | None:
    """Which endpoint answers a GET of this path; None for none, or a redirect."""
    bare = re.sub(r"^/(en|ar|lattlast)(?=/|$)", "", urlsplit(path).path) or "/"
    try:
        endpoint, _ = app.url_map.bind("localhost").match(bare, method="GET")
    except HTTPException:
        return None
    return str(endpoint)


def crawl(
    app: Flask, role: str, *, each: int = EACH, visitor: Visitor | None = None
) -> Iterator[tuple[Found, Visitor]]:
    """Follow links from the starts as this role, in Swedish; yields each page as it is met, on the visitor's screen.

    `visitor` is somebody else than the demo account of the role.
    """
    visitor = visitor or visitor_as(app, role)
    waiting, seen, met = list(STARTS), set(STARTS), dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        endpoint = endpoint_of(app, path)
        if endpoint is None or endpoint == "static" or met.get(endpoint, 0) >= each * _width(path):
            continue
        page = visitor.get(path)
        met[endpoint] = met.get(endpoint, 0) + 1
        if page.tree is None:
            continue  # a file, such as a meeting for one's calendar
        yield Found(role, endpoint, path), visitor
        for link in page.links():
            if link.startswith("/") and not re.match(r"/(en|ar|lattlast|static)(/|$)", link):
                bare = link.partition("#")[0]
                if bare not in seen:
                    seen.add(bare)
                    waiting.append(bare)


def _width(path: str) -> int:
    """A dialogue's own page is met in every stage, so more of them are visited."""
    return 7 if re.fullmatch(r"/(dialoger|arbetsyta/dialoger)/\d+[^/]*", path) else 1
