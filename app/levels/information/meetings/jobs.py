"""What time does to a meeting: it ends, and a month later nobody needs to know who came."""

from __future__ import annotations

from app import clock, jobs
from app.i18n import lazy_p
from app.levels.information.meetings import queries, service


@jobs.job("meetings.over", name=lazy_p("job", "the end of a meeting"))
def over(run: jobs.Run) -> None:
    """When a meeting has ended its card is something to read."""
    row = queries.meeting(run.args["meeting_id"])
    if row is not None and row.cancelled_at is None and row.ends_at <= clock.now():
        service.keep(row)


@jobs.job("meetings.forget", name=lazy_p("job", "forgetting who came to a meeting"))
def forget_guests(run: jobs.Run) -> None:
    """A month after the meeting nobody needs to know any longer who came, or what help they asked for."""
    row = queries.meeting(run.args["meeting_id"])
    if row is not None and row.ends_at + service.KEPT <= clock.now():
        service.forget(row)
