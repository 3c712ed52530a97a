"""What runs in the background: reminders."""

from __future__ import annotations

from app import jobs
from app.dialogues.answers import service
from app.dialogues.answers.models import About
from app.dialogues.answers.service.reminding import JOB
from app.i18n import lazy_p


@jobs.job(JOB, name=lazy_p("job", "reminder of an answer that people wait for"))
def remind(run: jobs.Run) -> None:
    service.remind(run.args["dialogue_id"], About(run.args["about"]))
