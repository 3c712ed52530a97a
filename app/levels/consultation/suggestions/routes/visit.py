"""One person at one box, in a dialogue or on the site: the box, its dialogue, and what each page of it needs."""

from __future__ import annotations

import secrets
from functools import cached_property
from typing import Any

from flask import Blueprint, abort, session, url_for

from app import ladder, subjects
from app.accounts.queries import hash_of
from app.contributions.models import Contribution
from app.dialogues import texts
from app.dialogues.addresses import pass_over_slug
from app.dialogues.frames import frame, here
from app.dialogues.models import Dialogue
from app.levels.consultation.suggestions import queries
from app.levels.consultation.suggestions.core import matters
from app.levels.consultation.suggestions.models import Suggestion, SuggestionBox, SuggestionDraft, SuggestionPicture
from app.levels.consultation.suggestions.rules import Do
from app.permissions import can, require
from app.web import actor, found, in_both

blueprint = Blueprint("suggestions", __name__)
blueprint.record(lambda setup: matters.use(setup.app.config["SETTINGS"].municipality))
both = in_both(blueprint, "/dialoger/<int:dialogue_id>-<slug>/forslag", "/battre-vara", mark="site_")
KEY = "suggestions"  # in the cookie: a key of the browser's own


blueprint.url_value_preprocessor(pass_over_slug)


def file_of(picture: SuggestionPicture, size: str) -> str:
    """Where a picture of a suggestion is fetched by those who may read the suggestion."""
    return url_for("files.show", key=picture.file.key, size=size)


class Visit:
    """A box as the one who makes this request meets it. 404 for whoever may not know that it exists."""

    def __init__(self, dialogue_id: int | None) -> None:
        self.dialogue: Dialogue | None = None
        self.box: SuggestionBox
        if dialogue_id is None:
            self.box = found(queries.box_in(None))
        else:
            self.box, self.dialogue = found(queries.box_in_dialogue(dialogue_id))
        if not can(actor(), Do.READ, self.box):
            abort(404)

    @property
    def here(self) -> dict[str, Any]:
        """The values of the dialogue's addresses; none for the site."""
        row = self.dialogue
        return {} if row is None else here(row)

    def to(self, name: str, **values: Any) -> str:
        """The address of one of the box's pages."""
        return url_for(f"suggestions.{'site_' if self.dialogue is None else ''}{name}", **self.here, **values)

    def desk(self, suggestion_id: int) -> str:
        """Where officials handle it."""
        row = self.dialogue
        if row is None:
            return url_for("suggestion_desk.site_case", suggestion_id=suggestion_id)
        return url_for("suggestion_desk.case", dialogue_id=row.id, suggestion_id=suggestion_id)

    @cached_property
    def said(self) -> dict[str, texts.Said]:
        """The texts of the box and of its dialogue, in one statement."""
        about = [texts.row_of(self.dialogue)] if self.dialogue is not None else []
        return texts.said([queries.box_row(self.box), *about])

    def suggestion(self, suggestion_id: int) -> tuple[Contribution, Suggestion]:
        """A suggestion of this box with its case; 404 where there is none."""
        both_rows: tuple[Contribution, Suggestion] = found(queries.suggestion_in(self.box.id, suggestion_id))
        return both_rows

    def frame(self) -> dict[str, Any]:
        """What every page of a box needs."""
        box = {"visit": self, "box": self.box, "to": self.to}
        box["b"] = self.said[subjects.key(queries.BOX, self.box.id)]
        row = self.dialogue
        if row is None:
            return {**box, "dialogue": None, "level": ladder.CONSULTATION}
        return {**box, **frame(row, self.said)}


class Sitting(Visit):
    """Somebody who writes to a box, with what they have written so far. Raises Refusal where nothing is taken in."""

    def __init__(self, dialogue_id: int | None) -> None:
        super().__init__(dialogue_id)
        require(actor(), Do.SEND, self.box)

    @cached_property
    def key_hash(self) -> str:
        """What the draft lies under: the account, or a key in the browser's cookie."""
        who = actor()
        whose = f"person {who.person_id}" if who.is_signed_in else f"form {browser_key()}"
        return hash_of(f"suggestion {self.box.id} {whose}")

    @cached_property
    def draft(self) -> SuggestionDraft | None:
        return queries.draft(self.key_hash, self.box.id)

    @cached_property
    def content(self) -> dict[str, Any]:
        return dict(self.draft.content) if self.draft is not None else {}

    @cached_property
    def pictures(self) -> list[SuggestionPicture]:
        return queries.pictures_of_draft(self.draft.id) if self.draft is not None else []

    @property
    def lacks(self) -> str:
        """The first step that has not been done; empty when all have."""
        steps = (("matter", "begin"), ("text", "write"), ("wants", "reply"))
        if lacking := next((view for field, view in steps if not self.content.get(field)), ""):
            return lacking
        return "" if all(one.alt for one in self.pictures) else "pictures"


def browser_key() -> str:
    """The browser's own key, made when it is first needed: only by those who write or support."""
    key: str = session.setdefault(KEY, secrets.token_urlsafe(32))
    return key


def known_browser_key() -> str | None:
    """As browser_key, without leaving a cookie."""
    return session.get(KEY)
