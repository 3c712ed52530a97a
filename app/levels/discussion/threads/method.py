"""The manifest of threads: the forum of a dialogue."""

from __future__ import annotations

from dataclasses import replace

from app import ladder, subjects
from app.accounts import contributions
from app.contributions.subject import subject
from app.i18n import lazy as _l
from app.i18n import lazy_p, plural
from app.levels.discussion.threads import demo, jobs, manage, queries, routes  # noqa: F401  # jobs: registered so
from app.levels.discussion.threads.events import EVENTS
from app.levels.discussion.threads.exports import EXPORTS
from app.levels.discussion.threads.notices import NOTICES
from app.levels.discussion.threads.rules import RULES, Do
from app.multilingual import sources

THREAD = subjects.Subject(
    kind="thread",
    name=lazy_p("subject", "Thread"),
    read=Do.READ,
    load=queries.thread,
    title=lambda row: row.title,
    address=queries.address_of,
    visible_to=queries.visible_to,
    index_text=lambda row: f"{row.title}\n{row.lead}\n{row.conclusion}",
)
POST = replace(
    subject(
        queries.POST,
        name=lazy_p("subject", "Post in a forum"),
        read=Do.READ_POST,
        address=queries.post_address,
        context=queries.heading_of,
    ),
    text=queries.whole_text,
    beside=queries.hold_threads,
)

# Both registries lie on floors that know nothing of methods, so the manifest fills them as it is read.
sources.register(
    sources.Source("thread", lazy_p("subject", "Thread"), sources.labels(queries.FIELDS), queries.translatable)
)
contributions.register(contributions.Section("threads", _l("What you have written in forums"), queries.own))

METHOD = ladder.Method(
    key="threads",
    level=ladder.DISCUSSION,
    offered_at=ladder.from_here_up(ladder.DISCUSSION),
    name=lazy_p("method", "Forum"),
    invitation=_l("Read what others write, answer them and write yourself"),
    figure=lambda posts: plural("%(num)s post", "%(num)s posts", posts),
    blueprints=(routes.blueprint, manage.blueprint),
    home="thread_desk.index",
    rules=RULES,
    events=EVENTS,
    subjects=(THREAD, POST),
    ready=lambda _dialogue_id: [],
    participants=queries.participants,
    notices=NOTICES,
    exports=EXPORTS,
    demo=demo.fill,
)
