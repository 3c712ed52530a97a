"""Who may do what with a dialogue at which stage. Its checks are also what other packages build their rules from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app import clock, ladder
from app.dialogues import queries, times
from app.dialogues.models import Dialogue
from app.dialogues.stages import (
    DRAFT_STAGES,
    INPUT_KINDS,
    OVER_STAGES,
    PUBLIC_STAGES,
    RESULT_STAGES,
    STAGE_NAMES,
    Kind,
    Stage,
)
from app.i18n import lazy as _l
from app.permissions import Action, Actor, Check, Reason, Role, Rules, has_role, has_role_somewhere


class Do(Action):
    READ = "dialogues:read"
    SEE_RESULTS = "dialogues:see_results"
    PROPOSE = "dialogues:propose"
    VISIT = "dialogues:visit"  # the officials' pages of a dialogue, to read
    ASSESS = "dialogues:assess"
    DRAFT = "dialogues:draft"  # question, purpose, level, scope, promise, body: what the body decides about
    SCHEDULE = "dialogues:schedule"
    DESCRIBE = "dialogues:describe"  # summary and contact, which promise nothing
    EXTEND = "dialogues:extend"
    MOVE = "dialogues:move"
    RECORD_HOLD = "dialogues:record_hold"
    RECORD_FINAL = "dialogues:record_final"
    RECORD_CANCEL = "dialogues:record_cancel"
    RECORD_CLOSE = "dialogues:record_close"  # before its time
    RECORD_LATER = "dialogues:record_later"
    SUPERSEDE = "dialogues:supersede"
    OFFER = "dialogues:offer"  # put a card of a method in the dialogue
    LIST_DECISIONS = "dialogues:list_decisions"  # the desk of those who decide; each their own dialogues
    DECISIONS = "dialogues:decisions"  # its page of one dialogue
    ANSWER = "dialogues:answer"  # write what became of it


NO_DIALOGUE = Reason("no_dialogue", _l("This belongs to no dialogue."))
NOT_PUBLIC = Reason("not_public", _l("This dialogue is not public."))

NO_INPUT = {
    Kind.INFORMATION: Reason(
        "information",
        _l("This is information about what has been decided already. Nothing is open here to take part in."),
    ),
    Kind.STATUTORY_CONSULTATION: Reason(
        "own_process", _l("This consultation is held in a process of its own, and nothing is sent in here.")
    ),
}

is_lead = has_role(Role.OFFICIAL)
is_secretary = has_role(Role.SECRETARY)


def may_read(actor: Actor, subject: Any) -> Reason | None:
    """Anyone, once it is announced; before that those who work with it. Agrees with `queries.visible_to`."""
    row = queries.of(subject)
    if row is not None and queries.may_see_all(actor, row.id):
        return None
    return is_public(actor, subject)


def is_public(_actor: Actor, subject: Any) -> Reason | None:
    row = queries.of(subject)
    return None if row is not None and row.stage in PUBLIC_STAGES else NOT_PUBLIC


def works_here(actor: Actor, subject: Any) -> Reason | None:
    """Whoever holds any role everywhere or in this dialogue."""
    return has_role(*Role)(actor, subject)


def is_citizen_dialogue(_actor: Actor, subject: Any) -> Reason | None:
    """For what the other kinds never go through: criteria, a body's decision, the ladder."""
    row = queries.of(subject)
    if row is not None and row.kind == Kind.CITIZEN_DIALOGUE:
        return None
    return Reason("kind", _l("This belongs to citizen dialogues only."))


def may_have_input(_actor: Actor, subject: Any) -> Reason | None:
    """The dialogue is of a kind in which residents may take part at all."""
    row = queries.of(subject)
    if row is None:
        return NO_DIALOGUE
    return None if row.kind in INPUT_KINDS else NO_INPUT[Kind(row.kind)]


def in_stage(*stages: Stage) -> Check:
    """Passes while the subject's dialogue is at one of these stages; never where nobody can take part at any stage."""

    def check(actor: Actor, subject: Any) -> Reason | None:
        row = queries.of(subject)
        if row is None:
            return NO_DIALOGUE
        if row.kind not in INPUT_KINDS:
            return may_have_input(actor, row)
        if row.stage in stages:
            return None
        held = [STAGE_NAMES[stage] for stage in Stage if stage in stages]
        sentence = _l(
            "The dialogue is now: %(stage)s. This is done while it is: %(stages)s.",
            stage=STAGE_NAMES[Stage(row.stage)],
            stages=held,
        )
        return Reason("stage", sentence)

    return check


def is_draft(actor: Actor, subject: Any) -> Reason | None:
    """Nothing has been decided yet; afterwards question, level, scope and promise stand as they were decided."""
    row = queries.of(subject)
    if row is None:
        return NO_DIALOGUE
    if row.kind != Kind.CITIZEN_DIALOGUE:
        return is_citizen_dialogue(actor, row)
    sentence = _l("The body has decided about this, so it is changed by a new decision of the body only.")
    return None if row.stage in DRAFT_STAGES else Reason("decided", sentence)


def is_not_announced(actor: Actor, subject: Any) -> Reason | None:
    """What residents have not been told yet may still change."""
    row = queries.of(subject)
    if row is None:
        return NO_DIALOGUE
    if row.kind not in INPUT_KINDS:
        return may_have_input(actor, row)
    sentence = _l("The dialogue has been announced, so this can no longer be changed.")
    return None if row.stage in DRAFT_STAGES | {Stage.DECIDED} else Reason("announced", sentence)


def is_not_over(actor: Actor, subject: Any) -> Reason | None:
    """Of dialogues; for what every kind may hold, ask `is_still_kept`."""
    return may_have_input(actor, subject) or is_still_kept(actor, subject)


def is_still_kept(_actor: Actor, subject: Any) -> Reason | None:
    """Whatever the kind: it has not come to its end, so what is told of it may still change."""
    row = queries.of(subject)
    if row is None:
        return NO_DIALOGUE
    sentence = _l("The dialogue is over, so this can no longer be changed.")
    return None if row.stage not in OVER_STAGES else Reason("over", sentence)


def still_tells(actor: Actor, subject: Any) -> Reason | None:
    """As `is_still_kept`, of what one reads and of meetings: these information has too, and a consultation has not."""
    row = queries.of(subject)
    if row is not None and row.kind == Kind.STATUTORY_CONSULTATION:
        return NO_INPUT[Kind.STATUTORY_CONSULTATION]
    return is_still_kept(actor, subject)


def takes_input(actor: Actor, subject: Any) -> Reason | None:
    """Residents may take part now: the stage says open, and so do the clock, the phase and the thing's own times.

    Half-open: from the opening moment up to the closing moment, which is outside. A clock job that is late keeps
    nothing open. Which thing a subject belongs to it says itself (`thing_key`: "survey:3"); the times of things stand
    in the dialogue's row, so that this costs no statement more.
    """
    row = queries.of(subject)
    if row is None:
        return NO_DIALOGUE
    return may_have_input(actor, row) or _is_open(row) or in_its_time(actor, subject)


def in_its_time(_actor: Actor, subject: Any) -> Reason | None:
    """The thing's own time has come and has not passed; the dialogue's stage and times are asked elsewhere."""
    row, now = queries.of(subject), clock.now()
    own = times.ALWAYS if row is None else times.own_window(row, subject)
    if own.closes_at is not None and own.closes_at <= now:
        return Reason("closed", _l("This closed on %(when)s.", when=own.closes_at))
    if own.opens_at is not None and now < own.opens_at:
        return Reason("not_open", _l("This opens on %(when)s.", when=own.opens_at))
    return None


def takes_input_where(thing_of: Callable[[Any], Any]) -> Check:
    """As takes_input, asked about the thing that a subject stands in: a card is written as long as its workshop."""

    def check(actor: Actor, subject: Any) -> Reason | None:
        return takes_input(actor, thing_of(subject))

    return check


def _is_open(row: Dialogue) -> Reason | None:
    now = clock.now()
    if row.closes_at is not None and row.closes_at <= now and row.stage in (Stage.ANNOUNCED, Stage.OPEN, Stage.PAUSED):
        return _closed(row)
    if row.stage == Stage.OPEN:
        return None if row.opens_at is not None and row.opens_at <= now else _not_open(row)
    if row.stage == Stage.PAUSED:
        return Reason("paused", _l("This dialogue is paused: %(reason)s", reason=row.pause_reason))
    if row.stage == Stage.ANNOUNCED:
        return _not_open(row)
    if row.stage == Stage.CANCELLED:
        return Reason("cancelled", _l("This dialogue has been called off."))
    return _closed(row) if row.stage in PUBLIC_STAGES else Reason("not_open", _l("This dialogue is not open."))


def still_runs(_actor: Actor, subject: Any) -> Reason | None:
    """Its closing moment is still to come: once people have been told that it is over, it is."""
    row = queries.of(subject)
    if row is not None and row.closes_at is not None and clock.now() < row.closes_at:
        return None
    return Reason("closing", _l("The closing time has passed, so it closes by itself."))


def _closed(row: Dialogue) -> Reason:
    return Reason("closed", _l("This dialogue closed on %(closed_at)s.", closed_at=row.closes_at))


def _not_open(row: Dialogue) -> Reason:
    return Reason("not_open", _l("This dialogue opens on %(opens_at)s.", opens_at=row.opens_at))


def shows_results(_actor: Actor, subject: Any) -> Reason | None:
    """The result is open to all once it has been compiled."""
    row = queries.of(subject)
    if row is not None and row.kind in INPUT_KINDS and row.stage in RESULT_STAGES:
        return None
    return Reason("no_result", _l("The result is shown here when it has been put together."))


def offers(method_key: str) -> Check:
    """The method may be used at the dialogue's level; a level must have been chosen first."""

    def check(_actor: Actor, subject: Any) -> Reason | None:
        row = queries.of(subject)
        if row is None:
            return NO_DIALOGUE
        if row.kind == Kind.STATUTORY_CONSULTATION:
            return NO_INPUT[Kind.STATUTORY_CONSULTATION]
        if row.level is None:
            return Reason("no_level", _l("Choose the level of participation first; the methods follow from it."))
        if any(method.key == method_key for method in ladder.methods_at(row.level)):
            return None
        sentence = _l("This method is not offered at the level of this dialogue: %(level)s.")
        return Reason("level", sentence.filled(level=ladder.level(row.level).name))

    return check


def method_is_offered(actor: Actor, card: Any) -> Reason | None:
    """The card's method may be used at the level of its dialogue."""
    return offers(card.method)(actor, card)


def is_not_elected(actor: Actor, _subject: Any) -> Reason | None:
    """Elected representatives decide that a dialogue is held; none of them opens one, whatever else they are."""
    if not any(grant.role == Role.ELECTED for grant in actor.grants):
        return None
    sentence = _l("Elected representatives open no dialogue of their own: a body decides, and an official prepares it.")
    return Reason("elected", sentence)


def is_not_author(actor: Actor, subject: Any) -> Reason | None:
    """Whoever wrote the dialogue does not enter what the body decided about it."""
    row = queries.of(subject)
    author = row.created_by if row is not None else None
    sentence = _l("You wrote this dialogue, so somebody else must record what the body decides about it.")
    return None if author is None or actor.person_id != author else Reason("author", sentence)


def the_step_allows(actor: Actor, tried: Any) -> Reason | None:
    """The table names who makes this move."""
    reason: Reason | None = tried.step.by(actor, tried)
    return reason


def nothing_is_missing(_actor: Actor, tried: Any) -> Reason | None:
    """Every guard of the step is content; else the first thing that is missing."""
    for missing in tried.missing:
        return Reason("missing", missing.sentence)
    return None


CANCELLABLE = in_stage(
    Stage.PREPARED, Stage.DECIDED, Stage.ANNOUNCED, Stage.OPEN, Stage.PAUSED, Stage.CLOSED, Stage.COMPILED
)
# What a dialogue offers may be planned and changed until it closes.
before_it_closes = in_stage(*DRAFT_STAGES, Stage.DECIDED, Stage.ANNOUNCED, Stage.OPEN, Stage.PAUSED)


def is_answerable(actor: Actor, subject: Any) -> Reason | None:
    """What came in can be answered: of a user dialogue, where no body decides, as soon as it has closed."""
    row = queries.of(subject)
    if row is not None and row.kind == Kind.USER_DIALOGUE:
        return in_stage(Stage.CLOSED)(actor, row)
    return in_stage(Stage.COMPILED, Stage.HANDED_OVER, Stage.RESOLVED, Stage.CANCELLED)(actor, subject)


RULES: Rules = {
    Do.READ: (may_read,),
    Do.SEE_RESULTS: (shows_results,),
    Do.PROPOSE: (is_lead, is_not_elected),
    Do.VISIT: (works_here,),
    Do.ASSESS: (is_lead, is_citizen_dialogue, in_stage(Stage.IDEA, Stage.ASSESSED)),
    Do.DRAFT: (is_lead, is_draft),
    Do.SCHEDULE: (is_lead, is_citizen_dialogue, is_not_announced),
    Do.DESCRIBE: (is_lead, is_still_kept),
    Do.EXTEND: (is_lead, in_stage(Stage.OPEN, Stage.PAUSED), still_runs),
    Do.MOVE: (the_step_allows, nothing_is_missing),
    Do.RECORD_HOLD: (is_secretary, is_citizen_dialogue, is_not_author, in_stage(Stage.PREPARED)),
    Do.RECORD_FINAL: (is_secretary, is_citizen_dialogue, is_not_author, in_stage(Stage.HANDED_OVER)),
    Do.RECORD_CANCEL: (is_secretary, is_citizen_dialogue, is_not_author, CANCELLABLE),
    Do.RECORD_CLOSE: (is_secretary, is_citizen_dialogue, is_not_author, in_stage(Stage.OPEN, Stage.PAUSED), still_runs),
    Do.RECORD_LATER: (
        is_secretary,
        is_citizen_dialogue,
        is_not_author,
        in_stage(Stage.RESOLVED, Stage.FED_BACK, Stage.EVALUATED),
    ),
    Do.SUPERSEDE: (is_secretary, is_citizen_dialogue, is_not_author),
    Do.OFFER: (method_is_offered,),
    Do.LIST_DECISIONS: (has_role_somewhere(*queries.DECIDERS),),
    Do.DECISIONS: (has_role(*queries.DECIDERS), is_citizen_dialogue),
    Do.ANSWER: (has_role(Role.COMMUNICATIONS, Role.OFFICIAL), is_answerable),
}
