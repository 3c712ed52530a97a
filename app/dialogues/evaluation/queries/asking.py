"""What has been asked, and who has been heard: read with the dialogue that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from app import clock, db
from app.dialogues.evaluation.models import (
    ArchivePlan,
    ExperienceYear,
    Inquiry,
    Lesson,
    Silence,
    StaffAnswer,
    Summary,
)
from app.dialogues.evaluation.standard import Circle, asked
from app.dialogues.queries import Dossier
from app.dialogues.queries.belongings import belongs
from app.questions import queries as engine
from app.questions.models import Answer, Question
from app.questions.tallies import Tally

YEARS = 20  # that the trend shows, the latest ones


def _of_staff(dialogue_id: int) -> ColumnElement[bool]:
    return StaffAnswer.inquiry_id.in_(select(Inquiry.id).where(Inquiry.dialogue_id == dialogue_id))


belongs(Inquiry)
belongs(StaffAnswer, where=_of_staff)
belongs(Silence)
belongs(Summary, order=("dialogue_id",))
belongs(Lesson)
belongs(ArchivePlan, order=("dialogue_id",))


@dataclass(frozen=True)
class State:
    """How far the evaluation of a dialogue has come."""

    inquiries: Sequence[Inquiry]
    staff: Sequence[StaffAnswer]
    silences: Sequence[Silence]
    summary: Summary | None
    lessons: Sequence[Lesson]

    def of(self, circle: Circle) -> Inquiry | None:
        """The questionnaire of this circle; None where it has not been asked."""
        return next((row for row in self.inquiries if row.kind == circle), None)

    @property
    def answered(self) -> frozenset[str]:
        """The duties in which somebody of the staff has answered."""
        return frozenset(row.duty for row in self.staff)

    @property
    def silent(self) -> frozenset[str]:
        """The parties that are on record as silent."""
        return frozenset(row.party for row in self.silences)


def state_of(dossier: Dossier) -> State:
    """All of it, of what is read with the dialogue."""
    summary = next(iter(dossier.rows(Summary)), None)
    return State(dossier.rows(Inquiry), dossier.rows(StaffAnswer), dossier.rows(Silence), summary, dossier.rows(Lesson))


def is_open(row: Inquiry | None) -> bool:
    """Whether those who took part can answer it now; `rules.is_asked_now` says the same with a reason."""
    return row is not None and row.closes_at is not None and clock.now() < row.closes_at


def inquiry(dialogue_id: int, circle: Circle) -> Inquiry | None:
    """The questionnaire of this circle; None where it has not been asked."""
    return db.session().scalars(select(Inquiry).filter_by(dialogue_id=dialogue_id, kind=circle)).one_or_none()


def questions_of(row: Inquiry) -> list[Question]:
    """Its questions in order, with their options: one statement."""
    return engine.questions_of(row.set_id)


def summary_of(dialogue_id: int) -> Summary | None:
    return db.session().get(Summary, dialogue_id)


def staff_tallies(row: Inquiry) -> dict[str, Tally]:
    """What the staff has answered so far, indicator → base and counts, in two statements."""
    questions = questions_of(row)
    counted = select(Answer.option_id, func.count()).where(Answer.question_id.in_([one.id for one in questions]))
    found = dict(db.session().execute(counted.group_by(Answer.option_id)).all())
    told = {}
    for question, one in zip(questions, asked(row.kind, row.edition), strict=True):
        pairs = zip(one.options, question.options, strict=True)
        counts = {key: found.get(option.id, 0) for key, option in pairs}
        told[one.indicator] = {"base": sum(counts.values()), "counts": counts}
    return told


def years() -> Sequence[ExperienceYear]:
    """The trend, the latest year first."""
    return db.session().scalars(select(ExperienceYear).order_by(ExperienceYear.year.desc()).limit(YEARS)).all()
