"""Dialogues take no party's side: nothing here has a place for a party, and no text of staff names one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app import db
from app.dialogues import service
from app.dialogues.intake import neutral
from app.dialogues.intake import service as intake
from app.dialogues.models import ScopeItem
from app.dialogues.problems import NotAccepted
from app.dialogues.stages import Stage
from app.permissions import Refusal, Role
from tests.factories.dialogues import make_whole
from tests.factories.intake import make_change
from tests.factories.people import make_actor

ROOT = Path(__file__).parents[3]
PARTIES = re.compile(
    r"\b(centerpartiet|kristdemokrat|liberalerna|miljöpartiet|moderaterna|socialdemokrat|sverigedemokrat|vänsterpartiet|"
    r"folkpartiet|piratpartiet|الحزب)",
    re.IGNORECASE,
)
PARTY_FIELD = re.compile(r"(^|_)(party|parties|parti|fraction)(_|$)")


@pytest.mark.requirement("R24")
def test_no_template_catalogue_or_code_names_a_party():
    files = [
        *(ROOT / "app").rglob("*.html"), *(ROOT / "app").rglob("*.txt"), *(ROOT / "app").rglob("*.py"),
        *(ROOT / "app").rglob("*.toml"), *(ROOT / "app/static").rglob("*.svg"), *(ROOT / "translations").rglob("*.po"),
    ]  # fmt: skip
    assert len(files) > 300
    assert [str(file.relative_to(ROOT)) for file in files if PARTIES.search(file.read_text(encoding="utf-8"))] == []


@pytest.mark.requirement("R24")
def test_nothing_that_is_kept_or_asked_for_has_a_place_for_a_party(the_app):
    columns = [f"{table.name}.{column.name}" for table in db.Base.metadata.tables.values() for column in table.columns]
    roles = [role.value for role in Role]
    assert len(columns) > 300
    assert [one for one in (*columns, *roles) if PARTY_FIELD.search(one.rpartition(".")[2])] == []


@pytest.mark.requirement("R24")
@pytest.mark.parametrize(
    ("field", "part"),
    [("title", "fraga"), ("question", "fraga"), ("summary", "beskrivning"), ("purpose", "syfte"), ("promise", "lofte"),
     ("affected", "lofte")],
)  # fmt: skip
def test_a_text_of_staff_that_names_a_party_stops_the_preparation(unit, field, part):
    dialogue = make_whole(Stage.ASSESSED)
    setattr(dialogue, field, "Det är moderaternas förslag.")
    db.session().flush()
    (lack,) = service.missing(dialogue, Stage.PREPARED)
    assert lack.address[1]["part"] == part
    assert "Moderaterna" in str(lack.sentence)
    with pytest.raises(Refusal):
        service.move(make_actor(Role.OFFICIAL), dialogue, Stage.PREPARED)


@pytest.mark.requirement("R24")
def test_so_does_what_is_open_and_fixed_and_what_is_considered(unit):
    dialogue = make_whole(Stage.ASSESSED)
    db.session().add(ScopeItem(dialogue_id=dialogue.id, position=9, is_open=True, text="Som Liberalerna vill"))
    db.session().flush()
    assert [lack.address[0] for lack in service.missing(dialogue, Stage.PREPARED)] == ["dialogues.scope"]
    for wrong in ("reason", "considered_by"):
        said = {"reason": "Lagen.", "considered_by": "Kommunstyrelsen", wrong: "Centerpartiet"}
        with pytest.raises(NotAccepted) as refused:
            intake.consider(make_actor(Role.OFFICIAL), make_change(), 0, dialogue_id=None, **said)
        assert refused.value.field == wrong


@pytest.mark.parametrize("text", ["centerpartiets förslag", "MODERATERNA", "(Vänsterpartiet)", "a\nLiberalerna"])
def test_a_party_is_seen_however_it_is_written(the_app, text):
    assert neutral.party_in("ett", text)


@pytest.mark.parametrize("text", ["", "Centern av staden", "liberal", "moderaternaxyz", "ett miljöpartis"])
def test_other_words_are_left_alone(the_app, text):
    assert not neutral.party_in(text)
