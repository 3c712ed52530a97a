"""The trend over dialogues, year by year: made of the figures that their pages show, and of nothing else.

So a year gives nothing away that is hidden in one of its dialogues, whoever subtracts whatever.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app import clock, db
from app.dialogues.evaluation import figures
from app.dialogues.evaluation.models import ExperienceYear, Inquiry
from app.dialogues.evaluation.standard import Circle


def renew(year: int) -> None:
    """Make the figures of a year anew, in the open unit."""
    begins, ends = (clock.from_local(datetime(one, 1, 1)) for one in (year, year + 1))  # noqa: DTZ001  # wall time
    rows = select(Inquiry).where(Inquiry.kind == Circle.TOLD, Inquiry.counted_at.is_not(None))
    rows = rows.where(Inquiry.opened_at >= begins, Inquiry.opened_at < ends).execution_options(yield_per=200)
    told: dict[str, dict[str, int]] = {}
    asked = 0
    for row in db.session().scalars(rows):
        asked += 1
        for indicator, yes, people in figures.said_yes(row):
            sums = told.setdefault(indicator, {"dialogues": 0, "people": 0, "yes": 0})
            sums["dialogues"] += 1
            sums["people"] += people
            sums["yes"] += yes
    db.lock_key(f"evaluation year:{year}")
    kept = db.session().get(ExperienceYear, year) or ExperienceYear(year=year)
    kept.dialogues, kept.figures, kept.made_at = asked, told, clock.now()
    db.session().add(kept)
    db.session().flush()
