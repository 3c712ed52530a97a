"""Who hears of what happens in a thread: the one who is answered, and all who wrote when it has a conclusion.

That a post was hidden, on which ground, is told by moderation to the one who wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from app import clock, subjects
from app.accounts import queries as accounts
from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.dialogues.addresses import slug
from app.dialogues.queries import dialogue as dialogue_of
from app.events import Event
from app.ladder import Notice, Recipient, nobody
from app.levels.discussion.threads import queries
from app.levels.discussion.threads.events import EVENTS, PostShown, ThreadConcluded
from app.levels.discussion.threads.models import Thread, Topic

LONGEST_QUOTE = 300  # characters of the answer that are repeated in the mail
PAUSE = timedelta(hours=1)  # many answers to one post in a short while are one mail


def _number(event: Event) -> int:
    return subjects.number(event.subject)


def the_answered(event: Event) -> Iterable[Recipient]:
    """Whoever wrote the post that is answered, unless they answer themselves or have just been told of another."""
    post = contributions.contribution(_number(event))
    parent = contributions.contribution(post.parent_id) if post and post.parent_id else None
    person = accounts.person(parent.person_id) if parent and parent.person_id else None
    if post is None or person is None or person.blocked_at is not None or person.id == post.person_id:
        return ()
    if queries.answered_since(post, person.id, clock.now() - PAUSE):
        return ()
    return (Recipient(person.email, person.language, person.id),)


def authors(event: Event) -> Iterable[Recipient]:
    """Everyone who has written in the thread."""
    row = queries.thread(_number(event))
    return () if row is None else queries.authors_in(row)


def answer(event: PostShown) -> Mapping[str, Any]:
    """What the mail about an answer says. One line each, so that nothing in it looks like a part of the mail."""
    post = contributions.contribution(_number(event))
    if post is None or post.kind != queries.POST:
        return {}
    return {**_thread(queries.standing(post), post), **_quoted(post)}


def conclusion(event: ThreadConcluded) -> Mapping[str, Any]:
    row = queries.thread(_number(event))
    return {} if row is None else _thread(row)


def _quoted(post: Contribution) -> Mapping[str, Any]:
    text = " ".join((post.text or "").split())
    return {"name": post.name, "quote": text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"}


def _thread(row: Thread | Topic, post: Contribution | None = None) -> Mapping[str, Any]:
    dialogue = dialogue_of(row.dialogue_id)
    name = slug(dialogue.title) if dialogue else ""
    path = f"/dialoger/{row.dialogue_id}-{name}/forum"
    if isinstance(row, Topic):
        return {"thread": " ".join(row.title.split()), "path": path}
    path = f"{path}/{row.id}"
    return {"thread": " ".join(row.title.split()), "path": f"{path}/inlagg/{post.id}" if post else path}


TOLD = (
    Notice(PostShown, "threads_answer", the_answered, answer),
    Notice(ThreadConcluded, "threads_conclusion", authors, conclusion),
)
NOTICES = (*TOLD, *(Notice(one, None, nobody) for one in EVENTS if one not in (PostShown, ThreadConcluded)))
