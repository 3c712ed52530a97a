"""The shape of what a secretary writes in the calendar of the bodies."""

from __future__ import annotations

from wtforms import IntegerField, SelectField

from app.dialogues import bodies
from app.dialogues.agenda.days import MOST_DAYS
from app.dialogues.forms import EditForm
from app.forms import BaseForm, DateField, TextField, between, one_of, required
from app.i18n import lazy as _l

LONGEST_WAIT = 60  # days between the papers and the meeting


def _named() -> list[tuple[str, str]]:
    return [(one.key, one.name) for one in bodies.bodies()]


def _body_field() -> SelectField:
    return SelectField(
        _l("Body"),
        [one_of(_l("Choose an elected body from the list."))],
        choices=lambda: [("", str(_l("Choose a body"))), *_named()],
        validate_choice=False,  # the rule says what is wrong with it
    )


class LookForm(BaseForm):
    """Whose meetings the calendar shows. Sent with GET, so there is nothing to forge."""

    class Meta(BaseForm.Meta):
        csrf = False

    namnd = SelectField(_l("Body"), choices=lambda: [("", str(_l("All bodies"))), *_named()], validate_choice=False)


class MeetingForm(EditForm):
    held_on = DateField(_l("Day of the meeting"), [required(_l("Give the day of the meeting."))])
    papers_by = DateField(
        _l("Last day for papers"),
        [required(_l("Give the last day for papers."))],
        description=_l("After this day nothing can be added to what the body reads before the meeting."),
    )


class NewMeetingForm(MeetingForm):
    body_key = _body_field()


class SeveralForm(BaseForm):
    """Several days at once, as they stand in the body's own calendar; papers a number of days before each."""

    body_key = _body_field()
    held_on = TextField(
        _l("Days of the meetings"),
        [required(_l("Write at least one day."))],
        longest=4000,
        description=_l(
            "One day on each line, for example 2027-03-15 or 15 mars 2027. At most %(most)s.", most=MOST_DAYS
        ),
    )
    papers_by = IntegerField(
        _l("Last day for papers"),
        [
            required(_l("Write a number of days.")),
            between(1, LONGEST_WAIT, _l("Write a number of days between 1 and %(most)s.", most=LONGEST_WAIT)),
        ],
        default=10,
        description=_l("So many days before each meeting."),
    )
