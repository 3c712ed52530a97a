"""What a dialogue's stage and dates say to people: the tag, the days left, what happens when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app import clock, i18n
from app.dialogues import bodies, rules
from app.dialogues.models import Card, DecisionRecord, Dialogue, Matter, Ruling
from app.dialogues.queries import Dossier
from app.dialogues.stages import INPUT_KINDS, PUBLIC_STAGES, PUBLISHED_NAMES, RESULT_STAGES, STAGE_NAMES, Kind, Stage
from app.i18n import LazyText, lazy_p, plural
from app.i18n import lazy as _l
from app.ladder import Method
from app.permissions import GUEST

# After the meeting: minutes are approved within two weeks, and then a decision is on record, or why there is none.
DECISION_KNOWN = timedelta(days=30)
TOLD_STAGES = frozenset({Stage.FED_BACK, Stage.EVALUATED, Stage.ARCHIVED})


@dataclass(frozen=True)
class Tag:
    """A state in words; `tone` only repeats it in colour."""

    word: LazyText
    tone: str = ""


@dataclass(frozen=True)
class Happening:
    """One line of the timeline."""

    when: str
    what: LazyText
    state: str = ""  # done, now or nothing
    datetime: str = ""


def card_facts(card: Card, method: Method | None) -> list[str]:
    """What stands at the edge of a card: when it takes place, how much has come in, about how long it takes."""
    facts = [] if card.held_at is None else [i18n.long_datetime(card.held_at)]
    if card.responses is not None and method is not None:
        facts.append(method.figure(card.responses))
    if card.minutes:
        facts.append(plural("about %(num)s minute", "about %(num)s minutes", card.minutes))
    return facts


def is_open(dialogue: Dialogue) -> bool:
    """Whether one can take part now, by stage and clock."""
    return rules.takes_input(GUEST, dialogue) is None


def effective(dialogue: Dialogue) -> Stage:
    """The stage as people see it: closed from the closing moment on, even where the clock's job is late."""
    stage = Stage(dialogue.stage)
    past = dialogue.closes_at is not None and dialogue.closes_at <= clock.now()
    return Stage.CLOSED if past and stage in (Stage.ANNOUNCED, Stage.OPEN, Stage.PAUSED) else stage


def tag(dialogue: Dialogue) -> Tag:
    """The state of a dialogue with its date."""
    return _dated_tag(dialogue) if dialogue.kind in INPUT_KINDS else _published_tag(dialogue)


def _dated_tag(dialogue: Dialogue) -> Tag:
    stage = effective(dialogue)
    if stage is Stage.OPEN:
        return Tag(_l("Open until %(closes_at)s", closes_at=dialogue.closes_at), "open")
    if stage is Stage.PAUSED:
        return Tag(_l("Paused for now"), "now")
    if stage is Stage.ANNOUNCED:
        return Tag(_l("Opens on %(opens_at)s", opens_at=dialogue.opens_at), "now")
    if stage is Stage.CANCELLED:
        return Tag(_l("Called off"), "late")
    if stage is Stage.RESOLVED:
        return Tag(_l("The body has decided"))
    if stage in TOLD_STAGES:
        return Tag(_l("Finished: see what became of it"))
    if stage in PUBLIC_STAGES and dialogue.closes_at is not None:
        return Tag(_l("Closed on %(day)s", day=clock.local(dialogue.closes_at).date()))
    return Tag(STAGE_NAMES[stage])


def _published_tag(dialogue: Dialogue) -> Tag:
    """Of what nobody takes part in here: whether it is published, and of a consultation whether it is held now."""
    stage = Stage(dialogue.stage)
    if stage not in PUBLIC_STAGES:
        return Tag(PUBLISHED_NAMES[stage])
    if dialogue.kind == Kind.INFORMATION:
        return Tag(PUBLISHED_NAMES[stage])
    now = clock.now()
    if stage is Stage.ARCHIVED or (dialogue.closes_at is not None and dialogue.closes_at <= now):
        return Tag(lazy_p("kinds", "Ended"))
    if dialogue.opens_at is not None and now < dialogue.opens_at:
        return Tag(lazy_p("kinds", "Coming"), "now")
    return Tag(lazy_p("kinds", "Held now"), "open")


_SHORT: Mapping[Stage, Tag] = {
    Stage.OPEN: Tag(lazy_p("stage", "Open"), "open"),
    Stage.PAUSED: Tag(lazy_p("stage", "Paused"), "now"),
    Stage.ANNOUNCED: Tag(lazy_p("stage", "Not open yet"), "now"),
    Stage.CANCELLED: Tag(lazy_p("stage", "Called off"), "late"),
    Stage.COMPILED: Tag(lazy_p("stage", "The result is out")),
    Stage.HANDED_OVER: Tag(lazy_p("stage", "The result is out")),
    Stage.RESOLVED: Tag(lazy_p("stage", "Decision made")),
    **dict.fromkeys(TOLD_STAGES, Tag(lazy_p("stage", "Feedback given"))),
}


def short_tag(dialogue: Dialogue) -> Tag:
    """The state of a dialogue in a list, without its date."""
    if dialogue.kind not in INPUT_KINDS:
        return _published_tag(dialogue)
    stage = effective(dialogue)
    return _SHORT.get(stage) or Tag(STAGE_NAMES[stage])


def closed_on(dialogue: Dialogue) -> str:
    """Closed on 5 December 2026; empty where it was never open."""
    if dialogue.kind not in INPUT_KINDS or dialogue.closes_at is None or dialogue.closes_at > clock.now():
        return ""
    return str(_l("Closed on %(day)s", day=clock.local(dialogue.closes_at).date()))


def time_left(dialogue: Dialogue) -> str:
    """How long it stays open, or how long until it opens, in days; empty where neither is ahead."""
    if dialogue.kind not in INPUT_KINDS:
        return ""
    stage = effective(dialogue)
    if stage in (Stage.OPEN, Stage.PAUSED) and dialogue.closes_at is not None:
        days = (clock.local(dialogue.closes_at).date() - clock.today()).days
        if days == 0:
            return str(_l("Last day today"))
        if days == 1:
            return str(_l("Closes tomorrow"))
        return plural("%(num)s day left", "%(num)s days left", days)
    if stage is Stage.ANNOUNCED and dialogue.opens_at is not None:
        days = (clock.local(dialogue.opens_at).date() - clock.today()).days
        if days <= 0:
            return str(_l("Opens today"))
        return plural("Opens in %(num)s day", "Opens in %(num)s days", days)
    return ""


def is_feedback_late(dialogue: Dialogue) -> bool:
    """Whether those who took part should have been told by now and have not been."""
    waiting = dialogue.stage in PUBLIC_STAGES and dialogue.stage not in TOLD_STAGES
    return waiting and dialogue.feedback_by is not None and dialogue.feedback_by < clock.today()


def decide_by(dialogue: Dialogue) -> date | None:
    """The day by which the body's decision in the matter is on record, or that it made none and why."""
    return dialogue.decision_on + DECISION_KNOWN if dialogue.decision_on is not None else None


def is_decision_late(dialogue: Dialogue) -> bool:
    """Whether the body has had the result, and neither a decision nor that it made none is on record in time."""
    last = decide_by(dialogue)
    return dialogue.stage == Stage.HANDED_OVER and last is not None and last < clock.today()


def decision_words(record: DecisionRecord) -> LazyText:
    """7 May 2026, § 54."""
    return _l("%(day)s, § %(section)s", day=record.decided_on, section=record.section_no)


def ruling_words(record: DecisionRecord) -> LazyText:
    """What the body decided, in a sentence."""
    if record.matter == Matter.CANCEL:
        return _l("%(body)s called the dialogue off.", body=record.body_name)
    if record.matter == Matter.CLOSE:
        return _l("%(body)s closed the dialogue early.", body=record.body_name)
    if record.matter == Matter.CHANGE:
        changed = _l("%(body)s changed the dialogue.", body=record.body_name)
        turned_down = _l("%(body)s turned down a change of the dialogue.", body=record.body_name)
        return changed if record.outcome == Ruling.APPROVED else turned_down
    if record.matter == Matter.LATER:
        return _l("%(body)s decided in the matter again.", body=record.body_name)
    if record.outcome == Ruling.NONE:
        return _l("%(body)s made no decision in the matter.", body=record.body_name)
    if record.matter == Matter.HOLD:
        approved = _l("%(body)s decided that the dialogue is held.", body=record.body_name)
        return approved if record.outcome == Ruling.APPROVED else _l("%(body)s turned it down.", body=record.body_name)
    return _l("%(body)s decided in the matter.", body=record.body_name)


def timeline(dossier: Dossier) -> list[Happening]:
    """What has happened and what will, in order."""
    dialogue, stage = dossier.dialogue, effective(dossier.dialogue)
    lines = [_decided(record) for record in (dossier.record(Matter.HOLD),) if record is not None]
    called_off = dossier.record(Matter.CANCEL)
    if called_off is not None:
        lines.append(_decided(called_off))
    elif dialogue.opens_at is not None and dialogue.closes_at is not None:
        lines += [_period(dialogue, stage), _compiled(dossier, stage), _decision(dossier)]
    if dialogue.feedback_by is not None:
        lines.append(_told(dossier, stage))
    return lines


def short_timeline(dossier: Dossier) -> list[Happening]:
    """The same of a user dialogue: when it is open, and when those who took part are told."""
    dialogue, stage = dossier.dialogue, effective(dossier.dialogue)
    planned = dialogue.opens_at is not None and dialogue.closes_at is not None
    lines = [_period(dialogue, stage)] if planned else []
    return [*lines, _told(dossier, stage)] if dialogue.feedback_by is not None else lines


def _decided(record: DecisionRecord) -> Happening:
    return Happening(_day(record.decided_on), ruling_words(record), "done", record.decided_on.isoformat())


def _period(dialogue: Dialogue, stage: Stage) -> Happening:
    assert dialogue.opens_at is not None and dialogue.closes_at is not None  # noqa: S101, PT018  # asked by the caller
    first, last = clock.local(dialogue.opens_at).date(), clock.local(dialogue.closes_at).date()
    when = f"{_day(first)} – {_day(last)}" if first != last else _day(first)
    if stage is Stage.OPEN:
        return Happening(when, _l("The dialogue is open"), "now")
    if stage is Stage.PAUSED:
        return Happening(when, _l("The dialogue is paused"), "now")
    if stage in PUBLIC_STAGES and stage is not Stage.ANNOUNCED:
        return Happening(when, _l("The dialogue was open"), "done")
    return Happening(when, _l("You can take part"))


def _compiled(dossier: Dossier, stage: Stage) -> Happening:
    if stage in RESULT_STAGES:
        moments = [move.at for move in dossier.moves if move.to_stage == Stage.COMPILED]
        when = clock.local(moments[-1]).date() if moments else None
        return Happening(_day(when), _l("The result was published"), "done", when.isoformat() if when else "")
    words = _l("We put together what came in. The result is shown here.")
    return Happening(str(_l("After that")), words, "now" if stage is Stage.CLOSED else "")


def _decision(dossier: Dossier) -> Happening:
    record = dossier.record(Matter.FINAL)
    if record is not None:
        return _decided(record)
    day = dossier.dialogue.decision_on
    words = _l("%(body)s decides in the matter", body=bodies.name_of(dossier.dialogue.body_key))
    return Happening(_day(day), words, "", day.isoformat() if day else "")


def _told(dossier: Dossier, stage: Stage) -> Happening:
    day = dossier.dialogue.feedback_by
    if stage in TOLD_STAGES:
        told = [clock.local(move.at).date() for move in dossier.moves if move.to_stage == Stage.FED_BACK]
        when = told[-1] if told else None
        return Happening(_day(when), _l("We told you what became of it"), "done", when.isoformat() if when else "")
    words = _l("We tell you what became of it")
    return Happening(str(_l("By %(day)s at the latest", day=day)), words, "", day.isoformat() if day else "")


def _day(day: date | datetime | None) -> str:
    return i18n.long_date(day) if day is not None else ""
