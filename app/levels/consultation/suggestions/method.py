"""The manifest of suggestions: the standing box "Bättre Vara", and calls for suggestions in dialogues."""

from __future__ import annotations

from dataclasses import replace

from app import ladder, subjects
from app.accounts import contributions
from app.contributions.subject import subject
from app.dialogues import registering
from app.files import owners
from app.i18n import lazy as _l
from app.i18n import lazy_p, plural
from app.levels.consultation.suggestions import demo, jobs, manage, queries, routes  # noqa: F401  # jobs: registered so
from app.levels.consultation.suggestions.events import EVENTS
from app.levels.consultation.suggestions.exports import EXPORTS
from app.levels.consultation.suggestions.notices import NOTICES
from app.levels.consultation.suggestions.rules import RULES, Do
from app.levels.consultation.suggestions.service import PICTURES
from app.multilingual import sources
from app.permissions import Actor, can

BOX = subjects.Subject(
    kind=queries.BOX,
    name=lazy_p("subject", "Call for suggestions"),
    read=Do.READ,
    load=queries.box,
    title=lambda row: row.title,
    address=queries.address_of_box,
    visible_to=queries.boxes_visible_to,
    index_text=lambda row: f"{row.title}\n{row.lead}",
)
SUGGESTION = replace(
    subject(
        queries.KIND,
        name=lazy_p("subject", "Suggestion"),
        read=Do.READ_SUGGESTION,
        address=queries.address_of,
        context=lambda row: queries.box_of(row).title,
    ),
    visible_to=queries.visible_to,
    beside=queries.hold_cases,
    parts=queries.parts,
    personal_data=queries.kept_of,
)


def _picture_is_visible(file_id: int, actor: Actor) -> bool:
    """A picture is seen by those who may read the suggestion. Of one that waits its sender sees it by the case code."""
    row = queries.of_picture(file_id)
    return row is not None and can(actor, Do.READ_SUGGESTION, row)


# These registries lie on floors that know nothing of methods, so the manifest fills them as it is read.
owners.register(owners.Owner(PICTURES, _picture_is_visible, queries.pictures_in_use))
sources.register(
    sources.Source(
        queries.BOX, lazy_p("subject", "Call for suggestions"), sources.labels(queries.FIELDS), queries.translatable
    )
)
registering.register(registering.Door("suggestions", _l("Register a suggestion"), Do.REGISTER, queries.open_for_others))
contributions.register(contributions.Section("suggestions", _l("Suggestions you have sent"), queries.own))

METHOD = ladder.Method(
    key="suggestions",
    level=ladder.CONSULTATION,
    offered_at=ladder.from_here_up(ladder.CONSULTATION),
    name=lazy_p("method", "Suggestions"),
    invitation=_l("Leave a suggestion, and support those of others"),
    figure=lambda many: plural("%(num)s suggestion", "%(num)s suggestions", many),
    blueprints=(routes.blueprint, manage.blueprint),
    home="suggestion_desk.index",
    rules=RULES,
    events=EVENTS,
    subjects=(BOX, SUGGESTION),
    ready=lambda _dialogue_id: [],
    participants=queries.participants,
    notices=NOTICES,
    exports=EXPORTS,
    demo=demo.fill,
)
