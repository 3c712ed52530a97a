"""Who may take out what a dialogue has collected: without personal data and with them are two different rights."""

from __future__ import annotations

from typing import Any

from app import clock
from app.accounts.rules import fresh_sign_in
from app.i18n import lazy as _l
from app.permissions import Action, Actor, Reason, Role, Rules, any_of, has_role, is_system


class Do(Action):
    EXPORT = "exports:export"  # the subject is a dialogue
    EXPORT_PERSONAL = "exports:export_personal"
    FETCH = "exports:fetch"  # the subject is a run


NOT_YOURS = Reason("not_yours", _l("Only the person who ordered this export can fetch it."))

may_export = has_role(Role.OFFICIAL, Role.SECRETARY, Role.COMMUNICATIONS, Role.REGISTRAR, Role.ADMINISTRATOR)
may_export_personal = has_role(Role.OFFICIAL, Role.REGISTRAR)


def is_owner(actor: Actor, run: Any) -> Reason | None:
    return None if actor.is_signed_in and run.owner_id == actor.person_id else NOT_YOURS


def still_has_the_right(actor: Actor, run: Any) -> Reason | None:
    """A role that was taken back since closes the file too."""
    return (may_export_personal if run.personal_data else may_export)(actor, run)


def has_expired(run: Any) -> bool:
    return run.expires_at is not None and run.expires_at <= clock.now()


RULES: Rules = {
    Do.EXPORT: (any_of(is_system, may_export),),
    Do.EXPORT_PERSONAL: (any_of(is_system, may_export_personal), fresh_sign_in),
    Do.FETCH: (is_owner, still_has_the_right),
}
