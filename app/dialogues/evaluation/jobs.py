"""What happens by itself: questionnaires open with the moves of a dialogue, and are counted when they have closed."""

from __future__ import annotations

from app import events, jobs
from app.dialogues.evaluation import service
from app.dialogues.evaluation.service.asking import COUNT
from app.dialogues.events import DialogueMoved
from app.i18n import lazy_p


@jobs.job(COUNT, name=lazy_p("job", "figures of an evaluation"))
def count(run: jobs.Run) -> None:
    """Count a questionnaire that has closed. One that was let open longer is counted by a later job."""
    service.count(run.args["inquiry_id"])


events.on(DialogueMoved)(service.after_move)
