"""The manifest of surveys."""

from app import ladder
from app.i18n import lazy as _l
from app.i18n import lazy_p
from app.levels.consultation.surveys import models  # noqa: F401  # tables
from app.levels.consultation.surveys.events import EVENTS
from app.levels.consultation.surveys.manage import blueprint as survey_desk
from app.levels.consultation.surveys.routes import blueprint
from app.levels.consultation.surveys.rules import RULES

METHOD = ladder.Method(
    key="surveys",
    level=ladder.CONSULTATION,
    offered_at=ladder.from_here_up(ladder.CONSULTATION),
    name=lazy_p("method", "Surveys"),
    invitation=_l("Take part"),
    blueprints=(blueprint, survey_desk),
    home="survey_desk.index",
    rules=RULES,
    events=EVENTS,
    subjects=(),
    ready=lambda _dialogue_id: [],
    participants=lambda _dialogue_id: (),
    notices=(),
    exports=(),
    demo=lambda _town: None,
)
