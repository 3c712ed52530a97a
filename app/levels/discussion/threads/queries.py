"""Reads of threads and of the posts in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from app import db, subjects
from app.accounts.contributions import MOST
from app.accounts.contributions import Contribution as Own
from app.accounts.models import Person
from app.contributions import queries as engine
from app.contributions.models import Container, Contribution
from app.contributions.subject import title_of
from app.dialogues import queries as dialogues
from app.dialogues.addresses import slug
from app.dialogues.models import Dialogue
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.ladder import Recipient
from app.levels.discussion.threads.models import ForumRule, Starts, Thread, Topic
from app.multilingual.queries import Row
from app.multilingual.sources import Item
from app.permissions import Actor
from app.reviews.models import Reviewable, State
from app.subjects import Address

POST = "post"  # the kind of what stands in a thread
PAGE = 50  # threads of one dialogue
FIELDS = {"title": (_l("Heading"), 160), "lead": (_l("What the thread is about"), 400),
          "conclusion": (_l("Conclusion"), 20_000)}  # fmt: skip


class Listing(NamedTuple):
    """A page of threads; `further` is the number that the next page lies before, None where there is none."""

    rows: list[Thread]
    further: int | None


def visible_to(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The threads that an actor may read: those of the dialogues that they may read, without withdrawn ones."""
    readable = dialogues.visible_to(actor).with_only_columns(Dialogue.id)
    return select(Thread).where(Thread.withdrawn_at.is_(None), Thread.dialogue_id.in_(readable))


def thread(thread_id: int) -> Thread | None:
    return db.session().get(Thread, thread_id)


def thread_in(dialogue_id: int, thread_id: int) -> tuple[Thread, Dialogue] | None:
    """A thread of this dialogue that is not withdrawn, with the dialogue, in one statement."""
    both = select(Thread, Dialogue).join(Dialogue, Dialogue.id == Thread.dialogue_id)
    both = both.where(Thread.id == thread_id, Thread.dialogue_id == dialogue_id, Thread.withdrawn_at.is_(None))
    found = db.session().execute(both.options(joinedload(Thread.container))).first()
    return None if found is None else (found[0], found[1])


def in_dialogue(dialogue_id: int, before: int | None = None) -> Listing:
    """A page of a dialogue's threads, those started last first, without withdrawn ones; one statement."""
    mine = select(Thread).where(Thread.dialogue_id == dialogue_id, Thread.withdrawn_at.is_(None))
    if before is not None:
        mine = mine.where(Thread.id < before)
    found = list(db.session().scalars(mine.order_by(Thread.id.desc()).limit(PAGE + 1)))
    return Listing(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def listed_before(written: str) -> int | None:
    """What an address says of where a page begins; None for what is no number."""
    is_number = written.isascii() and written.isdecimal() and len(written) < 11
    return min(int(written), engine.LARGEST) if is_number else None


def every_thread(dialogue_id: int) -> Iterator[Thread]:
    """The threads of a dialogue in the order they were started, without withdrawn ones, streamed."""
    mine = select(Thread).where(Thread.dialogue_id == dialogue_id, Thread.withdrawn_at.is_(None)).order_by(Thread.id)
    yield from db.session().scalars(mine.execution_options(yield_per=200))


def starts_in(dialogue_id: int) -> Starts:
    """Who starts threads in the forum of a dialogue."""
    said = select(ForumRule.starts).where(ForumRule.dialogue_id == dialogue_id)
    latest = db.session().scalars(said.order_by(ForumRule.id.desc()).limit(1)).first()
    return Starts.LEADS if latest is None else Starts(latest)


def topic(topic_id: int) -> Topic | None:
    return db.session().get(Topic, topic_id)


def topic_of(post: Contribution) -> Topic | None:
    """The topic that this post begins; None for any other post."""
    kept: dict[int, Topic | None] = db.held("topics")
    row = kept[post.container_id] if post.container_id in kept else topic(post.container_id)
    return row if row is not None and row.post_id == post.id else None


def begun_with(row: Thread) -> Topic | None:
    """What a resident began this thread with; None for one that those who hold the dialogue began. Read once."""
    if row.created_by is not None:
        return None
    kept: dict[int, Topic | None] = db.session().info.setdefault("topics", {})
    if row.id not in kept:
        kept[row.id] = topic(row.id)
    return kept[row.id]


def topic_by_form(dialogue_id: int, form_hash: str) -> Topic | None:
    """What was sent with this form."""
    return db.session().scalars(select(Topic).filter_by(dialogue_id=dialogue_id, form_hash=form_hash)).first()


def own_waiting(dialogue_id: int, person_id: int | None) -> list[Topic]:
    """The topics of somebody that wait for a moderator."""
    mine = select(Topic).join(Contribution, Contribution.id == Topic.post_id)
    mine = mine.join(Reviewable, Reviewable.id == Contribution.review_id).where(Topic.dialogue_id == dialogue_id)
    mine = mine.where(Contribution.person_id == person_id, Reviewable.state == State.WAITING)
    return list(db.session().scalars(mine.order_by(Topic.id)))


def heading_of(post: Contribution) -> str:
    """What stands over a post: the heading of its thread, or of the topic that it wants to start."""
    return standing(post).title


def whole_text(post: Contribution) -> str:
    """What a moderator judges: a post that begins a topic together with its heading."""
    row, text = topic_of(post), engine.whole_text(post)
    return text if row is None else f"{row.title}\n\n{text}"


def standing(post: Contribution) -> Thread | Topic:
    """The thread of a post, or the topic that is none yet. Each is read once for a session."""
    threads: dict[int, Thread] = db.held("threads")
    begun: dict[int, Topic | None] = db.held("topics")
    number = post.container_id
    held = threads.get(number) or begun.get(number)
    if held is not None:
        return held
    row = db.session().get(Thread, number)
    return db.session().get_one(Topic, number) if row is None else hold(row)


def hold(row: Thread) -> Thread:
    """Keep a thread at hand for as long as the session."""
    db.held("threads")[row.id] = row
    return row


def post_in(row: Thread, post_id: int) -> Contribution | None:
    return engine.contribution_in(row.id, post_id)


def thread_of(post: Contribution) -> Thread:
    """Where a post stands. Each thread is read once for a session, however many of its posts are listed."""
    kept: dict[int, Thread] = db.held("threads")
    if post.container_id not in kept:
        kept[post.container_id] = db.session().get_one(Thread, post.container_id)
    return kept[post.container_id]


def hold_threads(posts: Sequence[Contribution]) -> None:
    """Read the threads of these posts in one statement, held for as long as the session."""
    ids = {post.container_id for post in posts}
    wanted = select(Container.id, Thread, Topic).outerjoin(Thread, Thread.id == Container.id)
    wanted = wanted.outerjoin(Topic, Topic.id == Container.id).where(Container.id.in_(ids))
    threads, topics = db.held("threads"), db.held("topics")
    rows: Iterable[Any] = db.session().execute(wanted) if ids else ()
    for container_id, row, begun in rows:
        threads.update({} if row is None else {container_id: row})
        topics[container_id] = begun


def address_of(row: Thread) -> Address:
    """Where it is read; the dialogue is read unless the session holds it already."""
    return "threads.show", _place(row, db.session().get_one(Dialogue, row.dialogue_id))


def post_address(post: Contribution) -> Address:
    """The address that always leads to this post, on whichever page it stands."""
    row = standing(post)
    dialogue = db.session().get_one(Dialogue, row.dialogue_id)
    if isinstance(row, Topic):
        return "threads.index", {"dialogue_id": dialogue.id, "slug": slug(dialogue.title)}
    return "threads.post", {**_place(row, dialogue), "post_id": post.id}


def _place(row: Thread, dialogue: Dialogue) -> dict[str, Any]:
    return {"dialogue_id": dialogue.id, "slug": slug(dialogue.title), "thread_id": row.id}


def row_of(row: Thread) -> Row:
    """Its Swedish texts, for those who show them in other languages."""
    html = {"conclusion": row.conclusion_html}
    return subjects.key("thread", row.id), {one: (getattr(row, one), html.get(one)) for one in FIELDS}


def translatable(dialogue_id: int | None) -> list[Item]:
    """Every text of the threads of a dialogue."""
    return [
        Item(
            subjects.key("thread", row.id), row.title, field, label, getattr(row, field),
            is_rich=field == "conclusion", longest=longest,
        )
        for row in ([] if dialogue_id is None else every_thread(dialogue_id))
        for field, (label, longest) in FIELDS.items()
    ]  # fmt: skip


def participants(dialogue_id: int) -> Iterator[Recipient]:
    """Those who have written in the threads of a dialogue."""
    return engine.participants(dialogue_id, POST)


def authors_in(row: Thread) -> Iterator[Recipient]:
    """Those who have written in a thread, once each, unless blocked."""
    wrote = select(Person.email, Person.language, Person.id).distinct()
    wrote = wrote.join(Contribution, Contribution.person_id == Person.id)
    wrote = wrote.where(Contribution.container_id == row.id, Person.blocked_at.is_(None)).order_by(Person.id)
    for email, language, person_id in db.session().execute(wrote.execution_options(yield_per=1000)):
        yield Recipient(email, language, person_id)


def answered_since(post: Contribution, author_id: int, moment: datetime) -> bool:
    """Whether somebody else than this author has answered what this post answers, and been shown, since then."""
    others = select(Contribution.id).join(Reviewable, Reviewable.id == Contribution.review_id)
    others = others.where(Contribution.container_id == post.container_id, Contribution.position == post.position)
    others = others.where(Contribution.parent_id == post.parent_id, Contribution.id != post.id)
    others = others.where(Contribution.shown_at >= moment, Contribution.person_id != author_id)
    return db.session().scalars(others.where(Reviewable.state == State.SHOWN).limit(1)).first() is not None


def own(person_id: int) -> list[Own]:
    """The posts that a person has written, for their own page; one statement."""
    mine = select(Contribution, Thread, Topic, Dialogue).join(Container, Container.id == Contribution.container_id)
    mine = mine.outerjoin(Thread, Thread.id == Container.id).outerjoin(Topic, Topic.post_id == Contribution.id)
    mine = mine.join(Dialogue, Dialogue.id == Container.dialogue_id).where(Container.kind == POST)
    mine = mine.join(Reviewable, Reviewable.id == Contribution.review_id).options(contains_eager(Contribution.review))
    mine = mine.where(Contribution.person_id == person_id).order_by(Contribution.id.desc()).limit(MOST)
    return [
        Own(
            title=_own_title(post, row, begun),
            address=_own_address(post, row, dialogue),
            state=_state(post)[0],
            when=post.written_at,
            tone=_state(post)[1],
        )
        for post, row, begun, dialogue in db.session().execute(mine)
    ]


def _own_title(post: Contribution, row: Thread | None, begun: Topic | None) -> str:
    if begun is not None:
        return begun.title
    return title_of(post) or (row.title if row is not None else "")


def _own_address(post: Contribution, row: Thread | None, dialogue: Dialogue) -> Address:
    """Where a post of one's own is read; the forum, for what is not a thread yet."""
    if row is None:
        return "threads.index", {"dialogue_id": dialogue.id, "slug": slug(dialogue.title)}
    return "threads.post", {**_place(row, dialogue), "post_id": post.id}


def _state(post: Contribution) -> tuple[LazyText, str]:
    if post.removed_at is not None:
        return lazy_p("post", "Taken away by you"), ""
    if post.is_hidden:
        return lazy_p("post", "Hidden by a moderator"), "late"
    return (lazy_p("post", "Waiting for a moderator"), "now") if post.is_waiting else (lazy_p("post", "Shown"), "open")
