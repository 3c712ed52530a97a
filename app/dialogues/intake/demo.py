"""The demo municipality's considerations: what each assessment says beside the criteria."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.dialogues.intake import areas
from app.dialogues.intake.gate import Rest

Entry = Mapping[str, Any]  # one [[dialogue]] of demo_dialogues.toml
POSITION = ("no", "Nämnden har sagt att den väntar med sitt ställningstagande tills svaren är sammanställda.")
PRIOR = ("no", "Vi har gått igenom nämndens protokoll. Inget är beslutat i ärendet.")
AREA = "Det är kommunens uppgift, och nämnden har pengar och rätt att besluta."
VALUE = (
    "De som berörs vet hur det fungerar i vardagen. Det står inte i våra underlag, och utan det blir förslaget sämre."
)


def rest_of(entry: Entry) -> Rest:
    """What is answered beside the criteria: by the entry, else so that nothing stands against it."""
    position, prior = entry.get("position", POSITION), entry.get("prior", PRIOR)
    return Rest(
        position=position[0],
        position_reason=position[1],
        prior=prior[0],
        prior_reason=prior[1],
        area=entry.get("area") or _of_body(entry.get("body", "")),
        area_reason=entry.get("area_reason", AREA),
        value=entry.get("value", VALUE),
        case_number=entry.get("case", ""),
    )


def _of_body(body_key: str) -> str:
    """The first area of this body; where it has none, what concerns the whole municipality comes last of ours."""
    ours = [one for one in areas.areas() if one.is_ours]
    return next((one.key for one in ours if one.body_key == body_key), ours[-1].key)
