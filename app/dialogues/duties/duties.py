"""The duties that somebody must have in every dialogue, each with the roles that may carry it out."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import Role


@dataclass(frozen=True)
class Duty:
    """`doing` says in a sentence what its holder does; whoever has one of `roles` may be the holder."""

    key: str
    name: LazyText
    doing: LazyText
    roles: tuple[Role, ...]


LEAD = Duty("lead", _l("Leads the dialogue"), _l("Prepares it, and puts together what comes in."), (Role.OFFICIAL,))
MODERATION = Duty(
    "moderation",
    _l("Moderates"),
    _l("Reads what residents write, and answers those who report something."),
    (Role.MODERATOR,),
)
RECORDS = Duty("records", _l("Records decisions"), _l("Enters what the body decides."), (Role.SECRETARY,))
FEEDBACK = Duty(
    "feedback",
    _l("Gives feedback"),
    _l("Tells those who took part what became of it."),
    (Role.COMMUNICATIONS, Role.OFFICIAL),
)
DUTIES = (LEAD, MODERATION, RECORDS, FEEDBACK)
