"""The demo municipality's forum: threads of open dialogues and of a closed one, with posts in every state."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app import db, richtext, subjects
from app.accounts.models import Person
from app.accounts.queries import hash_of
from app.contributions import service as engine
from app.contributions.models import Contribution
from app.contributions.service import Draft
from app.dialogues.demo import Town
from app.dialogues.models import Dialogue
from app.levels.discussion.threads import queries, service
from app.levels.discussion.threads.models import ForumRule, Thread, Topic
from app.moderation.models import Ruling
from app.multilingual.models import Status, Translation
from app.multilingual.queries import digest
from app.permissions import Actor, Role
from app.reviews import service as reviews
from app.reviews.models import State

TEXTS = Path(__file__).with_name("demo_threads.toml")
ROLES = {"official": Role.OFFICIAL, "elected": Role.ELECTED}
Entry = Mapping[str, Any]  # a table of demo_threads.toml


def fill(town: Town) -> None:
    """Add the threads and what was written in them, in the open unit."""
    for entry in tomllib.loads(TEXTS.read_text(encoding="utf-8"))["thread"]:
        dialogue = town.dialogues[entry["dialogue"]]
        row = _thread(town, entry, dialogue)
        _translations(town, entry, row)
        start, end = _time(town, dialogue, entry)
        step = (end - start) / (len(entry["post"]) + 1)
        made: dict[str | None, Contribution] = {}
        for number, written in enumerate(entry["post"], start=1):
            at = start + step * number + timedelta(minutes=town.rng.randint(-20, 20))
            at = town.ago(hours=0.1) if written.get("just_now") else at
            post = _post(town, row, written, at, made.get(written.get("to")))
            made[written.get("key", f"post {number}")] = post
        service.count_now(row)
    _topics(town)


def _topics(town: Town) -> None:
    """Residents start threads of their own in the forums that let them: one is shown, one waits."""
    entries = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    for entry in entries["forum"]:
        dialogue = town.dialogues[entry["dialogue"]]
        rule = ForumRule(dialogue_id=dialogue.id, starts=entry["starts"], said_at=dialogue.created_at)
        db.session().add(rule)
    for entry in entries["topic"]:
        dialogue = town.dialogues[entry["dialogue"]]
        person, state = town.residents[entry["by"]], State(entry["state"])
        container = engine.make_container(queries.POST, dialogue.id)
        author = Actor(person.id, person.name)
        post = engine.add(author, container, Draft(entry["text"], "sv", person.name), shown=state is State.SHOWN)
        facts = {"title": entry["title"], "reads_first": True, "form_hash": hash_of(f"demo topic {container.id}")}
        topic = Topic(id=container.id, dialogue_id=dialogue.id, post_id=post.id, **facts)
        db.session().add(topic)
        db.session().flush()
        if state is State.SHOWN:
            row = Thread(
                container=container, dialogue_id=dialogue.id, title=topic.title, lead="", reads_first=True,
                created_at=town.ago(days=1),
            )  # fmt: skip
            db.session().add(row)
            db.session().flush()
            service.count_now(row)


def _thread(town: Town, entry: Entry, dialogue: Dialogue) -> Thread:
    conclusion = entry.get("conclusion", {}).get("sv", "").strip()
    row = Thread(
        container=engine.make_container(queries.POST, dialogue.id),
        dialogue_id=dialogue.id,
        title=entry["title"]["sv"],
        lead=entry["lead"]["sv"],
        reads_first=entry.get("reads_first", False),
        created_by=town.official.id,
        created_at=dialogue.created_at,
        locked_at=town.ago(days=1) if "locked" in entry else None,
        lock_reason=entry.get("locked", ""),
        conclusion=conclusion,
        conclusion_html=richtext.from_markdown(conclusion) if conclusion else None,
        concluded_at=town.now if conclusion else None,
    )
    db.session().add(row)
    db.session().flush()
    return row


def _time(town: Town, dialogue: Dialogue, entry: Entry) -> tuple[datetime, datetime]:
    """From when until when people have been able to write."""
    start = town.ago(days=entry["days_ago"]) if "days_ago" in entry else dialogue.opens_at or town.now
    return start, min(town.now, dialogue.closes_at or town.now)


def _post(town: Town, row: Thread, written: Entry, at: datetime, parent: Contribution | None) -> Contribution:
    person = _author(town, written["by"])
    text, language = written["text"].strip(), written.get("language", "sv")
    state = State(written.get("state", "shown"))
    review = reviews.submit(queries.POST, dialogue_id=row.dialogue_id, language=language, shown=True)
    review.state, review.created_at = state, at
    post = Contribution(
        container_id=row.id,
        parent_id=parent.id if parent else None,
        root_id=parent.position if parent else None,
        quotes_parent=written.get("quotes", False),
        person_id=person.id,
        name=person.name,
        role=ROLES[written["by"]].value if written["by"] in ROLES else "",
        text=text,
        language=language,
        review=review,
        written_at=at,
        shown_at=None if state is State.WAITING else at,
    )
    db.session().add(post)
    db.session().flush()
    _afterwards(town, written, post, at)
    return post


def _afterwards(town: Town, written: Entry, post: Contribution, at: datetime) -> None:
    """What became of it: hidden on a ground, changed, or taken away."""
    moderator = town.staff[Role.MODERATOR]
    if "ground" in written:
        ruling = Ruling(
            reviewable_id=post.review_id, outcome=State.HIDDEN, ground=written["ground"], by_id=moderator.id, at=at
        )  # fmt: skip
        db.session().add(ruling)
    text = post.text or ""
    if written.get("edited"):
        engine.change(post, text + "\n\nRättat: åtta centimeter, inte tio.", post.language)
        post.edited_at = at
    if written.get("removed"):
        engine.take_away(post)


def _author(town: Town, by: int | str) -> Person:
    return town.residents[by] if isinstance(by, int) else town.staff[ROLES[by]]


def _translations(town: Town, entry: Entry, row: Thread) -> None:
    """What the file has in other languages: reviewed."""
    for field in queries.FIELDS:
        for language, text in entry.get(field, {}).items():
            if language == "sv":
                continue
            db.session().add(
                Translation(
                    subject=subjects.key("thread", row.id),
                    field=field,
                    language=language,
                    text=text.strip(),
                    html=richtext.from_markdown(text) if field == "conclusion" else None,
                    status=Status.REVIEWED,
                    source_version=digest(getattr(row, field)),
                    source_text=getattr(row, field),
                    written_by=town.staff[Role.TRANSLATOR].id,
                    written_at=row.created_at,
                    reviewed_by=town.official.id,
                    reviewed_at=row.created_at,
                )
            )
