"""The manifest of meetings: a time and a place where people meet, at every level."""

from __future__ import annotations

from dataclasses import replace

from app import ladder, subjects
from app.accounts import contributions
from app.contributions.subject import subject
from app.dialogues import registering
from app.i18n import lazy as _l
from app.i18n import lazy_p, plural
from app.levels.information.meetings import demo, jobs, manage, queries, routes  # noqa: F401  # jobs: by being imported
from app.levels.information.meetings.events import EVENTS
from app.levels.information.meetings.exports import EXPORTS
from app.levels.information.meetings.notices import NOTICES
from app.levels.information.meetings.rules import RULES, Do
from app.multilingual import sources

MEETING = subjects.Subject(
    kind="meeting",
    name=lazy_p("subject", "Meeting"),
    read=Do.READ,
    load=queries.meeting,
    title=lambda row: row.title,
    address=queries.address_of,
    visible_to=queries.visible_to,
    index_text=lambda row: f"{row.title}\n{row.lead}\n{row.about}\n{row.place}\n{row.minutes}",
    personal_data=queries.kept_of,
)

SAID = replace(
    subject(
        queries.SAID,
        name=lazy_p("subject", "Said at a meeting"),
        read=Do.READ_SAID,
        address=queries.said_address,
        context=lambda line: queries.meeting_of(line).title,
    ),
    beside=queries.hold_meetings,
)

# These registries lie on floors that know nothing of methods, so the manifest fills them as it is read.
contributions.register(contributions.Section("meetings", _l("Meetings you have signed up to"), queries.contributions))
registering.register(registering.Door("meetings", _l("Sign up to the meeting"), Do.REGISTER, queries.open_for_others))
sources.register(
    sources.Source("meeting", lazy_p("subject", "Meeting"), sources.labels(queries.FIELDS), queries.translatable)
)

METHOD = ladder.Method(
    key="meetings",
    level=ladder.INFORMATION,
    offered_at=ladder.from_here_up(ladder.INFORMATION),
    name=lazy_p("method", "Meetings"),
    invitation=_l("Come and talk with us"),
    figure=lambda left: plural("%(num)s seat left", "%(num)s seats left", left),
    blueprints=(routes.blueprint, manage.blueprint),
    home="meeting_desk.index",
    rules=RULES,
    events=EVENTS,
    subjects=(MEETING, SAID),
    ready=lambda _dialogue_id: [],
    participants=queries.participants,
    notices=NOTICES,
    exports=EXPORTS,
    demo=demo.fill,
)
