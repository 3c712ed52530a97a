"""What follows from what moderators decide about status texts and tasks."""

from __future__ import annotations

from app import events, subjects
from app.contributions import queries as contributions
from app.levels.influence.projects import queries, service
from app.moderation import queries as moderation
from app.moderation.events import ItemHidden, ItemRestored, ItemShown


def after_ruling(event: events.Event) -> None:
    """A status text that is shown for the first time is told of; a task that comes or goes is counted anew."""
    review = moderation.review(subjects.number(event.subject))
    if review is None:
        return
    if review.subject_kind == queries.TASK:
        for task in queries.by_review([review.id]).values():
            if task.project.withdrawn_at is None:
                service.keep(task.project)
    if review.subject_kind == queries.STATUS and review.is_shown:
        for status in contributions.by_review([review.id]).values():
            if status.removed_at is None:
                service.status_was_shown(status)


for _ruled in (ItemShown, ItemHidden, ItemRestored):
    events.on(_ruled)(after_ruling)
