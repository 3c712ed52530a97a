"""The shape of phases, of the times of things, and of what is told of a phase."""

from __future__ import annotations

from wtforms import SelectField, SubmitField

from app.dialogues.changes.forms import Reasoned
from app.dialogues.forms import EditForm
from app.forms import LineField, MomentField, TextField, required
from app.i18n import lazy as _l


class PhaseForm(Reasoned, EditForm):
    name = LineField(
        _l("Name of the phase"),
        [required(_l("Give the phase a name."))],
        longest=120,
        description=_l("What one does in it, for example: We gather ideas."),
    )
    opens_at = MomentField(_l("Begins"), [required(_l("Say when the phase begins."))])
    closes_at = MomentField(
        _l("Ends"),
        [required(_l("Say when the phase ends."))],
        description=_l("From this moment on nothing more can be sent in to what belongs to it."),
    )


class RemoveForm(Reasoned, EditForm):
    """A button, and why."""


class TimesForm(Reasoned, EditForm):
    phase = SelectField(_l("Phase"), validate_choice=False)
    opens_at = MomentField(_l("Opens"), description=_l("Empty: with its phase or, without one, with the dialogue."))
    closes_at = MomentField(_l("Closes"), description=_l("Empty: with its phase or, without one, with the dialogue."))


class InterimForm(Reasoned, EditForm):
    interim = TextField(
        _l("What came of the phase"),
        description=_l("What came in, what you do with it, and what happens in the next phase. Markdown can be used."),
    )
    save = SubmitField()
    preview = SubmitField()
