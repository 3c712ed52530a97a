"""Who may do what with a survey at which stages."""

from __future__ import annotations

from typing import Any

from app import clock
from app.dialogues import queries
from app.dialogues import rules as dialogues
from app.dialogues.rules import is_lead, is_not_announced, may_read, offers, shows_results, works_here
from app.dialogues.stages import RESULT_STAGES, Stage
from app.i18n import lazy as _l
from app.levels.consultation.surveys.models import PAPER_GRACE, Survey
from app.levels.consultation.surveys.queries import Written
from app.permissions import Action, Actor, Check, Reason, Role, Rules, any_of, has_role
from app.questions.models import Answer


class Do(Action):
    READ = "surveys:read"
    ANSWER = "surveys:answer"
    READ_RESULTS = "surveys:read_results"
    READ_ANSWER = "surveys:read_answer"  # one free text
    REGISTER = "surveys:register"  # the answers of somebody who rang or wrote
    CREATE = "surveys:create"
    EDIT = "surveys:edit"
    VISIT = "surveys:visit"  # the officials' pages, to read
    READ_FIGURES = "surveys:read_figures"  # before residents may


def is_kept(_actor: Actor, subject: Any) -> Reason | None:
    """A survey that was taken away is gone for everyone."""
    gone = isinstance(subject, Survey) and subject.withdrawn_at is not None
    return Reason("withdrawn", _l("This survey has been taken away.")) if gone else None


def has_account(actor: Actor, survey: Survey) -> Reason | None:
    """Where one answer for each account was chosen, answering needs one."""
    if survey.audience != "account" or actor.is_signed_in:
        return None
    sentence = _l("You need an account to answer this survey, because each person may answer once. Sign in first.")
    return Reason("account", sentence, sign_in=True)


def takes_answers(actor: Actor, survey: Survey) -> Reason | None:
    """The dialogue takes input now. Who comes too late hears that nothing of theirs is left."""
    reason = dialogues.takes_input(actor, survey)
    if reason is None or reason.code != "closed":
        return reason
    sentence = _l("%(why)s Answers that were not sent in before that have not been kept.", why=reason.sentence)
    return Reason("closed", sentence)


def takes_paper(actor: Actor, survey: Survey) -> Reason | None:
    """Answers can be written down for others: while it is open, and paper that came in time a few days longer."""
    reason = dialogues.takes_input(actor, survey)
    row = queries.of(survey)
    if reason is None or reason.code != "closed" or row is None or row.closes_at is None:
        return reason
    until = row.closes_at + PAPER_GRACE
    if row.stage in (Stage.OPEN, Stage.CLOSED) and clock.now() < until:
        return None
    return Reason(
        "closed", _l("%(why)s Paper that had come in by then had to be registered soon after.", why=reason.sentence)
    )


def has_closed(actor: Actor, subject: Any) -> Reason | None:
    """Nobody sees how it is going while people answer, not even staff."""
    reason = dialogues.in_stage(Stage.CLOSED, *sorted(RESULT_STAGES))(actor, subject)
    if reason is None:
        return None
    return Reason("running", _l("Figures are shown when the survey has closed, so that they sway nobody."))


def is_public_text(actor: Actor, answer: Answer | Written) -> Reason | None:
    """Free text is public once a moderator has shown it and the result is out."""
    if answer.review is None or not answer.review.is_shown:
        return Reason("not_shown", _l("This text is not shown."))
    return shows_results(actor, answer)


speaks_with_people: Check = has_role(Role.CONTACT_CENTRE, Role.OFFICIAL)
moderates: Check = has_role(Role.MODERATOR)

RULES: Rules = {
    Do.READ: (is_kept, may_read),
    Do.ANSWER: (is_kept, may_read, takes_answers, has_account),
    Do.READ_RESULTS: (is_kept, may_read, shows_results),
    Do.READ_ANSWER: (any_of(moderates, is_public_text),),
    Do.REGISTER: (is_kept, speaks_with_people, may_read, takes_paper),
    Do.CREATE: (is_lead, offers("surveys"), is_not_announced),
    Do.EDIT: (is_kept, is_lead, is_not_announced),
    Do.VISIT: (is_kept, works_here),
    Do.READ_FIGURES: (is_kept, works_here, has_closed),
}
