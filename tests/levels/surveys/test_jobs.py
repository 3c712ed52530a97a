"""What is counted behind the pages."""

from __future__ import annotations

from sqlalchemy import select

from app import db
from app.dialogues.events import DialogueMoved
from app.dialogues.models import Card
from app.dialogues.service import drop_card
from app.dialogues.stages import Stage
from app.events import emit
from app.jobs import Job, Run
from app.levels.consultation.surveys import jobs, queries, service
from app.moderation.events import ItemShown
from app.permissions import GUEST
from app.questions.models import AnswerDraft
from app.reviews.models import Reviewable
from tests.factories.dialogues import make_dialogue
from tests.factories.surveys import make_survey, respond, show_texts


def run_of(survey):
    return Run(1, {"survey_id": survey.id}, "key")


def planned(kind):
    db.session().flush()
    return [job.args for job in db.session().scalars(select(Job).where(Job.kind == kind))]


def closed_survey(responses=6):
    dialogue = make_dialogue()
    survey = make_survey(dialogue, "anyone")
    for number in range(responses):
        respond(survey, key=f"form {number}")
    dialogue.stage = Stage.CLOSED
    db.session().flush()
    return survey


def moved(survey, to):
    return DialogueMoved(
        subject=f"dialogue:{survey.dialogue_id}", dialogue_id=survey.dialogue_id, from_stage="", to_stage=to, note=""
    )


def test_the_card_says_how_many_have_answered(unit):
    survey = make_survey(make_dialogue(), "anyone")
    respond(survey)
    jobs.count(run_of(survey))
    assert db.session().get(Card, f"survey:{survey.id}").responses == 1


def test_a_withdrawn_survey_gets_no_card_back(unit):
    survey = make_survey(make_dialogue(), "anyone")
    survey.withdrawn_at = survey.created_at
    drop_card(f"survey:{survey.id}")
    jobs.count(run_of(survey))
    jobs.make_figures(run_of(survey))
    assert db.session().get(Card, f"survey:{survey.id}") is None


def test_figures_are_made_when_the_dialogue_closes_and_again_when_it_is_compiled(unit):
    survey = closed_survey()
    for stage in (Stage.OPEN, Stage.CLOSED, Stage.COMPILED, Stage.HANDED_OVER):
        emit(moved(survey, stage))
    assert planned("surveys.figures") == [{"survey_id": survey.id}] * 2


def test_figures_hold_every_question_and_twice_changes_nothing(unit):
    survey = closed_survey()
    jobs.make_figures(run_of(survey))
    first = dict(queries.figures(survey).content)
    jobs.make_figures(run_of(survey))
    made = queries.figures(survey)
    one, several, scale, number, *_ = queries.questions(survey)
    assert made.content == first
    assert made.responses == 6
    assert first[str(one.id)]["counts"][str(one.options[0].id)] == 6
    assert first[str(several.id)]["base"] == 6
    assert first[str(scale.id)]["counts"] == {"4": 6}
    assert first[str(number.id)]["median"] == "3.5000"


def test_nothing_is_counted_while_people_answer(unit):
    survey = make_survey(make_dialogue(), "anyone")
    jobs.make_figures(run_of(survey))
    assert queries.figures(survey) is None


def test_drafts_are_forgotten_when_the_survey_closes(unit):
    dialogue = make_dialogue()
    survey = make_survey(dialogue, "anyone")
    service.begin(GUEST, survey, "a" * 64)
    dialogue.stage = Stage.CLOSED
    db.session().flush()
    jobs.make_figures(run_of(survey))
    db.session().expire_all()
    assert db.session().scalars(select(AnswerDraft)).all() == []


def test_a_ruling_after_the_closing_makes_new_figures(unit):
    survey = closed_survey()
    jobs.make_figures(run_of(survey))
    show_texts(survey)
    review = db.session().scalars(select(Reviewable).filter_by(dialogue_id=survey.dialogue_id)).first()
    emit(ItemShown(subject=f"reviewable:{review.id}", dialogue_id=survey.dialogue_id))
    assert planned("surveys.figures") == [{"survey_id": survey.id}]
    jobs.make_figures(run_of(survey))
    text = queries.questions(survey)[-1]
    assert queries.figures(survey).content[str(text.id)]["shown"] == 6


def test_a_ruling_while_people_answer_makes_none(unit):
    survey = make_survey(make_dialogue(), "anyone")
    respond(survey)
    review = db.session().scalars(select(Reviewable).filter_by(dialogue_id=survey.dialogue_id)).first()
    emit(ItemShown(subject=f"reviewable:{review.id}", dialogue_id=survey.dialogue_id))
    assert planned("surveys.figures") == []
