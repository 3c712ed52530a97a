"""What is forgotten behind the pages."""

from __future__ import annotations

from app import clock, jobs
from app.dialogues.intake import queries
from app.dialogues.intake.service import topics
from app.i18n import lazy_p


@jobs.job(topics.FORGET, name=lazy_p("job", "forgetting how to reach the sender of a topic"))
def forget(run: jobs.Run) -> None:
    """Some time after the answer nobody needs the sender's address. One that was answered again since then waits."""
    row = queries.topic(run.args["topic_id"])
    latest = queries.answered(row).answer if row is not None else None
    if row is not None and latest is not None and latest.at + topics.KEPT <= clock.now():
        topics.forget_sender(row)
