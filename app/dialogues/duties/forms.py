"""The shape of settling who does what: for each duty a holder and a substitute."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import SelectField

from app.accounts.models import Person
from app.dialogues.duties.duties import DUTIES
from app.dialogues.duties.queries import Pair
from app.dialogues.forms import EditForm
from app.forms import one_of
from app.i18n import lazy as _l

CHOOSE = _l("Choose somebody from the list.")


class DutiesForm(EditForm):
    """Two fields for each duty: KEY and KEY_substitute."""

    def offer(self, able: Mapping[str, list[Person]]) -> None:
        """Set the people to choose among."""
        for key, people in able.items():
            choices = [("", str(_l("Choose somebody"))), *((str(one.id), one.name) for one in people)]
            self[key].choices = self[f"{key}_substitute"].choices = choices

    def chosen(self) -> dict[str, tuple[int, int]]:
        return {duty.key: (_id(self[duty.key]), _id(self[f"{duty.key}_substitute"])) for duty in DUTIES}


for _duty in DUTIES:
    setattr(
        DutiesForm, _duty.key, SelectField(_duty.name, [one_of(CHOOSE)], validate_choice=False, description=_duty.doing)
    )
    setattr(
        DutiesForm,
        f"{_duty.key}_substitute",
        SelectField(_l("Substitute"), [one_of(CHOOSE)], validate_choice=False),
    )


def start(able: Mapping[str, list[Person]], held: Mapping[str, Pair]) -> dict[str, str]:
    """What the form shows first: who has each duty, else the first two who may, so that one only has to agree."""
    values = {}
    for duty in DUTIES:
        pair = held.get(duty.key)
        two = [pair.holder, pair.substitute] if pair else able[duty.key][:2]
        for name, person in zip((duty.key, f"{duty.key}_substitute"), two, strict=False):
            values[name] = str(person.id)
    return values


def _id(field: SelectField) -> int:
    return int(field.data) if str(field.data or "").isdecimal() else 0
