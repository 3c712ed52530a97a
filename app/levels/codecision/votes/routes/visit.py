"""One person with one vote: what they read, and which rows of the roll are theirs, each read once and if asked for.

Who votes with a code has it checked once; the cookie then holds their row of the roll until the ballot is in the box,
and what is chosen is never in it.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from flask import Blueprint, abort, session

from app import subjects
from app.ballots import queries as boxes
from app.ballots.models import RollEntry
from app.dialogues import bodies, texts
from app.dialogues.addresses import pass_over_slug
from app.dialogues.frames import frame, here
from app.dialogues.models import Dialogue
from app.levels.codecision.votes import forms, queries
from app.levels.codecision.votes.models import Audience, Vote
from app.levels.codecision.votes.rules import Booth, Do
from app.multilingual.queries import Text
from app.permissions import Reason, can, refusal
from app.questions.words import Words
from app.web import actor, found

blueprint = Blueprint("votes", __name__)
ONE = "/dialoger/<int:dialogue_id>-<slug>/omrostning/<int:vote_id>"
CODES = "ballots"  # in the cookie: vote → [row of the roll, token of the ballot that is in the box]


blueprint.url_value_preprocessor(pass_over_slug)


class Visit:
    """A vote as the one who makes this request meets it. 404 for whoever may not know that it exists."""

    def __init__(self, dialogue_id: int, vote_id: int) -> None:
        both: tuple[Vote, Dialogue] = found(queries.vote_in(dialogue_id, vote_id))
        self.vote, self.dialogue = both
        if not can(actor(), Do.READ, self.vote):
            abort(404)

    @cached_property
    def words(self) -> Words:
        return queries.words_of(self.vote)

    def said(self, field: str) -> Text:
        return self.words.named(subjects.key("vote", self.vote.id), field)

    @property
    def options(self) -> dict[str, Any]:
        return forms.option_names(self.vote, self.words)

    @property
    def by_code(self) -> bool:
        return self.vote.audience == Audience.CODES

    @property
    def kept(self) -> tuple[str, str]:
        """Row of the roll and token of the ballot that was cast, as the cookie has them; empty where it has none."""
        row, token = session.get(CODES, {}).get(str(self.vote.id), ("", ""))
        return str(row), str(token)

    def keep(self, row: str, token: str = "") -> None:
        session[CODES] = {**session.get(CODES, {}), str(self.vote.id): [row, token]}

    def let_go(self) -> None:
        session[CODES] = {key: one for key, one in session.get(CODES, {}).items() if key != str(self.vote.id)}

    @cached_property
    def entries(self) -> list[RollEntry]:
        if not self.by_code:
            return queries.eligible_rows(self.vote, actor())
        row = boxes.entry(self.vote.box, self.kept[0]) if self.kept[0] else None
        return [row] if row else []

    @property
    def booth(self) -> Booth:
        return Booth(self.vote, self.entries)

    @cached_property
    def receipt(self) -> str | None:
        """The short receipt of this person's ballot; None where it is not in the box (any more)."""
        full = boxes.receipt_of(self.entries)
        return boxes.short(full) if full else None

    @cached_property
    def refused(self) -> Reason | None:
        """Why this person cannot vote now."""
        return refusal(actor(), Do.CAST, self.booth)

    @property
    def declares(self) -> bool:
        return self.vote.audience == Audience.DECLARED and not self.entries

    @property
    def place(self) -> dict[str, Any]:
        """The values of this vote's addresses."""
        return {**here(self.dialogue), "vote_id": self.vote.id}

    def frame(self) -> dict[str, Any]:
        """What the pages within a dialogue's frame need."""
        dialogue = self.dialogue
        return {
            "visit": self,
            "vote": self.vote,
            "place": self.place,
            **frame(dialogue, texts.said([texts.row_of(dialogue)])),
            "body": texts.proper(bodies.name_of(dialogue.body_key)),
            "ties": forms.TIE_NAMES,
            "kinds": forms.KIND_NAMES,
        }
