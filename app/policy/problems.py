"""What goes wrong between people: an answer that a rule does not take, and two editors of the same thing."""

from __future__ import annotations

from app.i18n import LazyText


class NotAccepted(Exception):
    """A rule does not take what was given. `field` is the one it concerns: the form puts the sentence there."""

    def __init__(self, field: str, sentence: LazyText) -> None:
        super().__init__(f"{field}: {sentence.msgid}")
        self.field = field
        self.sentence = sentence


class Overtaken(Exception):
    """Somebody else saved the same thing after this editor had opened it; nothing was written."""
