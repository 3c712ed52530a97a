"""The residents' lists of what is no citizen dialogue, each kind by itself. One entry is shown by `dialogues.show`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request

from app.dialogues import texts, wording
from app.dialogues.addresses import slug
from app.dialogues.kinds import queries
from app.dialogues.kinds.words import LIST_NAMES, MEANINGS
from app.dialogues.stages import STAGES_OF, Group, Kind, Stage
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.web import PUBLIC, access

blueprint = Blueprint("kinds", __name__)
FEW = 5  # of each group on the page that shows them all


@dataclass(frozen=True)
class Section:
    """One group of a list: its heading, its stages, and what stands there where it holds nothing."""

    name: LazyText
    stages: frozenset[Stage]
    empty: LazyText


SECTIONS: Mapping[Kind, Mapping[str, Section]] = {
    Kind.USER_DIALOGUE: {
        "open": Section(
            lazy_p("dialogues", "Open now"), STAGES_OF[Group.OPEN], _l("No user dialogue is open right now.")
        ),
        "coming": Section(
            lazy_p("dialogues", "Coming"), STAGES_OF[Group.COMING], _l("No user dialogue is announced right now.")
        ),
        "finished": Section(
            lazy_p("dialogues", "Finished"), STAGES_OF[Group.FINISHED], _l("No user dialogue has finished yet.")
        ),
    },
    Kind.INFORMATION: {
        "current": Section(
            lazy_p("kinds", "Current"), frozenset({Stage.ANNOUNCED}), _l("Nothing is told of here right now.")
        ),
        "earlier": Section(
            lazy_p("kinds", "Earlier"), frozenset({Stage.ARCHIVED}), _l("Nothing has been told of yet.")
        ),
    },
    Kind.STATUTORY_CONSULTATION: {
        "current": Section(
            lazy_p("kinds", "Current"), frozenset({Stage.ANNOUNCED}), _l("No consultation is held right now.")
        ),
        "earlier": Section(
            lazy_p("kinds", "Earlier"), frozenset({Stage.ARCHIVED}), _l("No consultation has ended yet.")
        ),
    },
}


@blueprint.get("/brukardialoger")
@access(PUBLIC)
def user_dialogues() -> str:
    return _list(Kind.USER_DIALOGUE)


@blueprint.get("/information")
@access(PUBLIC)
def information() -> str:
    return _list(Kind.INFORMATION)


@blueprint.get("/samrad")
@access(PUBLIC)
def consultations() -> str:
    return _list(Kind.STATUTORY_CONSULTATION)


def _list(kind: Kind) -> str:
    """A few of each group, or a page of the one that was chosen."""
    sections = SECTIONS[kind]
    chosen = request.args.get("visa", "") if request.args.get("visa", "") in sections else None
    if chosen is None:
        pages = {key: queries.listed(kind, one.stages, most=FEW) for key, one in sections.items()}
    else:
        pages = {chosen: queries.listed(kind, sections[chosen].stages, _before(request.args.get("fore", "")))}
    rows = [row for page in pages.values() for row in page.rows]
    names: dict[str, Any] = {"name": LIST_NAMES[kind], "meaning": MEANINGS[kind], "sections": sections}
    return render_template(
        "dialogues/kinds/list.html",
        chosen=chosen,
        pages=pages,
        said=texts.of_dialogues(rows),
        wording=wording,
        slug=slug,
        **names,
    )


def _before(written: str) -> int | None:
    """The id that a page begins before; None for what is no id."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else None
