"""The manifest of projects: residents and the municipality do something together."""

from __future__ import annotations

from dataclasses import replace

from app import ladder, subjects
from app.accounts import contributions
from app.contributions.subject import subject
from app.i18n import lazy as _l
from app.i18n import lazy_p, plural
from app.levels.influence.projects import demo, jobs, manage, queries, routes  # noqa: F401  # jobs: registered so
from app.levels.influence.projects.events import EVENTS
from app.levels.influence.projects.exports import EXPORTS
from app.levels.influence.projects.notices import NOTICES
from app.levels.influence.projects.rules import RULES, Do
from app.multilingual import sources

PROJECT = subjects.Subject(
    kind="project",
    name=lazy_p("subject", "Joint project"),
    read=Do.READ,
    load=queries.project,
    title=lambda row: row.title,
    address=queries.address_of,
    visible_to=queries.visible_to,
    index_text=lambda row: "\n".join((row.title, row.lead, row.scope, row.money, row.timing, row.conclusion)),
    personal_data=queries.kept_of,
)
TASK = subjects.Subject(
    kind=queries.TASK,
    name=lazy_p("subject", "Task of a joint project"),
    read=Do.READ_TASK,
    load=queries.task,
    title=lambda row: row.title,
    address=queries.address_of_task,
    visible_to=queries.tasks_visible_to,
    index_text=queries.whole_text,
    personal_data=queries.tasks_written_by,
    text=queries.whole_text,
    context=lambda row: row.project.title,
    author=queries.writer_of,
    by_review=queries.by_review,
)
STATUS = replace(
    subject(
        queries.STATUS,
        name=lazy_p("subject", "Status text of a joint project"),
        read=Do.READ_STATUS,
        address=queries.status_address,
        context=lambda status: queries.project_of(status).title,
    ),
    beside=queries.hold_projects,
)

# Both registries lie on floors that know nothing of methods, so the manifest fills them as it is read.
sources.register(
    sources.Source("project", lazy_p("subject", "Joint project"), sources.labels(queries.FIELDS), queries.translatable),
    sources.Source(
        "project_milestone",
        lazy_p("subject", "Milestone of a joint project"),
        sources.labels(queries.MILESTONE_FIELDS),
        queries.translatable_milestones,
    ),
)
contributions.register(contributions.Section("projects", _l("Joint projects that you are in or follow"), queries.own))

METHOD = ladder.Method(
    key="projects",
    level=ladder.INFLUENCE,
    offered_at=ladder.from_here_up(ladder.INFLUENCE),
    name=lazy_p("method", "Joint projects"),
    invitation=_l("Follow what we do together, or help to do it"),
    figure=lambda done: plural("%(num)s task done", "%(num)s tasks done", done),
    blueprints=(routes.blueprint, manage.blueprint),
    home="project_desk.index",
    rules=RULES,
    events=EVENTS,
    subjects=(PROJECT, TASK, STATUS),
    ready=lambda _dialogue_id: [],
    participants=queries.participants,
    notices=NOTICES,
    exports=EXPORTS,
    demo=demo.fill,
)
