"""What time does to a meeting: it ends, and a month later nobody needs to know who came."""

from __future__ import annotations

from app import clock, events, jobs, subjects
from app.contributions import queries as contributions
from app.i18n import lazy_p
from app.levels.information.meetings import queries, service
from app.moderation import queries as moderation
from app.moderation.events import ItemRestored, ItemShown


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


def after_ruling(event: events.Event) -> None:
    """A moderator let everyone read a line of what was said: from when on is written down, and the first is told."""
    review = moderation.review(subjects.number(event.subject))
    if review is None or review.subject_kind != queries.SAID or not review.is_shown:
        return
    line = contributions.by_review([review.id]).get(review.id)
    if line is not None:
        service.line_was_shown(line)


for _ruled in (ItemShown, ItemRestored):
    events.on(_ruled)(after_ruling)
