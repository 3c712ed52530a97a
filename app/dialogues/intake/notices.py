"""Who hears of what was considered: whoever put a question up, and whoever proposed a topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app import subjects
from app.accounts import queries as accounts
from app.dialogues import queries as dialogues
from app.dialogues.events import DialogueMoved
from app.dialogues.intake import events, queries
from app.dialogues.intake.queries.register import NOT_HELD
from app.dialogues.stages import Kind, Stage
from app.events import Event
from app.ladder import Notice, Recipient, nobody


def proposers(event: DialogueMoved) -> Iterable[Recipient]:
    """Whoever put the question up, when it has been considered and is not held."""
    if event.to_stage not in NOT_HELD or event.dialogue_id is None:
        return ()
    row = dialogues.dialogue(event.dialogue_id)
    if row is None or row.kind != Kind.CITIZEN_DIALOGUE:  # what was never thought of as a dialogue
        return ()
    person = accounts.person(row.created_by) if row.created_by else None
    return () if person is None or person.blocked_at else (Recipient(person.email, person.language, person.id),)


def facts(event: DialogueMoved) -> Mapping[str, Any]:
    row = dialogues.dialogue(event.dialogue_id or 0)
    title = (row.question or row.title) if row is not None else ""
    return {"question": title, "note": event.note, "to_stage": event.to_stage, "path": "/dialoger/overvagda"}


def topic_sender(event: Event) -> Iterable[Recipient]:
    """Whoever proposed the topic, where they want to be told by mail."""
    row = queries.topic(subjects.number(event.subject))
    to = queries.recipient(row) if row is not None else None
    return () if to is None else (to,)


def topic_facts(event: Event) -> Mapping[str, Any]:
    """Plain values about a topic. None of the sender's own words: the address may be somebody else's."""
    row = queries.topic(subjects.number(event.subject))
    return {"receipt": row.receipt if row is not None else ""}


def answer_facts(event: events.TopicAnswered) -> Mapping[str, Any]:
    """The official's words."""
    answer = queries.answer(event.answer_id)
    said = {"answer": answer.reason, "who": answer.who} if answer is not None else {"answer": "", "who": ""}
    return {**topic_facts(event), "status": event.status, **said}


def topic_proposer(event: DialogueMoved) -> Iterable[Recipient]:
    """Whoever proposed the topic that a dialogue was made of, when it is announced or not held."""
    if event.to_stage not in (*NOT_HELD, Stage.ANNOUNCED) or event.dialogue_id is None:
        return ()
    row = queries.proposed_as(event.dialogue_id)
    to = queries.recipient(row) if row is not None else None
    return () if to is None else (to,)


def became_facts(event: DialogueMoved) -> Mapping[str, Any]:
    row = dialogues.dialogue(event.dialogue_id or 0)
    path = f"/dialoger/{event.dialogue_id}" if event.to_stage == Stage.ANNOUNCED else "/dialoger/overvagda"
    title = (row.question or row.title) if row is not None else ""
    return {"question": title, "to_stage": event.to_stage, "note": event.note, "path": path}


NOTICES = (
    Notice(DialogueMoved, "intake_not_held", proposers, facts),
    Notice(DialogueMoved, "intake_topic_became", topic_proposer, became_facts),
    Notice(events.TopicSent, "intake_topic_received", topic_sender, topic_facts),
    Notice(events.TopicAnswered, "intake_topic_answered", topic_sender, answer_facts),
    Notice(events.ChangeFlagged, None, nobody),
    Notice(events.ChangeEdited, None, nobody),
    Notice(events.ChangeConsidered, None, nobody),
)
