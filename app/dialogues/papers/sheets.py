"""What every printed thing of a dialogue says: one content for notice, poster and the text for the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app import clock, i18n, ladder, subjects
from app.dialogues import texts, wording
from app.dialogues.kinds.queries import owner_name
from app.dialogues.models import Card, Dialogue, Matter
from app.dialogues.papers.codes import Code, code_of
from app.dialogues.queries import Dossier
from app.dialogues.stages import PUBLIC_STAGES, Kind
from app.i18n import Language, LazyText
from app.ladder import Level
from app.multilingual.queries import Row, Text, languages_offered


@dataclass(frozen=True)
class Way:
    """One thing that one can do, and when it takes place where it has a time of its own."""

    title: Text
    held_at: datetime | None


@dataclass(frozen=True)
class Sheet:
    """The content, in the language that is spoken."""

    dialogue: Dialogue
    said: texts.Said
    open_items: Sequence[Text]
    ways: Sequence[Way]
    level: Level | None
    body: Text
    decided: LazyText | None
    address: str  # short enough to be typed from a poster
    code: Code

    @property
    def heading(self) -> Text:
        return self.said["question"] if self.said["question"].text else self.said["title"]

    @property
    def is_public(self) -> bool:
        """Whether its page can be read by whoever follows the code."""
        return self.dialogue.stage in PUBLIC_STAGES

    @property
    def shown_address(self) -> str:
        """Without what nobody needs to type."""
        return self.address.partition("://")[2]


def sheet_of(dossier: Dossier, base_url: str) -> Sheet:
    """The content of a dialogue's printed things, in one statement beside the dossier's own."""
    dialogue, shown = dossier.dialogue, [item for item in dossier.scope if item.is_open]
    cards = _ways(dossier)
    found = texts.said([texts.row_of(dialogue), *map(texts.row_of_item, shown), *map(texts.row_of_card, cards)])
    hold = dossier.record(Matter.HOLD)
    address = short_address(base_url, dialogue.id, i18n.current())
    return Sheet(
        dialogue=dialogue,
        said=found[subjects.key("dialogue", dialogue.id)],
        open_items=[found[subjects.key("scope_item", one.id)]["text"] for one in shown],
        ways=[Way(found[card.subject]["title"], card.held_at) for card in cards],
        level=ladder.level(dialogue.level) if dialogue.level and dialogue.kind == Kind.CITIZEN_DIALOGUE else None,
        body=texts.proper(owner_name(dialogue)),
        decided=wording.decision_words(hold) if hold is not None else None,
        address=address,
        code=code_of(address),
    )


def short_address(base_url: str, dialogue_id: int, language: Language) -> str:
    """https://example.se/d/12, and in another language https://example.se/ar/d/12."""
    prefix = f"/{language.prefix}" if language.prefix else ""
    return f"{base_url}{prefix}/d/{dialogue_id}"


def languages_of(dossier: Dossier) -> list[Language]:
    """The languages in which everything that is printed has been translated and reviewed; Swedish among them."""
    shown = [item for item in dossier.scope if item.is_open]
    rows: list[Row] = [texts.row_of(dossier.dialogue), *map(texts.row_of_item, shown)]
    titles: list[Row] = [(card.subject, {"title": (card.title, None)}) for card in _ways(dossier)]
    return languages_offered([*rows, *titles])


def _ways(dossier: Dossier) -> list[Card]:
    """What one can do, or go to: nothing that has been held."""
    now = clock.now()
    return [card for card in dossier.cards if (card.is_input if card.held_at is None else card.held_at > now)]
