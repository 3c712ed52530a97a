"""What is counted behind the pages: how many have answered, and the figures of a survey that has closed.

Both jobs count from the answers anew, so doing one twice changes nothing.
"""

from __future__ import annotations

from app import clock, db, events, jobs, subjects
from app.dialogues.events import DialogueMoved
from app.dialogues.models import Dialogue
from app.dialogues.stages import RESULT_STAGES, Stage
from app.i18n import lazy_p
from app.levels.consultation.surveys import queries, service
from app.levels.consultation.surveys.models import Survey, SurveyFigures
from app.moderation.events import ItemHidden, ItemRestored, ItemShown
from app.questions import service as engine
from app.questions.kinds import kind_of
from app.questions.tallies import TALLIES

COUNTED = (Stage.CLOSED, Stage.COMPILED)  # on reaching these, figures are made
OVER = RESULT_STAGES | {Stage.CLOSED}


@jobs.job("surveys.count", name=lazy_p("job", "number of answers"))
def count(run: jobs.Run) -> None:
    """Write how many have answered on the survey's card."""
    row = queries.survey(run.args["survey_id"])
    if row is not None and row.withdrawn_at is None:
        service.keep(row, queries.responses_in(row))


@jobs.job("surveys.figures", name=lazy_p("job", "results of a survey"))
def make_figures(run: jobs.Run) -> None:
    """Count every question of a survey that has closed, and forget the drafts that came to nothing."""
    row = queries.survey(run.args["survey_id"])
    if row is None or row.withdrawn_at is not None or not is_over(row.dialogue_id):
        return
    engine.drop_drafts_of([row.set_id])
    snapshot(row)
    service.keep(row, queries.responses_in(row))


def snapshot(row: Survey) -> SurveyFigures:
    """The figures of a survey as they are now, in place of those from before."""
    asked = queries.questions(row)
    content: dict[str, object] = {str(one.id): TALLIES[kind_of(one).tally](one) for one in asked}
    figures = queries.figures(row) or SurveyFigures(survey_id=row.id)
    figures.responses, figures.content, figures.made_at = queries.responses_in(row), content, clock.now()
    db.session().add(figures)
    db.session().flush()
    return figures


def is_over(dialogue_id: int) -> bool:
    """Nothing more comes in, so figures may be made."""
    dialogue = db.session().get(Dialogue, dialogue_id)
    return dialogue is not None and dialogue.stage in OVER


@events.on(DialogueMoved)
def after_move(event: DialogueMoved) -> None:
    """Closed or compiled: figures at once, for pages show nothing before."""
    if event.dialogue_id is None or event.to_stage not in COUNTED:
        return
    for row in queries.in_dialogue(event.dialogue_id):
        jobs.enqueue("surveys.figures", {"survey_id": row.id})


def after_ruling(event: events.Event) -> None:
    """A free text came or went after the closing: the number of texts that are shown has moved."""
    if event.dialogue_id is None or not is_over(event.dialogue_id):
        return
    review_id = subjects.number(event.subject)
    found = queries.by_review([review_id]).get(review_id)
    if found is not None:
        service.figures_later(found.survey)


for _ruled in (ItemShown, ItemHidden, ItemRestored):
    events.on(_ruled)(after_ruling)
