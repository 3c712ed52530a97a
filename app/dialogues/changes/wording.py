"""What a change note says of each kind of change."""

from __future__ import annotations

from collections.abc import Mapping

from app.dialogues.changes.models import Part
from app.i18n import LazyText
from app.i18n import lazy as _l

PART_NAMES: Mapping[Part, LazyText] = {
    Part.AMENDED: _l("The body has changed what it had decided about"),
    Part.DESCRIPTION: _l("The summary or whom to ask was changed"),
    Part.PAUSED: _l("The dialogue was paused"),
    Part.RESUMED: _l("The dialogue was opened again"),
    Part.PERIOD: _l("The dialogue stays open longer"),
    Part.PHASES: _l("The phases of the dialogue were changed"),
    Part.TIMES: _l("Its opening or closing time was changed"),
    Part.INTERIM: _l("The feedback from a phase was changed"),
    Part.QUESTION: _l("A question was reworded"),
    Part.OPTION: _l("An answer to choose was reworded"),
    Part.TEXT: _l("A text was changed"),
    Part.RULE: _l("A rule for taking part was changed"),
    Part.MEETING: _l("A meeting was changed"),
    Part.CALLED_OFF: _l("A meeting was called off"),
    Part.WITHDRAWN: _l("Something was taken away"),
    Part.SHUT: _l("No suggestions are taken in for now"),
    Part.OPENED_AGAIN: _l("Suggestions are taken in again"),
}
