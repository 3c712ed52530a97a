"""How dialogues and answers are said in a list: title, sentence, and what matters at the edge of the row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock, i18n, ladder, subjects
from app.dialogues.addresses import address_of
from app.dialogues.models import Dialogue
from app.dialogues.stages import STAGE_NAMES, Stage
from app.i18n import LazyText
from app.multilingual import queries as texts
from app.site import queries
from app.site.queries import Answered, Place


@dataclass(frozen=True)
class Line:
    """One row of a list, as `rows.row` takes it."""

    href: str
    title: texts.Text
    sentence: texts.Text
    meta: list[str]
    tag: LazyText | str = ""
    tone: str = ""


@dataclass(frozen=True)
class FrontPage:
    """What the front page lists."""

    open: Sequence[Line]
    coming: Sequence[Line]
    outcomes: Sequence[Line]

    @property
    def lines(self) -> list[Line]:
        return [*self.open, *self.coming, *self.outcomes]


def front_page() -> FrontPage:
    """Everything that the front page lists, in five statements."""
    opened, announced, answered = queries.open_now(), queries.coming(), queries.latest_answers()
    minutes = queries.minutes_for(opened)
    said = texts.texts([*map(_dialogue_texts, (*opened, *announced)), *map(_answer_texts, answered)])
    return FrontPage(
        [_open_line(one, said, minutes.get(one.id)) for one in opened],
        [_coming_line(one, said) for one in announced],
        [_answer_line(one, said) for one in answered],
    )


@dataclass(frozen=True)
class AnswerPage:
    """One page of answers, and the addresses of its neighbours."""

    rows: Sequence[Line]
    older: str | None
    newer: str | None


def answers_at(place: str) -> AnswerPage:
    """The page of answers that begins at a place of the list; at its start where the place says nothing."""
    found = queries.answers(Place.parse(place))
    said = texts.texts([_answer_texts(one) for one in found.rows])
    older, newer = (str(url_for("site.outcomes", plats=at)) if at else None for at in (found.older, found.newer))
    return AnswerPage([_answer_line(one, said) for one in found.rows], older, newer)


def in_ordinary_swedish(lines: Iterable[Line]) -> bool:
    return texts.in_ordinary_swedish(text for line in lines for text in (line.title, line.sentence))


def _dialogue_texts(dialogue: Dialogue) -> texts.Row:
    title = "question" if dialogue.question else "title"
    sources = {title: (dialogue.question or dialogue.title, None), "summary": (dialogue.summary, None)}
    return subjects.key("dialogue", dialogue.id), sources


def _answer_texts(answered: Answered) -> texts.Row:
    outcome = answered.outcome
    sources = {"heading": (outcome.heading, None), "lead": (outcome.lead, None)}
    return subjects.key("outcome", outcome.dialogue_id), sources


def _open_line(dialogue: Dialogue, said: Mapping[texts.Place, texts.Text], minutes: int | None) -> Line:
    paused = dialogue.stage == Stage.PAUSED
    meta = [str(STAGE_NAMES[Stage.PAUSED]) if paused else time_left(dialogue)]
    if minutes and not paused:
        meta.append(ngettext("about %(num)s minute", "about %(num)s minutes", minutes))
    return _line(dialogue, said, meta)


def _coming_line(dialogue: Dialogue, said: Mapping[texts.Place, texts.Text]) -> Line:
    opens = [_("Opens %(day)s", day=i18n.long_date(dialogue.opens_at))] if dialogue.opens_at else []
    return _line(dialogue, said, opens)


def _line(dialogue: Dialogue, said: Mapping[texts.Place, texts.Text], meta: list[str]) -> Line:
    endpoint, values = address_of(dialogue)
    key, sources = _dialogue_texts(dialogue)
    title, sentence = (said[key, field] for field in sources)
    level = ladder.level(dialogue.level).name if dialogue.level else ""
    return Line(url_for(endpoint, **values), title, sentence, meta, level, "now")


def _answer_line(answered: Answered, said: Mapping[texts.Place, texts.Text]) -> Line:
    _endpoint, values = address_of(answered.dialogue)
    key = subjects.key("outcome", answered.outcome.dialogue_id)
    href = url_for("dialogues.feedback", **values)
    return Line(href, said[key, "heading"], said[key, "lead"], _decision(answered))


def _decision(answered: Answered) -> list[str]:
    decision = answered.decision
    if decision is None:
        return []
    day = _("Decision %(day)s", day=i18n.long_date(decision.decided_on))
    return [day, f"{decision.body_name} § {decision.section_no}"]


def time_left(dialogue: Dialogue) -> str:
    """When it closes, in the words that help most: days, tomorrow, or today with the time of day."""
    if dialogue.closes_at is None:
        return ""
    days = (clock.local(dialogue.closes_at).date() - clock.today()).days
    if days > 1:
        return ngettext("%(num)s day left", "%(num)s days left", days)
    if days == 1:
        return _("Closes tomorrow")
    return _("Closes today at %(time)s", time=i18n.clock_time(dialogue.closes_at))
