"""The manifest of votes."""

from app import ladder
from app.dialogues import registering
from app.i18n import lazy as _l
from app.i18n import lazy_p, plural
from app.levels.codecision.votes import jobs, queries  # noqa: F401  # jobs: registered by being imported
from app.levels.codecision.votes.demo import fill
from app.levels.codecision.votes.events import EVENTS
from app.levels.codecision.votes.exports import EXPORTS
from app.levels.codecision.votes.manage import blueprint as vote_desk
from app.levels.codecision.votes.notices import NOTICES
from app.levels.codecision.votes.routes import blueprint
from app.levels.codecision.votes.rules import RULES, Do
from app.multilingual import sources
from app.subjects import Subject

sources.register(*queries.SOURCES)
registering.register(registering.Door("votes", _l("Mark who votes on paper"), Do.MARK_PAPER, queries.open_for_others))

VOTE = Subject(
    kind="vote",
    name=lazy_p("subject", "Vote"),
    read=Do.READ,
    load=queries.vote,
    title=lambda row: row.title,
    address=queries.address_of,
    visible_to=queries.visible_to,
    index_text=lambda row: f"{row.title}\n{row.question}\n{row.background}",
    personal_data=queries.personal_data,
)

METHOD = ladder.Method(
    key="votes",
    level=ladder.CODECISION,
    offered_at=(ladder.CODECISION,),
    name=lazy_p("method", "Votes"),
    invitation=_l("Read what it is about, and vote."),
    figure=lambda votes: plural("%(num)s vote", "%(num)s votes", votes),
    blueprints=(blueprint, vote_desk),
    home="vote_desk.index",
    rules=RULES,
    events=EVENTS,
    subjects=(VOTE,),
    ready=queries.unready,
    participants=queries.participants,
    notices=NOTICES,
    exports=EXPORTS,
    demo=fill,
    settled=queries.unsettled,
)
