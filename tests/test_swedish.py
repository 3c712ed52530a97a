"""Pages in other languages mark what is Swedish, so that it is read aloud as Swedish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select

from app import db
from app.dialogues.models import Dialogue
from tests.town import ROLES, crawl, visitor_as
from tests.visitor import X

NOT_READ = {"script", "style", "title", "option", "textarea"}  # one cannot put a mark inside these
# Three Latin words on end are a sentence or a title, and a page in Arabic has none of its own; a name has two.
SENTENCE = re.compile(r"(?:[A-Za-zÀ-ÿ]{2,}[\s,.:]+){2,}[A-Za-zÀ-ÿ]{2,}")


def texts(e: ET.Element, language: str = "") -> Iterator[tuple[str, str]]:
    """Each text below this element, with the language it is said to be in."""
    if not isinstance(e.tag, str) or e.tag.removeprefix(X) in NOT_READ:
        return
    language = e.get("lang") or language
    yield language, e.text or ""
    for inner in e:
        yield from texts(inner, language)
        yield language, inner.tail or ""


@pytest.mark.slow
@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", ROLES)
def test_what_is_swedish_is_marked(the_app, catalogues, town_isolated, role):
    with db.reading() as session:
        titles = {text for row in session.scalars(select(Dialogue)) for text in (row.title, row.question) if text}
    reader, unmarked = visitor_as(the_app, role), set()
    for found, _ in crawl(the_app, role, each=1):
        for prefix in ("/ar", "/en"):
            for language, text in texts(reader.get(prefix + found.path).find_all("html")[0]):
                said = " ".join(text.split())
                if (language == "ar" and SENTENCE.search(said)) or (language == "en" and said in titles):
                    unmarked.add(f"{prefix}{found.path}: {said[:80]}")
    assert not unmarked
