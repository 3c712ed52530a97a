"""Every write of threads and posts."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from app import clock, db, jobs, richtext, subjects
from app.accounts.queries import hash_of
from app.contributions import queries as contributions
from app.contributions import rules as marks
from app.contributions import service as engine
from app.contributions.models import Container, Contribution
from app.contributions.service import Draft
from app.dialogues.models import Dialogue
from app.dialogues.service import drop_card, keep_card, keep_stage
from app.events import Event, emit
from app.levels.discussion.threads import queries
from app.levels.discussion.threads.events import (
    ForumRuleChanged,
    PostChanged,
    PostShown,
    PostTakenAway,
    PostWritten,
    ThreadChanged,
    ThreadConcluded,
    ThreadLocked,
    ThreadStarted,
    ThreadUnlocked,
    ThreadWithdrawn,
    TopicConcealed,
    TopicProposed,
)
from app.levels.discussion.threads.models import ForumRule, Starts, Thread, Topic
from app.levels.discussion.threads.rules import Do
from app.limits import Limit
from app.multilingual import service as translations
from app.permissions import SYSTEM, Actor, require

POSTS = Limit("threads.post", 20, timedelta(minutes=10))  # by one person: time to think, and nobody floods a thread
TOPICS = Limit("threads.topic", 3, timedelta(hours=24))  # by one person: nobody fills a forum with threads of their own

HIDDEN_TITLE = "[dold rubrik]"  # in place of a resident's heading that a moderator or the author took out of sight


class Overtaken(Exception):
    """Somebody else saved the thread since this one opened it."""


def start(actor: Actor, dialogue: Dialogue, facts: dict[str, Any]) -> Thread:
    """A new thread. `facts`: title, lead, reads_first."""
    require(actor, Do.START, dialogue)
    row = Thread(
        container=engine.make_container(queries.POST, dialogue.id),
        dialogue_id=dialogue.id,
        created_by=actor.person_id,
        created_at=clock.now(),
        **facts,
    )
    db.session().add(row)
    db.session().flush()
    keep(row)
    _tell(actor, row, ThreadStarted)
    return row


def change(actor: Actor, row: Thread, facts: dict[str, Any], version: int) -> None:
    """Save a change that began at `version`. Raises Overtaken."""
    require(actor, Do.CHANGE, row)
    _begun_at(row, version)
    for column, value in facts.items():
        setattr(row, column, value)
    row.edited_at = clock.now()
    keep(row)
    _tell(actor, row, ThreadChanged)


def withdraw(actor: Actor, row: Thread) -> None:
    """Take away a thread that nobody has written in."""
    row = _held(row, to_change=True)
    require(actor, Do.WITHDRAW, row)
    row.withdrawn_at = clock.now()
    drop_card(subjects.key("thread", row.id))
    _tell(actor, row, ThreadWithdrawn)


def lock(actor: Actor, row: Thread, reason: str) -> None:
    """Nobody writes here any more; everybody reads on."""
    row = _held(row, to_change=True)
    require(actor, Do.LOCK, row)
    row.locked_at, row.lock_reason = clock.now(), reason
    _tell(actor, row, ThreadLocked, reason=reason)


def unlock(actor: Actor, row: Thread) -> None:
    require(actor, Do.UNLOCK, row)
    row.locked_at, row.lock_reason = None, ""
    _tell(actor, row, ThreadUnlocked)


def conclude(actor: Actor, row: Thread, conclusion: str, version: int) -> None:
    """Write, or write anew, what came of it: it stands above everything. Raises Overtaken."""
    require(actor, Do.CONCLUDE, row)
    _begun_at(row, version)
    row.conclusion, row.conclusion_html = conclusion, richtext.from_markdown(conclusion)
    row.concluded_at = clock.now()
    _tell(actor, row, ThreadConcluded)


def write(
    actor: Actor, row: Thread, draft: Draft, *, parent: Contribution | None = None, quotes_parent: bool = False
) -> Contribution:  # fmt: skip
    """Write a post, or answer one. Raises AlreadySent where this form has been sent before."""
    keep_stage(row.dialogue_id)
    row = _held(row)
    clock.fresh()  # the deadline is decided now, after the wait for the locks
    require(actor, Do.WRITE, row)
    if parent is not None:
        require(actor, Do.ANSWER, parent)
    shown = not row.reads_first or bool(marks.mark(actor, row.dialogue_id))
    post = engine.add(actor, row.container, draft, shown=shown, parent=parent, quotes_parent=quotes_parent)
    _tell_of_post(actor, row, post, PostWritten)
    if shown:
        _tell_of_post(actor, row, post, PostShown)
    count_later(row.id)
    return post


def change_post(actor: Actor, row: Thread, post: Contribution, text: str, language: str) -> None:
    """Write one's own post anew, while others may not have answered it yet; how it read is kept."""
    keep_stage(row.dialogue_id)
    clock.fresh()
    require(actor, Do.WRITE, row)
    require(actor, Do.CHANGE_POST, post)
    wait = row.reads_first and not post.role
    if engine.change(post, text, language, wait=wait):
        _tell_of_post(actor, row, post, PostChanged)


def remove_post(actor: Actor, row: Thread, post: Contribution) -> None:
    """Take one's own post away: its place stays, and the answers to it. With the first post goes its heading."""
    require(actor, Do.REMOVE_POST, post)
    engine.take_away(post)
    begun = queries.topic_of(post)
    if begun is not None:
        _conceal(actor, begun)
    _tell_of_post(actor, row, post, PostTakenAway)
    count_later(row.id)


def post_was_shown(post: Contribution) -> None:
    """A moderator let everyone read it; for the first time, that is told."""
    if engine.mark_shown(post):
        _tell_of_post(SYSTEM, queries.thread_of(post), post, PostShown)


def set_rule(actor: Actor, dialogue: Dialogue, starts: Starts) -> None:
    """Say who starts threads in the forum of a dialogue from now on."""
    require(actor, Do.SET_RULE, dialogue)
    db.session().add(ForumRule(dialogue_id=dialogue.id, starts=starts, said_at=clock.now()))
    db.session().flush()
    emit(ForumRuleChanged(subject=subjects.key("dialogue", dialogue.id), actor=actor, dialogue_id=dialogue.id))


def propose(actor: Actor, dialogue: Dialogue, title: str, draft: Draft) -> Topic:
    """Start a thread as a resident: shown at once, or when a moderator has read it, as the rule of the forum says.

    The same form sent twice gives the first.
    """
    keep_stage(dialogue.id)
    form_hash = hash_of(draft.form_key or secrets.token_urlsafe(16))
    db.lock_key(f"topic {dialogue.id} {form_hash}")  # the same form pressed twice: the second waits
    clock.fresh()
    require(actor, Do.PROPOSE, dialogue)
    earlier = queries.topic_by_form(dialogue.id, form_hash)
    if earlier is not None:
        return earlier
    reads_first = queries.starts_in(dialogue.id) is Starts.READ_FIRST
    shown = not reads_first or bool(marks.mark(actor, dialogue.id))
    container = engine.make_container(queries.POST, dialogue.id)
    post = engine.add(actor, container, draft, shown=shown)
    facts = {"post_id": post.id, "title": title, "reads_first": reads_first, "form_hash": form_hash}
    row = Topic(id=container.id, dialogue_id=dialogue.id, **facts)
    db.session().add(row)
    db.session().flush()
    subject = subjects.key(queries.POST, post.id)
    emit(TopicProposed(subject=subject, actor=actor, dialogue_id=dialogue.id))
    if shown:
        open_topic(row, post)
    return row


def open_topic(row: Topic, post: Contribution) -> None:
    """Everyone can read what a resident starts a thread with: it is one; its heading comes back where it was hidden."""
    thread = queries.thread(row.id)
    if thread is None:
        container = db.session().get_one(Container, row.id)
        facts = {"title": row.title, "lead": "", "reads_first": row.reads_first, "created_at": clock.now()}
        thread = Thread(container=container, dialogue_id=row.dialogue_id, **facts)
        db.session().add(thread)
        db.session().flush()
        queries.hold(thread)
        _tell(SYSTEM, thread, ThreadStarted)
        _tell_of_post(SYSTEM, thread, post, PostWritten)
        if post.shown_at is not None:
            _tell_of_post(SYSTEM, thread, post, PostShown)
    elif thread.title == HIDDEN_TITLE:
        _entitle(thread, row.title)
        _tell(SYSTEM, thread, ThreadChanged)
    keep(thread)
    count_later(thread.id)


def conceal_topic(row: Topic) -> None:
    """A moderator has hidden what a resident began a thread with: the heading goes too, what others wrote stays."""
    _conceal(SYSTEM, row)


def _conceal(actor: Actor, row: Topic) -> None:
    thread = queries.thread(row.id)
    if thread is None or thread.title != row.title:  # none yet; or those who hold the dialogue have put it otherwise
        return
    _entitle(thread, HIDDEN_TITLE)
    keep(thread)
    db.session().flush()
    emit(TopicConcealed(subject=subjects.key("thread", thread.id), actor=actor, dialogue_id=row.dialogue_id))


def count_later(thread_id: int) -> None:
    """Plan a new count, at most once a minute."""
    jobs.enqueue_next_minute("threads.count", "thread_id", thread_id)


def count_now(row: Thread) -> None:
    """Write down how much has been written and by how many, counted anew: no editor is disturbed by it."""
    texts, authors, latest = contributions.figures(row.id)
    figures = update(Thread).where(Thread.id == row.id).values(posts=texts, authors=authors, latest_at=latest)
    db.session().execute(figures.execution_options(synchronize_session=False))
    db.session().refresh(row)
    keep(row)


def keep(row: Thread) -> None:
    """Write the thread's card on the dialogue page."""
    endpoint, values = queries.address_of(row)
    keep_card(
        subjects.key("thread", row.id),
        dialogue_id=row.dialogue_id,
        method="threads",
        title=row.title,
        sentence=row.lead,
        endpoint=endpoint,
        values=values,
        responses=row.posts or 0,
        is_input=True,
        position=row.id,
        result_endpoint=endpoint,
    )


def _entitle(row: Thread, title: str) -> None:
    """Another heading in place of what stood there, which no translation goes on saying either."""
    row.title = title
    translations.forget(subjects.key("thread", row.id), "title")


def _begun_at(row: Thread, version: int) -> None:
    if row.version != version:
        raise Overtaken


def _held(row: Thread, *, to_change: bool = False) -> Thread:
    """The thread as it stands now, which nobody locks or takes away until the unit ends. Writers do not wait for
    each other."""
    mine = select(Thread).where(Thread.id == row.id).options(joinedload(Thread.container))
    mine = mine.with_for_update(read=not to_change, of=Thread)
    return db.session().scalars(mine.execution_options(populate_existing=True)).one()


def _tell(actor: Actor, row: Thread, kind: Callable[..., Event], **facts: Any) -> None:
    db.session().flush()
    about = {"subject": subjects.key("thread", row.id), "actor": actor, "dialogue_id": row.dialogue_id}
    emit(kind(**about, title=_logged(row), **facts))


def _tell_of_post(actor: Actor, row: Thread, post: Contribution, kind: Callable[..., Event]) -> None:
    about = {"subject": subjects.key(queries.POST, post.id), "actor": actor, "dialogue_id": row.dialogue_id}
    emit(kind(**about, title=_logged(row)))


def _logged(row: Thread) -> str:
    """What the log calls a thread: by its number where the heading is a resident's, which may have to be hidden."""
    begun = queries.begun_with(row)
    return f"#{row.id}" if begun is not None and begun.title == row.title else row.title
