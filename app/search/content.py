"""What of a thing is found and shown: its own text, and the reviewed translations of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app import db, i18n, subjects
from app.multilingual.models import Status, Translation
from app.search.core import excerpts
from app.search.models import LONGEST_LINE
from app.subjects import Subject


@dataclass(frozen=True)
class Content:
    """One thing in one language. `whole`: every word that finds it; `text`: what excerpts are cut from.

    Without a title (its text is translated, and its title is not) it is found and not shown: the Swedish one is.
    """

    whole: str
    title: str | None
    text: str
    endpoint: str
    values: Mapping[str, Any]

    def shown(self) -> dict[str, Any]:
        """The columns of its entry."""
        return {
            "title": (self.title or "")[:LONGEST_LINE],
            "text": excerpts.unmarked(self.text)[: excerpts.KEPT],
            "endpoint": self.endpoint,
            "values": self.values,
        }


def of_rows(subject: Subject, rows: Mapping[int, Any]) -> dict[tuple[int, str], Content]:
    """(id, language) → what is found of these rows; nothing of those that have no words."""
    found: dict[tuple[int, str], Content] = {}
    for number, row in rows.items():
        whole = subject.index_text(row).strip()
        if not whole:
            continue
        title = subject.title(row)
        language = getattr(row, "language", i18n.SOURCE.code)  # what residents write says its own
        endpoint, values = subject.address(row)
        own = Content(whole, title, excerpts.beyond(title, whole), endpoint, values)
        found[number, language] = own
    return found | _translated(subject, {number: one for (number, _language), one in found.items()})


def _translated(subject: Subject, own: Mapping[int, Content]) -> dict[tuple[int, str], Content]:
    """The same in other languages: what has been reviewed, and made from the text of today."""
    ids = {subjects.key(subject.kind, number): number for number in own}
    columns = (Translation.subject, Translation.language, Translation.text, Translation.source_text)
    made = select(*columns).where(Translation.subject.in_(ids), Translation.status == Status.REVIEWED)
    parts: dict[tuple[int, str], list[tuple[int, str, str]]] = {}
    for key, language, text, source in db.session().execute(made):
        place = own[ids[key]].whole.find(source.strip())
        if place >= 0:
            parts.setdefault((ids[key], language), []).append((place, source.strip(), text))
    return {(number, language): _in_language(own[number], sorted(found)) for (number, language), found in parts.items()}


def _in_language(own: Content, parts: list[tuple[int, str, str]]) -> Content:
    """`parts`: (where its source stands, the source, the text), in the order that they are read."""
    swedish = (own.title or "").strip()
    title = next((text for _place, source, text in parts if source == swedish), None)
    rest = [text for _place, source, text in parts if source != swedish]
    whole = "\n".join(text for _place, _source, text in parts)
    return Content(whole, title, "\n".join(rest), own.endpoint, own.values)
