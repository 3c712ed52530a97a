"""How dialogues and answers are said in a list: title, sentence, and what matters at the edge of the row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock, i18n, ladder, subjects
from app.dialogues import queries as dialogues
from app.dialogues import texts, wording
from app.dialogues.addresses import address_of
from app.dialogues.answers import queries as after
from app.dialogues.answers import texts as after_texts
from app.dialogues.answers.models import FollowUp, Progress
from app.dialogues.answers.wording import PROGRESS_NAMES
from app.dialogues.models import Dialogue
from app.dialogues.queries import listed
from app.dialogues.stages import STAGE_NAMES, Group, Stage
from app.i18n import LazyText
from app.multilingual.queries import Text, in_ordinary_swedish
from app.site import queries
from app.site.queries import Answered, Place

DOING = 12  # of what is still to be done, on the page of all answers: what is due first
Said = Mapping[str, texts.Said]  # subject key → field → text


@dataclass(frozen=True)
class Line:
    """One row of a list, as `rows.row` takes it."""

    href: str
    title: Text
    sentence: Text
    meta: Sequence[str | Text]
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


@dataclass(frozen=True)
class AnswerPage:
    """One page of answers, and the addresses of its neighbours."""

    rows: Sequence[Line]
    older: str | None
    newer: str | None
    late: Sequence[Line] = ()  # dialogues whose answer people still wait for; on the first page only
    doing: Sequence[Line] = ()  # what the municipality has said it will do, and has not done yet


def front_page() -> FrontPage:
    """Everything that the front page lists, in five statements."""
    opened = _open_now()
    announced = listed(Group.COMING, most=queries.COMING).rows
    answered = queries.answers(most=queries.LATEST).rows
    minutes = queries.minutes_for(opened)
    said = texts.said([*map(texts.row_of, (*opened, *announced)), *(texts.row_of_outcome(a.outcome) for a in answered)])
    return FrontPage(
        [_open_line(one, said, minutes.get(one.id)) for one in opened],
        [_coming_line(one, said) for one in announced],
        [_answer_line(one, said) for one in answered],
    )


def answers_at(place: str) -> AnswerPage:
    """The page of answers that begins at a place of the list; at its start where the place says nothing."""
    at = Place.parse(place)
    found = queries.answers(at)
    late = dialogues.late(clock.today()) if at is None else []
    doing = after.still_open(DOING) if at is None else []
    said = texts.said(
        [
            *(texts.row_of_outcome(one.outcome) for one in found.rows),
            *map(texts.row_of, late),
            *(one for item, dialogue in doing for one in (after_texts.row_of_follow_up(item), texts.row_of(dialogue))),
        ]
    )
    older, newer = (str(url_for("site.outcomes", plats=at)) if at else None for at in (found.older, found.newer))
    return AnswerPage(
        [_answer_line(one, said) for one in found.rows],
        older,
        newer,
        [_late_line(one, said) for one in late],
        [_doing_line(item, dialogue, said) for item, dialogue in doing],
    )


def _late_line(dialogue: Dialogue, said: Said) -> Line:
    _endpoint, values = address_of(dialogue)
    text = said[subjects.key("dialogue", dialogue.id)]
    day = [_("Promised by %(day)s", day=i18n.long_date(dialogue.feedback_by))] if dialogue.feedback_by else []
    title = text["question"] if dialogue.question else text["title"]
    return Line(url_for("dialogues.feedback", **values), title, text["title"], day, _("Late"), "late")


def _doing_line(item: FollowUp, dialogue: Dialogue, said: Said) -> Line:
    _endpoint, values = address_of(dialogue)
    text = said[subjects.key("follow_up", item.id)]["text"]
    meta: list[str | Text] = [_("Done by %(day)s", day=i18n.long_date(item.due_on)), texts.proper(item.unit)]
    late = item.due_on < clock.today()
    href = url_for("dialogues.feedback", **values, _anchor="uppfoljning")
    tag, tone = (_("Late"), "late") if late else (PROGRESS_NAMES[Progress(item.progress)], "now")
    return Line(href, text, said[subjects.key("dialogue", dialogue.id)]["title"], meta, tag, tone)


def ordinary_swedish(lines: Iterable[Line]) -> bool:
    """Whether easy Swedish was asked for and something is not in it."""
    return in_ordinary_swedish(text for line in lines for text in (line.title, line.sentence))


def _open_now() -> list[Dialogue]:
    """What has not closed by the clock, paused ones last; what closes first comes first."""
    found = listed(Group.OPEN, most=queries.OPEN_NOW).rows
    still = [one for one in found if wording.effective(one) is not Stage.CLOSED]
    return sorted(still, key=lambda one: one.stage == Stage.PAUSED)


def _open_line(dialogue: Dialogue, said: Said, minutes: int | None) -> Line:
    if dialogue.stage == Stage.PAUSED:
        return _line(dialogue, said, [str(STAGE_NAMES[Stage.PAUSED])])
    about = [ngettext("about %(num)s minute", "about %(num)s minutes", minutes)] if minutes else []
    return _line(dialogue, said, [wording.time_left(dialogue), *about])


def _coming_line(dialogue: Dialogue, said: Said) -> Line:
    opens = [_("Opens %(day)s", day=i18n.long_date(dialogue.opens_at))] if dialogue.opens_at else []
    return _line(dialogue, said, opens)


def _line(dialogue: Dialogue, said: Said, meta: list[str]) -> Line:
    endpoint, values = address_of(dialogue)
    text = said[subjects.key("dialogue", dialogue.id)]
    level = ladder.level(dialogue.level).name if dialogue.level else ""
    title = text["question"] if dialogue.question else text["title"]
    return Line(url_for(endpoint, **values), title, text["summary"], meta, level, "now")


def _answer_line(answered: Answered, said: Said) -> Line:
    _endpoint, values = address_of(answered.dialogue)
    text = said[subjects.key("outcome", answered.outcome.dialogue_id)]
    return Line(url_for("dialogues.feedback", **values), text["heading"], text["lead"], _decision(answered))


def _decision(answered: Answered) -> list[str | Text]:
    decision = answered.decision
    if decision is None:
        return []
    day = _("Decision %(day)s", day=i18n.long_date(decision.decided_on))
    return [day, texts.proper(f"{decision.body_name} § {decision.section_no}")]
