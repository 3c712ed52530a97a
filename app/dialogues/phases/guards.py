"""The guard of the phases: their dates hold, and everything in them can be open."""

from __future__ import annotations

from app.dialogues.guards import Attempt, Finding
from app.dialogues.phases import fitting, queries
from app.dialogues.times import Window, of_dialogue
from app.i18n import lazy as _l
from app.ladder import Missing


def phases_hold(attempt: Attempt) -> Finding:
    """Each phase lies within the dialogue and follows the one before it; each thing has some time to be open.

    A dialogue without phases and times has nothing that could fail to hold.
    """
    plan, whole = queries.plan_in(attempt.dossier), of_dialogue(attempt.dialogue)
    wrong = []
    for place, phase in enumerate(plan.phases):
        own = Window(phase.opens_at, phase.closes_at)
        if fitting.of_window(own, whole) or fitting.of_order(own, plan.phases[:place]):
            wrong.append(_l("The dates of the phase “%(name)s” do not hold.", name=phase.name))
    titles = {card.subject: card.title for card in attempt.dossier.cards} if plan.things else {}
    wrong += [
        _l("“%(title)s” would never be open: change its times.", title=titles[key])
        for key in plan.things
        if key in titles and plan.window(key).within(whole).is_empty
    ]
    address = ("dialogues.phases", {"dialogue_id": attempt.dialogue_id})
    saw = {"phases": len(plan.phases), "things": len(plan.things)}
    return Finding(saw, tuple(Missing(sentence, address) for sentence in wrong))
