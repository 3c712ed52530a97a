"""The manifest of workshops: critique, vision and action with cards on a board."""

from __future__ import annotations

from dataclasses import replace

from app import ladder, subjects
from app.accounts import contributions
from app.contributions.subject import subject
from app.dialogues import registering
from app.i18n import lazy as _l
from app.i18n import lazy_p, plural
from app.levels.influence.workshops import demo, jobs, manage, queries, routes  # noqa: F401  # jobs: registered so
from app.levels.influence.workshops.events import EVENTS
from app.levels.influence.workshops.exports import EXPORTS
from app.levels.influence.workshops.notices import NOTICES
from app.levels.influence.workshops.rules import RULES, Do
from app.multilingual import sources
from app.multilingual.sources import Source, labels

WORKSHOP = subjects.Subject(
    kind="workshop",
    name=lazy_p("subject", "Workshop"),
    read=Do.READ,
    load=queries.workshop,
    title=lambda row: row.title,
    address=queries.address_of,
    visible_to=queries.visible_to,
    index_text=lambda row: f"{row.title}\n{row.lead}",
    personal_data=queries.dots_given,
)
CARD = replace(
    subject(
        queries.CARD,
        name=lazy_p("subject", "Card in a workshop"),
        read=Do.READ_CARD,
        address=queries.card_address,
        context=lambda card: queries.place_of(card).workshop.title,
    ),
    beside=queries.hold_places,
)
PROPOSAL = subjects.Subject(
    kind="workshop_proposal",
    name=lazy_p("subject", "Proposal of a workshop"),
    read=Do.READ_PROPOSAL,
    load=queries.proposal,
    title=lambda row: row.title,
    address=queries.proposal_address,
    visible_to=queries.proposals_visible_to,
    index_text=lambda row: f"{row.title}\n{row.text}",
)

# These registries lie on floors that know nothing of methods, so the manifest fills them as it is read.
sources.register(
    Source("workshop", WORKSHOP.name, labels(queries.WORKSHOP_FIELDS), queries.translatable_workshops),
    Source(
        "workshop_theme",
        lazy_p("subject", "Theme of a workshop"),
        labels(queries.THEME_FIELDS),
        queries.translatable_themes,
    ),
    Source("workshop_proposal", PROPOSAL.name, labels(queries.PROPOSAL_FIELDS), queries.translatable_proposals),
)
registering.register(
    registering.Door("workshops", _l("Enter paper notes in the workshop"), Do.REGISTER, queries.open_for_others)
)
contributions.register(contributions.Section("workshops", _l("Your cards in workshops"), queries.own))

METHOD = ladder.Method(
    key="workshops",
    level=ladder.INFLUENCE,
    offered_at=ladder.from_here_up(ladder.INFLUENCE),
    name=lazy_p("method", "Future workshop"),
    invitation=_l("Write what does not work, how it could be, and what we can do"),
    figure=lambda cards: plural("%(num)s card", "%(num)s cards", cards),
    blueprints=(routes.blueprint, manage.blueprint),
    home="workshop_desk.index",
    rules=RULES,
    events=EVENTS,
    subjects=(WORKSHOP, CARD, PROPOSAL),
    ready=lambda _dialogue_id: [],
    participants=queries.participants,
    notices=NOTICES,
    exports=EXPORTS,
    demo=demo.fill,
)
