"""One person at one thread: the thread, its dialogue, and what each page of it needs."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from flask import Blueprint, abort, url_for

from app import subjects
from app.contributions.models import Contribution
from app.dialogues import texts
from app.dialogues.addresses import pass_over_slug
from app.dialogues.frames import frame, here
from app.dialogues.models import Dialogue
from app.levels.discussion.threads import queries
from app.levels.discussion.threads.models import Thread
from app.levels.discussion.threads.rules import Do
from app.permissions import can
from app.web import actor, found

blueprint = Blueprint("threads", __name__)
FORUM = "/dialoger/<int:dialogue_id>-<slug>/forum"
ONE = FORUM + "/<int:thread_id>"


blueprint.url_value_preprocessor(pass_over_slug)


class Visit:
    """A thread as the one who makes this request meets it. 404 for whoever may not know that it exists."""

    def __init__(self, dialogue_id: int, thread_id: int) -> None:
        both: tuple[Thread, Dialogue] = found(queries.thread_in(dialogue_id, thread_id))
        self.thread, self.dialogue = both
        if not can(actor(), Do.READ, self.thread):
            abort(404)

    @property
    def here(self) -> dict[str, Any]:
        """The values of the dialogue's addresses."""
        return here(self.dialogue)

    @property
    def place(self) -> dict[str, Any]:
        """The values of this thread's addresses."""
        return {**self.here, "thread_id": self.thread.id}

    @cached_property
    def said(self) -> dict[str, texts.Said]:
        """The texts of the dialogue and of the thread, in one statement."""
        return texts.said([texts.row_of(self.dialogue), queries.row_of(self.thread)])

    def post(self, post_id: int, do: Do = Do.READ_POST) -> Contribution:
        """A post of this thread; 404 for whoever may not do this with it, so that nobody learns of what waits."""
        row: Contribution = found(queries.post_in(self.thread, post_id))
        if not can(actor(), Do.READ_POST, row) or not can(actor(), do, row):
            abort(404)
        return row

    def address(self, post: Contribution) -> str:
        """The address that always leads to this post."""
        return url_for("threads.post", post_id=post.id, **self.place)

    def frame(self) -> dict[str, Any]:
        """What every page of a thread needs."""
        return {
            "visit": self,
            "thread": self.thread,
            "a": self.said[subjects.key("thread", self.thread.id)],
            "place": self.place,
            **frame(self.dialogue, self.said),
        }
