"""The texts of a preparation that residents read: the groups that are invited, what is done for some, and costs."""

from __future__ import annotations

from collections.abc import Mapping

from app import subjects
from app.dialogues.preparation import queries
from app.dialogues.preparation.models import CostItem, Stakeholder
from app.dialogues.queries import Dossier
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.multilingual.queries import Row
from app.multilingual.sources import Item, Source, labels

GROUP_FIELDS: Mapping[str, tuple[LazyText, int]] = {
    "who": (_l("Group that is invited"), 120),
    "activity": (_l("What is done so that it is heard"), 300),
    "follow_up": (_l("What they said, or why nobody came"), 600),
}
COST_FIELDS: Mapping[str, tuple[LazyText, int]] = {"text": (_l("What costs"), 200)}


def row_of_group(row: Stakeholder) -> Row:
    return subjects.key("stakeholder", row.id), {one: (getattr(row, one), None) for one in GROUP_FIELDS}


def row_of_cost(row: CostItem) -> Row:
    return subjects.key("cost_item", row.id), {"text": (row.text, None)}


def rows_of(dossier: Dossier) -> list[Row]:
    """What the public pages of a dialogue show of its preparation."""
    groups = map(row_of_group, queries.affected(dossier))
    return [*groups, *map(row_of_cost, dossier.rows(CostItem))]


def _items(rows: list[Row], titles: Mapping[str, str], fields: Mapping[str, tuple[LazyText, int]]) -> list[Item]:
    return [
        Item(key, titles[key], field, label, texts[field][0], longest=longest)
        for key, texts in rows
        for field, (label, longest) in fields.items()
    ]


def _of_groups(dialogue_id: int | None) -> list[Item]:
    groups = queries.invited_to(dialogue_id) if dialogue_id is not None else []
    titles = {subjects.key("stakeholder", row.id): row.who for row in groups}
    return _items([row_of_group(row) for row in groups], titles, GROUP_FIELDS)


def _of_costs(dialogue_id: int | None) -> list[Item]:
    costs = queries.costs_of(dialogue_id) if dialogue_id is not None else []
    titles = {subjects.key("cost_item", row.id): row.text for row in costs}
    return _items([row_of_cost(row) for row in costs], titles, COST_FIELDS)


SOURCES = (
    Source("stakeholder", lazy_p("subject", "Groups that are invited"), labels(GROUP_FIELDS), _of_groups),
    Source("cost_item", lazy_p("subject", "Costs"), labels(COST_FIELDS), _of_costs),
)
