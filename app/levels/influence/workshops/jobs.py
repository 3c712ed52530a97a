"""What is counted behind the pages, and what follows from what moderators decide."""

from __future__ import annotations

from app import events, jobs, subjects
from app.contributions import queries as contributions
from app.i18n import lazy_p
from app.levels.influence.workshops import queries, service
from app.moderation import queries as moderation
from app.moderation.events import ItemHidden, ItemRestored, ItemShown


@jobs.job("workshops.count", name=lazy_p("job", "number of cards and dots"))
def count(run: jobs.Run) -> None:
    """Count the cards and dots of a workshop anew: doing it twice changes nothing."""
    row = queries.workshop(run.args["workshop_id"])
    if row is not None and row.withdrawn_at is None:
        service.count_now(row)


def after_ruling(event: events.Event) -> None:
    """A card came or went: the count has moved."""
    review = moderation.review(subjects.number(event.subject))
    if review is None or review.subject_kind != queries.CARD:
        return
    card = contributions.by_review([review.id]).get(review.id)
    if card is None:
        return
    if review.is_shown and card.removed_at is None:
        service.card_was_shown(card)
    service.count_later(queries.place_of(card).workshop_id)


for _ruled in (ItemShown, ItemHidden, ItemRestored):
    events.on(_ruled)(after_ruling)
