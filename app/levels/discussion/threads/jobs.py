"""What is counted behind the pages, and what follows from what moderators decide."""

from __future__ import annotations

from app import events, jobs, subjects
from app.contributions import queries as contributions
from app.i18n import lazy_p
from app.levels.discussion.threads import queries, service
from app.moderation import queries as moderation
from app.moderation.events import ItemHidden, ItemRestored, ItemShown
from app.reviews.models import State


@jobs.job("threads.count", name=lazy_p("job", "number of posts"))
def count(run: jobs.Run) -> None:
    """Count the posts of a thread anew: doing it twice changes nothing."""
    row = queries.thread(run.args["thread_id"])
    if row is not None and row.withdrawn_at is None:
        service.count_now(row)


def after_ruling(event: events.Event) -> None:
    """A post came or went: those whom it answers are told once, and the count has moved."""
    review = moderation.review(subjects.number(event.subject))
    if review is None or review.subject_kind != queries.POST:
        return
    post = contributions.by_review([review.id]).get(review.id)
    if post is None:
        return
    begun = queries.topic_of(post)
    if begun is not None:
        if review.is_shown and post.removed_at is None:
            service.open_topic(begun, post)
        elif review.state == State.HIDDEN:
            service.conceal_topic(begun)
    if queries.thread(post.container_id) is None:
        return
    if review.is_shown and post.removed_at is None:
        service.post_was_shown(post)
    service.count_later(post.container_id)


for _ruled in (ItemShown, ItemHidden, ItemRestored):
    events.on(_ruled)(after_ruling)
