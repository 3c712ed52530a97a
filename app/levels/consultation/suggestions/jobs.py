"""What is counted and forgotten behind the pages, and what follows from what moderators decide."""

from __future__ import annotations

from app import clock, db, events, jobs, subjects
from app.contributions import queries as contributions
from app.i18n import lazy_p
from app.levels.consultation.suggestions import queries, service
from app.levels.consultation.suggestions.models import SuggestionDraft
from app.moderation import queries as moderation
from app.moderation.events import ItemHidden, ItemRestored, ItemShown


@jobs.job("suggestions.count", name=lazy_p("job", "number of suggestions"))
def count(run: jobs.Run) -> None:
    """Count the public suggestions of a box anew: doing it twice changes nothing."""
    row = queries.box(run.args["box_id"])
    if row is not None:
        service.count_now(row)


@jobs.job("suggestions.forget", name=lazy_p("job", "forgetting how to reach the sender of a suggestion"))
def forget(run: jobs.Run) -> None:
    """Some time after the closing nobody needs the sender's address. A case that was opened again waits."""
    case = queries.case(run.args["suggestion_id"])
    if case is not None and case.closed_at is not None and case.closed_at + service.KEPT <= clock.now():
        service.forget_sender(case)


@jobs.job("suggestions.forget_draft", name=lazy_p("job", "forgetting a suggestion that was not sent"))
def forget_draft(run: jobs.Run) -> None:
    """A week after the last step, or the last picture. Where somebody has gone on since, it waits for another week."""
    row = db.session().get(SuggestionDraft, run.args["draft_id"])
    if row is None:
        return
    if row.touched_at + service.DRAFTS_LAST <= clock.now():
        service.forget_draft(row)
    else:
        service.forget_later(row)


def after_ruling(event: events.Event) -> None:
    """A suggestion came or went: its sender is told once, and the count has moved."""
    review = moderation.review(subjects.number(event.subject))
    if review is None or review.subject_kind != queries.KIND:
        return
    row = contributions.by_review([review.id]).get(review.id)
    if row is not None:
        service.was_judged(row)


for _ruled in (ItemShown, ItemHidden, ItemRestored):
    events.on(_ruled)(after_ruling)
