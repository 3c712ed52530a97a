"""The accessibility statement as data: whoever finds or mends a fault changes a row here, and the page follows.

The wording of the status is fixed by law; what is not accessible is listed with its reason and a way around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.i18n import LazyText
from app.i18n import lazy as _l


class Status(StrEnum):
    FULLY = "fully"
    PARTLY = "partly"
    NOT = "not"


STATUS_WORDS = {
    Status.FULLY: _l("This site is fully compliant with the law on accessibility to digital public service."),
    Status.PARTLY: _l("This site is partly compliant with the law on accessibility to digital public service."),
    Status.NOT: _l("This site is not compliant with the law on accessibility to digital public service."),
}


@dataclass(frozen=True)
class Issue:
    """One thing that is known not to be accessible. `criterion` is its number in WCAG 2.1."""

    what: LazyText
    criterion: str
    why: LazyText
    instead: LazyText
    mended_by: date


@dataclass(frozen=True)
class Statement:
    """Everything that the page says and that changes with time."""

    status: Status
    issues: tuple[Issue, ...]
    method: LazyText
    assessed_on: date
    updated_on: date

    @property
    def status_words(self) -> LazyText:
        return STATUS_WORDS[self.status]


STATEMENT = Statement(
    status=Status.PARTLY,
    issues=(
        Issue(
            what=_l("Not every text exists in every language of the site."),
            criterion="3.1.2",
            why=_l(
                "Dialogues are written in Swedish and translated by people. Until that is done, the Swedish text is "
                "shown and marked as Swedish, so that a screen reader reads it correctly."
            ),
            instead=_l("Call us, and we explain the text to you, with an interpreter if you want."),
            mended_by=date(2027, 12, 31),
        ),
        Issue(
            what=_l("Documents that others have made, such as minutes, may be hard to read with a screen reader."),
            criterion="1.3.1",
            why=_l("We link to minutes where the municipality keeps them, and some are old or scanned."),
            instead=_l("Ask us for the text in another form."),
            mended_by=date(2027, 12, 31),
        ),
    ),
    method=_l(
        "We have tested the site ourselves: every page by automatic checks in the languages of the site, in light and "
        "dark, on narrow screens and without scripts, and with a keyboard. Nobody outside has assessed it yet."
    ),
    assessed_on=date(2026, 11, 23),
    updated_on=date(2026, 11, 23),
)
