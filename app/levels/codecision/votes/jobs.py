"""What follows the dialogue's life cycle, and mails to those whose ballot was replaced."""

from __future__ import annotations

from app import db, events, i18n, jobs, mail
from app.accounts.models import Person
from app.ballots.models import RollEntry
from app.dialogues.addresses import slug
from app.dialogues.events import DialogueMoved
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.i18n import lazy_p
from app.levels.codecision.votes import queries, service
from app.permissions import SYSTEM


@events.on(DialogueMoved)
def after_move(event: DialogueMoved) -> None:
    """Announced: the frames freeze. Closed: the box closes, in the same transaction. Called off: ballots go."""
    if event.dialogue_id is None or event.to_stage not in (Stage.ANNOUNCED, Stage.CLOSED, Stage.CANCELLED):
        return
    for row in queries.in_dialogue(event.dialogue_id):
        if event.to_stage == Stage.ANNOUNCED:
            service.freeze(event.actor or SYSTEM, row)
        elif event.to_stage == Stage.CLOSED:
            service.close(row)
        else:
            service.void(event.actor or SYSTEM, row)


@jobs.job("votes.tell", name=lazy_p("job", "telling somebody that their ballot was replaced"))
def tell_replaced(run: jobs.Run) -> None:
    """Tell the one whose ballot was changed or replaced by paper; a stranger's doing would show here. No receipt."""
    row, entry = queries.vote(run.args["vote_id"]), db.session().get(RollEntry, run.args["roll_id"])
    person = db.session().get(Person, entry.person_id) if entry is not None and entry.person_id else None
    if row is None or person is None or person.blocked_at is not None:
        return
    dialogue = db.session().get_one(Dialogue, row.dialogue_id)
    path = f"/dialoger/{dialogue.id}-{slug(dialogue.title)}/omrostning/{row.id}"
    template: str = run.args["template"]
    mail.post(template, person.email, i18n.named(person.language), vote=row.title, path=path)
