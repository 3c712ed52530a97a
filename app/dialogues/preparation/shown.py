"""What residents see of a preparation: who is invited and how, what it costs, and what became of what was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app import subjects
from app.dialogues import texts
from app.dialogues.agenda.models import BodyMeeting
from app.dialogues.preparation import queries
from app.dialogues.preparation.models import ChosenGoal, CostItem, GroundAnswer, Stakeholder
from app.dialogues.preparation.sums import Sums, sums
from app.dialogues.preparation.words import FINDINGS, INFLUENCES, SEVEN, channel_names
from app.dialogues.queries import Dossier
from app.i18n import LazyText
from app.multilingual.queries import Text

Said = dict[str, texts.Said]


@dataclass(frozen=True)
class Invited:
    """A group as residents read of it. `turnout` and `follow_up` are there when what was done for it is over."""

    who: Text
    channels: list[LazyText]
    activity: Text | None
    turnout: int | None
    follow_up: Text


@dataclass(frozen=True)
class Costs:
    """The sums, and what each is for in the reader's language, by the id of its row."""

    sums: Sums
    words: dict[int, Text]


def public(dossier: Dossier, said: Said) -> dict[str, Any]:
    """Names for the template of a dialogue's page; `said` holds what `texts.rows_of` asked for."""
    return {"invited": _invited(dossier, said), "costs": _costs(dossier, said), "goals": _goals(dossier)}


def followed_up(dossier: Dossier, said: Said) -> list[Invited]:
    """The priority groups of which it has been noted how many came."""
    return [one for one in _invited(dossier, said) if one.activity is not None and one.turnout is not None]


def prepared(dossier: Dossier) -> dict[str, Any]:
    """Names for the page of those who decide: the whole preparation, in Swedish."""
    held = sums(dossier)
    return {
        "choice": queries.level_choice(dossier),
        "goals": dossier.rows(ChosenGoal),
        "groups": dossier.rows(Stakeholder),
        "channel_names": channel_names,
        "influences": INFLUENCES,
        "seven": SEVEN,
        "answers": {row.ground: row for row in dossier.rows(GroundAnswer)},
        "findings": FINDINGS,
        "sums": held,
        "cost_words": {row.id: texts.proper(row.text) for row in dossier.rows(CostItem)},
        "meeting": next(iter(dossier.rows(BodyMeeting)), None),
    }


def _invited(dossier: Dossier, said: Said) -> list[Invited]:
    return [_group(row, said[subjects.key("stakeholder", row.id)]) for row in queries.affected(dossier)]


def _group(row: Stakeholder, text: texts.Said) -> Invited:
    activity = text["activity"] if row.is_priority else None
    return Invited(text["who"], channel_names(row.channels), activity, row.turnout, text["follow_up"])


def _costs(dossier: Dossier, said: Said) -> Costs:
    held = sums(dossier)
    rows = [*held.parts, *held.options, *([held.frame] if held.frame else [])]
    return Costs(held, {row.id: said[subjects.key("cost_item", row.id)]["text"] for row in rows})


def _goals(dossier: Dossier) -> Text:
    return texts.proper(" · ".join(row.name for row in dossier.rows(ChosenGoal)))
