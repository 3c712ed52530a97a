"""What must be thought through before a body decides, before people are invited, and before the result is out."""

from __future__ import annotations

from app.dialogues import bodies, plan
from app.dialogues.agenda.models import BodyMeeting
from app.dialogues.guards import Attempt, Finding
from app.dialogues.preparation import queries
from app.dialogues.preparation.models import ChosenGoal, GroundAnswer, Stakeholder
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.ladder import Missing


def level_reasoned(attempt: Attempt) -> Finding:
    """The level follows from purpose, goals, target groups and resources, and says how."""
    choice, goals = queries.level_choice(attempt.dossier), attempt.dossier.rows(ChosenGoal)
    lacking = [] if goals else [_l("Choose at least one of the council's goals.")]
    if choice is None or not choice.target_groups.strip():
        lacking.append(_l("Say whom the dialogue is for: its target groups."))
    if choice is None or not choice.resources.strip():
        lacking.append(_l("Say what there is to hold it with: people, time and money."))
    if choice is None or not choice.reason.strip():
        lacking.append(_l("Say why purpose, goals, target groups and resources lead to this level."))
    return Finding([one.goal_key for one in goals], _missing(attempt, "dialogues.part", *lacking, part="niva"))


def purpose_confirmed(attempt: Attempt) -> Finding:
    """Somebody other than its author has read the purpose as it stands, and finds it concrete."""
    row, author = queries.reading(attempt.dossier), queries.author_of(attempt.dialogue)
    if row is not None and not row.is_concrete:
        sentence = _l("The second reader asks for a more concrete purpose. Change it, and have it read again.")
        return Finding(row.id, _missing(attempt, "dialogues.part", sentence, part="syfte"))
    if row is None or (author is not None and row.read_by == author):
        sentence = _l("Another official must read the purpose and confirm that it is concrete.")
        return Finding(None, _missing(attempt, "preparation.purpose", sentence))
    return Finding(row.id)


def stakeholders_told(attempt: Attempt) -> Finding:
    """At least one group: who it is, what it cares about, what it can do, and how it is reached."""
    whole = [row for row in attempt.dossier.rows(Stakeholder) if row.who and row.interest and row.channels]
    sentence = _l("Say at least who is affected: their interest and influence, and how they are reached.")
    affected = any(row.is_affected for row in whole)
    return Finding(len(whole), () if affected else _missing(attempt, "preparation.people", sentence))


def groups_reached(attempt: Attempt) -> Finding:
    """Nobody is announced to who cannot hear of it: each affected group has at least one way in."""
    without = [row for row in queries.affected(attempt.dossier) if not row.channels]
    sentences = [
        _l("“%(group)s” has no way to hear of the dialogue. Choose at least one.", group=row.who) for row in without
    ]
    return Finding([row.id for row in without], _missing(attempt, "preparation.people", *sentences))


def grounds_answered(attempt: Attempt) -> Finding:
    """All seven grounds of discrimination are looked at; six are not enough."""
    left = queries.grounds_left(attempt.dossier)
    sentence = _l(
        "Look at all seven grounds of discrimination. Still missing: %(grounds)s.",
        grounds=[ground.name for ground in left],
    )
    saw = {row.ground: row.finding for row in attempt.dossier.rows(GroundAnswer)}
    return Finding(saw, _missing(attempt, "preparation.grounds", sentence) if left else ())


def commitment_given(attempt: Attempt) -> Finding:
    """How the body will use the result is known before anyone takes part."""
    there = bool(attempt.dialogue.commitment.strip())
    sentence = _l("Write how the body will use the result.")
    return Finding(there, () if there else _missing(attempt, "dialogues.part", sentence, part="lofte"))


def time_to_consider(attempt: Attempt) -> Finding:
    """What comes in can be put together before papers for the body's meeting are due. Missing dates are told apart."""
    row, meeting = attempt.dialogue, next(iter(attempt.dossier.rows(BodyMeeting)), None)
    if row.closes_at is None or row.decision_on is None or bodies.find(row.body_key) is None:
        return Finding(None)
    found = [problem.sentence for problem in plan.problems_with_meeting(row.closes_at, meeting)]
    saw = meeting.papers_by.isoformat() if meeting else None
    return Finding(saw, _missing(attempt, "dialogues.part", *found, part="tidplan"))


def priority_followed_up(attempt: Attempt) -> Finding:
    """For each group whose view should be heard in particular: how many came, and what was learnt."""
    left = [row for row in queries.priority(attempt.dossier) if row.turnout is None or not row.follow_up.strip()]
    sentences = [
        _l("Say how many took part in “%(activity)s”, and what they said.", activity=row.activity) for row in left
    ]
    return Finding([row.id for row in left], _missing(attempt, "preparation.follow_up", *sentences))


def _missing(attempt: Attempt, endpoint: str, *sentences: LazyText, **values: str) -> tuple[Missing, ...]:
    address = (endpoint, {"dialogue_id": attempt.dialogue_id, **values})
    return tuple(Missing(sentence, address) for sentence in sentences)
