"""The texts of dialogues in the reader's language, and those that can be translated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from app import i18n, subjects
from app.dialogues import queries
from app.dialogues.models import Card, Dialogue, Outcome, ScopeItem
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.multilingual.queries import Row, Text, texts
from app.multilingual.sources import Item, Source, labels

DIALOGUE_FIELDS: Mapping[str, tuple[LazyText, int]] = {
    "title": (_l("Short title"), 80),
    "question": (_l("Question"), 200),
    "summary": (_l("Summary"), 2000),
    "purpose": (_l("Purpose"), 2000),
    "promise": (_l("What the body promises"), 2000),
    "affected": (_l("Whom it concerns"), 300),
}
SCOPE_FIELDS: Mapping[str, tuple[LazyText, int]] = {
    "text": (_l("What is open or fixed"), 300),
    "why": (_l("Why it is fixed"), 300),
}
OUTCOME_FIELDS: Mapping[str, tuple[LazyText, int]] = {
    "heading": (_l("Heading"), 160),
    "lead": (_l("First paragraph"), 400),
    "body": (_l("Text"), 20_000),
}
Said = Mapping[str, Text]  # field → the text as it is shown


def row_of(dialogue: Dialogue) -> Row:
    return subjects.key("dialogue", dialogue.id), {one: (getattr(dialogue, one), None) for one in DIALOGUE_FIELDS}


def row_of_item(item: ScopeItem) -> Row:
    return subjects.key("scope_item", item.id), {one: (getattr(item, one), None) for one in SCOPE_FIELDS}


def row_of_card(card: Card) -> Row:
    """A card's texts are those of its subject: its title, and its lead where the card has a sentence."""
    return card.subject, {"title": (card.title, None), "lead": (card.sentence, None)}


def row_of_outcome(outcome: Outcome) -> Row:
    plain: dict[str, tuple[str, Markup | None]] = {one: (getattr(outcome, one), None) for one in ("heading", "lead")}
    return subjects.key("outcome", outcome.dialogue_id), {**plain, "body": (outcome.body, outcome.html)}


def said(rows: Sequence[Row]) -> dict[str, Said]:
    """Subject key → field → the text in the reader's language, in one statement."""
    found: dict[str, dict[str, Text]] = {subject: {} for subject, _ in rows}
    for (subject, field), text in texts(rows).items():
        found[subject][field] = text
    return dict(found)


def of_dialogues(dialogues: Iterable[Dialogue]) -> dict[int, Said]:
    """Dialogue id → its texts, for a list; in one statement."""
    rows = {dialogue.id: row_of(dialogue) for dialogue in dialogues}
    found = said(list(rows.values()))
    return {number: found[key] for number, (key, _) in rows.items()}


def proper(name: str) -> Text:
    """A Swedish proper name (a body, a person), marked as Swedish where the page is in another language."""
    foreign = i18n.current().ui != i18n.SOURCE.ui
    return Text(name, None, i18n.SOURCE.tag, i18n.SOURCE.dir, is_fallback=foreign)


def _of_dialogue(dialogue_id: int | None) -> list[Item]:
    row = queries.dialogue(dialogue_id) if dialogue_id is not None else None
    if row is None:
        return []
    key = subjects.key("dialogue", row.id)
    return [
        Item(key, row.title, field, label, getattr(row, field), longest=longest)
        for field, (label, longest) in DIALOGUE_FIELDS.items()
    ]


def _of_scope(dialogue_id: int | None) -> list[Item]:
    return [
        Item(subjects.key("scope_item", item.id), item.text, field, label, getattr(item, field), longest=longest)
        for item in (queries.scope_of(dialogue_id) if dialogue_id is not None else [])
        for field, (label, longest) in SCOPE_FIELDS.items()
    ]


def _of_outcome(dialogue_id: int | None) -> list[Item]:
    row = queries.outcome_of(dialogue_id) if dialogue_id is not None else None
    if row is None:
        return []
    key = subjects.key("outcome", row.dialogue_id)
    return [
        Item(key, row.heading, field, label, getattr(row, field), is_rich=field == "body", longest=longest)
        for field, (label, longest) in OUTCOME_FIELDS.items()
    ]


SOURCES = (
    Source("dialogue", lazy_p("subject", "Dialogue"), labels(DIALOGUE_FIELDS), _of_dialogue),
    Source("scope_item", lazy_p("subject", "What is open and what is fixed"), labels(SCOPE_FIELDS), _of_scope),
    Source("outcome", lazy_p("subject", "What became of it"), labels(OUTCOME_FIELDS), _of_outcome),
)
