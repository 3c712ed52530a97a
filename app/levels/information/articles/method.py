"""The manifest of articles."""

from app import ladder
from app.i18n import lazy as _l
from app.i18n import lazy_p
from app.levels.information.articles import models  # noqa: F401  # tables

METHOD = ladder.Method(
    key="articles",
    level=ladder.INFORMATION,
    offered_at=ladder.from_here_up(ladder.INFORMATION),
    name=lazy_p("method", "Articles"),
    invitation=_l("Take part"),
    blueprints=(),
    home="",
    rules={},
    events=(),
    subjects=(),
    ready=lambda _dialogue_id: [],
    participants=lambda _dialogue_id: (),
    notices=(),
    exports=(),
    demo=lambda _town: None,
)
