"""The manifest of articles: pages and news, in a dialogue or for the site."""

from __future__ import annotations

from app import ladder, subjects
from app.files import owners
from app.i18n import lazy as _l
from app.i18n import lazy_p
from app.levels.information.articles import demo, manage, queries, routes
from app.levels.information.articles.events import EVENTS
from app.levels.information.articles.exports import EXPORTS
from app.levels.information.articles.notices import NOTICES
from app.levels.information.articles.rules import RULES, Do
from app.levels.information.articles.service import PICTURES
from app.multilingual import sources
from app.permissions import Actor, can

ARTICLE = subjects.Subject(
    kind="article",
    name=lazy_p("subject", "Article"),
    read=Do.READ,
    load=queries.article,
    title=lambda row: row.title,
    address=queries.address_of,
    visible_to=queries.visible_to,
    index_text=lambda row: f"{row.title}\n{row.lead}\n{row.body}",
)


def _picture_is_visible(file_id: int, actor: Actor) -> bool:
    """A picture is seen by those who may read the article that it stands in."""
    row = queries.of_picture(file_id)
    return row is not None and can(actor, Do.READ, row)


# Pictures and translations are judged on lower floors, which cannot ask a method: the method tells them.
owners.register(owners.Owner(PICTURES, _picture_is_visible, queries.pictures_in_use))
sources.register(
    sources.Source("article", lazy_p("subject", "Article"), sources.labels(queries.FIELDS), queries.translatable)
)

METHOD = ladder.Method(
    key="articles",
    level=ladder.INFORMATION,
    offered_at=ladder.from_here_up(ladder.INFORMATION),
    name=lazy_p("method", "Articles"),
    invitation=_l("Read about the matter"),
    figure=str,  # its cards count nothing
    blueprints=(routes.blueprint, manage.blueprint),
    home="article_desk.index",
    rules=RULES,
    events=EVENTS,
    subjects=(ARTICLE,),
    ready=lambda _dialogue_id: [],
    participants=lambda _dialogue_id: (),
    notices=NOTICES,
    exports=EXPORTS,
    demo=demo.fill,
)
