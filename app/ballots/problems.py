"""What can stand against a step of a ballot box, beside the rules: each with a sentence for the person who tried."""

from __future__ import annotations

from app.i18n import LazyText


class NotTaken(Exception):
    """The step was not taken; nothing has changed. `field` names what to mend, where it is one thing."""

    def __init__(self, sentence: LazyText, field: str = "") -> None:
        super().__init__(sentence.msgid)
        self.sentence = sentence
        self.field = field
