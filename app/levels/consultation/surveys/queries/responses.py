"""What came in: responses, their figures, and free texts with whoever wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, load_only

from app import db
from app.accounts.contributions import MOST, Contribution
from app.accounts.models import Person
from app.dialogues.addresses import slug
from app.dialogues.models import Dialogue
from app.dialogues.stages import RESULT_STAGES
from app.i18n import lazy as _l
from app.ladder import Recipient
from app.levels.consultation.surveys.models import Survey, SurveyFigures, SurveyRegistration, SurveyResponse
from app.permissions import Actor, Role
from app.questions.models import Answer, AnswerSheet, Question
from app.reviews.models import Reviewable, State


def response_of(row: Survey, form_hash: str, actor: Actor) -> SurveyResponse | None:
    """What this account, or else this form, has handed in."""
    mine = SurveyResponse.form_hash == form_hash
    if row.audience == "account":
        mine = SurveyResponse.person_id == actor.person_id
    return db.session().scalars(select(SurveyResponse).where(SurveyResponse.survey_id == row.id, mine)).first()


def response_by_form(row: Survey, form_hash: str) -> SurveyResponse | None:
    wanted = select(SurveyResponse).where(SurveyResponse.survey_id == row.id, SurveyResponse.form_hash == form_hash)
    return db.session().scalars(wanted).first()


def response_by_receipt(row: Survey, receipt: str) -> SurveyResponse | None:
    wanted = select(SurveyResponse).where(SurveyResponse.survey_id == row.id, SurveyResponse.receipt == receipt)
    return db.session().scalars(wanted).first()


def registered(row: Survey, receipt: str) -> tuple[SurveyResponse, AnswerSheet] | None:
    """A response that was written down for somebody, with its sheet."""
    both = select(SurveyResponse, AnswerSheet).join(AnswerSheet, AnswerSheet.id == SurveyResponse.sheet_id)
    both = both.where(SurveyResponse.survey_id == row.id, SurveyResponse.receipt == receipt.upper())
    both = both.join(SurveyRegistration, SurveyRegistration.response_id == SurveyResponse.id)
    found = db.session().execute(both).first()
    return None if found is None else (found[0], found[1])


def responses_in(row: Survey) -> int:
    """How many have answered, counted now: for officials and jobs, never for a page that many look at."""
    mine = select(func.count()).select_from(SurveyResponse).where(SurveyResponse.survey_id == row.id)
    return db.session().scalars(mine).one()


def by_channel(row: Survey) -> Mapping[str, int]:
    """Channel → how many sheets came in so, counted now: for officials."""
    counted = select(AnswerSheet.channel, func.count()).where(AnswerSheet.set_id == row.set_id)
    return {channel: count for channel, count in db.session().execute(counted.group_by(AnswerSheet.channel))}


def figures(row: Survey) -> SurveyFigures | None:
    """The latest snapshot."""
    return db.session().get(SurveyFigures, row.id)


def result(row: Survey) -> tuple[SurveyFigures, Mapping[str, int]] | None:
    """The latest snapshot, and how many sheets came in by each channel, in one statement; None before the first."""
    both = select(SurveyFigures, AnswerSheet.channel, func.count(AnswerSheet.id))
    both = both.outerjoin(AnswerSheet, AnswerSheet.set_id == row.set_id).where(SurveyFigures.survey_id == row.id)
    found = db.session().execute(both.group_by(SurveyFigures.survey_id, AnswerSheet.channel)).all()
    return (found[0][0], {channel: count for _, channel, count in found if channel}) if found else None


def participants(dialogue_id: int) -> Iterator[Recipient]:
    """Those who have answered with an account, once each, without those who are blocked."""
    answered = select(Person.email, Person.language, Person.id).distinct()
    answered = answered.join(SurveyResponse, SurveyResponse.person_id == Person.id)
    answered = answered.join(Survey, Survey.id == SurveyResponse.survey_id)
    answered = answered.where(Survey.dialogue_id == dialogue_id, Person.blocked_at.is_(None)).order_by(Person.id)
    for email, language, person_id in db.session().execute(answered.execution_options(yield_per=1000)):
        yield Recipient(email, language, person_id)


class Written(NamedTuple):
    """A free text where it stands: the answer, its question, the survey, and the account, if it came from one."""

    answer: Answer
    question: Question
    survey: Survey
    person: Person | None

    @property
    def id(self) -> int:
        return self.answer.id

    @property
    def dialogue_id(self) -> int:
        return self.survey.dialogue_id

    @property
    def review(self) -> Reviewable | None:
        return self.answer.review


def texts_visible_to(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Free texts that an actor may read: shown ones where the result is out, and a moderator's own dialogues'."""
    rows = select(Answer).join(Reviewable, Reviewable.id == Answer.review_id).options(contains_eager(Answer.review))
    moderated = actor.dialogues_as(Role.MODERATOR)
    if moderated is None:
        return rows
    out = select(Dialogue.id).where(Dialogue.stage.in_(sorted(RESULT_STAGES)))
    public = and_(Reviewable.state == State.SHOWN, Reviewable.dialogue_id.in_(out))
    return rows.where(or_(public, Reviewable.dialogue_id.in_(moderated)))


def _whole() -> Select[*tuple[Any, ...]]:
    """As Written."""
    rows = select(Answer, Question, Survey, Person).join(Reviewable, Reviewable.id == Answer.review_id)
    rows = rows.join(Question, Question.id == Answer.question_id).join(Survey, Survey.set_id == Question.set_id)
    rows = rows.options(contains_eager(Answer.review))
    rows = rows.join(SurveyResponse, SurveyResponse.sheet_id == Answer.sheet_id)
    rows = rows.outerjoin(Person, Person.id == SurveyResponse.person_id)
    return rows.options(load_only(Person.email, Person.language))


def written(answer_id: int) -> Written | None:
    found = db.session().execute(_whole().where(Answer.id == answer_id)).first()
    return None if found is None else Written(*found)


def by_review(review_ids: Sequence[int]) -> Mapping[int, Written]:
    """The free texts of these reviews, in one statement."""
    rows = db.session().execute(_whole().where(Answer.review_id.in_(review_ids)))
    return {row[0].review_id: Written(*row) for row in rows}


def free_texts(person_id: int) -> list[Mapping[str, Any]]:
    """What of a person's own words is kept here."""
    mine = select(Answer.id, Answer.text, SurveyResponse.submitted_at)
    mine = mine.join(SurveyResponse, SurveyResponse.sheet_id == Answer.sheet_id)
    mine = mine.where(SurveyResponse.person_id == person_id, Answer.text.is_not(None)).order_by(Answer.id)
    return [dict(row) for row in db.session().execute(mine).mappings()]


def contributions(person_id: int) -> list[Contribution]:
    """The surveys that a person has answered, for their own page; one statement."""
    hidden = select(func.count()).select_from(Answer).join(Reviewable, Reviewable.id == Answer.review_id)
    hidden = hidden.where(Answer.sheet_id == SurveyResponse.sheet_id, Reviewable.state == State.HIDDEN)
    mine = select(SurveyResponse, Survey.title, Dialogue.id, Dialogue.title, hidden.scalar_subquery())
    mine = mine.join(Survey, Survey.id == SurveyResponse.survey_id).join(Dialogue, Dialogue.id == Survey.dialogue_id)
    mine = mine.where(SurveyResponse.person_id == person_id).order_by(SurveyResponse.id.desc()).limit(MOST)
    return [
        Contribution(
            title=title,
            address=(
                "surveys.receipt",
                {
                    "dialogue_id": dialogue_id,
                    "slug": slug(dialogue_title),
                    "survey_id": response.survey_id,
                    "receipt": response.receipt,
                },
            ),
            state=_l("Handed in; a text is hidden") if taken_away else _l("Handed in"),
            when=response.submitted_at,
            tone="late" if taken_away else "open",
        )
        for response, title, dialogue_id, dialogue_title, taken_away in db.session().execute(mine)
    ]
