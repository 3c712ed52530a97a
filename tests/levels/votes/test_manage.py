"""The officials' door, from a new vote to its destroyed ballots: every step over HTTP, and who may not take it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, db
from app.ballots import queries as boxes
from app.ballots import service as engine
from app.ballots.core import opening, recount
from app.ballots.models import BallotBox, Envelope, RollEntry, SealedBallot
from app.dialogues.events import DialogueMoved
from app.dialogues.models import Dialogue
from app.dialogues.service import clockwork, moves
from app.dialogues.stages import Stage
from app.events import emit
from app.levels.codecision.votes import queries, service
from app.levels.codecision.votes.models import Vote
from app.levels.codecision.votes.rules import Do
from app.permissions import SYSTEM, Role, refusal
from tests.factories.dialogues import make_dialogue, make_whole
from tests.factories.people import make_actor, make_person
from tests.factories.votes import (
    HOLDERS,
    PASSPHRASES,
    make_open_vote,
    make_vote,
    opened_file,
    public_file,
    the_key,
    vote_as,
)
from tests.visitor import Visitor

FRAMES = {
    "title": "Lekplatsen",
    "question": "Vilken lekplats ska byggas?",
    "kind": "single",
    "options": "Klätterborg\nVattenlek\n\n Gungor ",
    "most": "2",
    "audience": "listed",
    "eligible": "Alla i Tråvad",
    "area": "Parkvägen",
    "budget": "900 000 kronor",
    "tie": "lot",
    "level": "A",
    "min_publish": "10",
}


@pytest.fixture
def staff(the_app, isolated):
    """A browser for each role, signed in anew so that it counts as fresh."""

    def build(role):
        with db.unit():
            person = make_person(role)
        return Visitor(the_app).sign_in_as(person)

    return build


@pytest.fixture
def dialogue(the_app, isolated):
    def build(stage=Stage.DECIDED, **fields):
        with the_app.test_request_context(), db.unit():
            return make_dialogue(stage, level="codecision", **fields).id

    return build


def desk(dialogue_id, tail=""):
    return f"/arbetsyta/dialoger/{dialogue_id}/omrostning{tail}"


def file(content, name="file.json"):
    return (io.BytesIO(content), name)


def the_vote(dialogue_id):
    (row,) = queries.in_dialogue(dialogue_id)
    return row


def test_from_a_new_vote_to_one_that_may_be_announced(staff, dialogue):
    number, lead = dialogue(), staff(Role.OFFICIAL)
    lead.get(desk(number, "/ny"))
    page = lead.submit(FRAMES)
    assert page.status == 200
    assert "Klätterborg · Vattenlek · Gungor" in page.words
    with db.reading():
        row = the_vote(number)
        assert len(queries.unready(number)) == 2
    here = desk(number, f"/{row.id}")
    lead.get(here + "/roster")
    assert lead.submit({"addresses": "ingen adress"}).status == 422
    lead.submit({"addresses": "A@example.se\na@example.se\nb@example.se"})
    assert "2 people can vote." in lead.page.words
    lead.get(here + "/nyckel")
    assert lead.submit({"file": file(b'{"format": "ballot-key/1"}')}).status == 422
    lead.get(here + "/nyckel")
    page = lead.submit({"file": file(public_file())})
    assert opening.fingerprint(bytes.fromhex(the_key()[0]["public_key"])) in page.words
    trial = json.loads(lead.get(here + "/nyckel/trial.json").text)
    files = the_key()[1]
    for one, other in opening.pairs():
        pair = f"{one}-{other}"
        key = opening.joined([files[one - 1], files[other - 1]], [PASSPHRASES[one - 1], PASSPHRASES[other - 1]])
        lead.get(here + "/nyckel")
        assert lead.submit({"pair": pair, "word": "fel"}, holding="word").status == 422
        with db.reading():
            assert queries.unready(number), "announced without every trial"
        word = opening.tried(key, pair, bytes.fromhex(trial["pairs"][pair]))
        assert lead.submit({"pair": pair, "word": word.upper()}, holding="word").status == 200
    with db.reading():
        assert queries.unready(number) == []


def test_a_new_key_must_be_tried_anew(staff, dialogue):
    number, lead = dialogue(), staff(Role.OFFICIAL)
    with db.unit() as session:
        row = make_vote(session.get_one(Dialogue, number))
        assert queries.unready(number) == []
    lead.get(desk(number, f"/{row.id}/nyckel"))
    lead.submit({"file": file(public_file())})
    with db.reading():
        assert len(queries.unready(number)) == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"options": "Bara en"}, "Write from 2 to"),
        ({"options": "Samma\nsamma"}, "Two options are the same."),
        ({"options": "x" * 201 + "\ny"}, "at most 200 characters"),
        ({"min_publish": "9"}, "Write a whole number from 10"),
        ({"most": "x"}, "Write a whole number from 1"),
        ({"audience": "declared"}, "Choose at least one connection."),
        ({"area": "", "budget": ""}, "Say which area it concerns."),
        ({"kind": "ranking"}, ""),
        ({"tie": ""}, ""),
    ],
)
def test_frames_that_do_not_hold_are_not_taken(staff, dialogue, changed, sentence):
    number, lead = dialogue(), staff(Role.OFFICIAL)
    lead.get(desk(number, "/ny"))
    page = lead.submit({"connections": [], **FRAMES, **changed})
    assert page.status == 422
    assert sentence in page.words
    with db.reading():
        assert queries.in_dialogue(number) == []


def test_frames_are_changed_and_options_with_them_until_the_announcement(staff, dialogue):
    number, lead = dialogue(), staff(Role.OFFICIAL)
    with db.unit() as session:
        row = make_vote(session.get_one(Dialogue, number))
    here = desk(number, f"/{row.id}")
    page = lead.get(here + "/ramar")
    assert "Vattenlek och sandlåda" in page.text
    lead.submit({**FRAMES, "options": "Ja tack\nNej tack", "audience": "codes"})
    assert "Ja tack · Nej tack" in lead.page.words
    with db.unit() as session:
        session.get_one(Dialogue, number).stage = Stage.ANNOUNCED
    for tail in ("/ramar", "/roster", "/nyckel", "/bort"):
        assert lead.get(here + tail).status == 403, tail


def test_codes_come_as_a_file_once_and_can_be_taken_away(staff, dialogue):
    number, lead = dialogue(), staff(Role.OFFICIAL)
    with db.unit() as session:
        row = make_vote(session.get_one(Dialogue, number), "codes")
    here = desk(number, f"/{row.id}/roster")
    lead.get(here)
    page = lead.submit({"number": "25"})
    lines = page.text.strip().splitlines()
    assert len(lines) == 26
    code = lines[1].split(";")[1]
    assert code not in lead.get(here).text
    with db.reading() as session:
        assert len(session.scalars(select(RollEntry)).all()) == 25
        assert boxes.entry_by_code(queries.vote(row.id).box, code) is not None
    lead.submit(holding=here + "/koder/bort")
    with db.reading() as session:
        assert session.scalars(select(RollEntry)).all() == []


def test_the_announcement_freezes_the_paper_and_the_vote_opens_by_the_clock(the_app, staff, isolated):
    with the_app.test_request_context(), db.unit():
        row = make_whole(Stage.DECIDED, level="codecision", opens_at=clock.now() + timedelta(days=1))
        vote = make_vote(row)
        moves.move(make_actor(Role.OFFICIAL), row, Stage.ANNOUNCED)
        box = queries.vote(vote.id).box
        assert box.state == "frozen"
        assert box.paper["options"] == [[str(n), one.text] for n, one in enumerate(vote.options, 1)]
        assert box.paper_hash == opening.hash_of(box.paper)
        assert [step.step for step in boxes.protocol(box)] == ["frozen"]


def test_a_dialogue_whose_vote_lacks_its_trials_is_not_announced(the_app, isolated):
    with the_app.test_request_context(), db.unit():
        row = make_whole(Stage.DECIDED, level="codecision", opens_at=clock.now() + timedelta(days=1))
        vote = make_vote(row)
        boxes.trials(vote.box)[0].passed = False
        missing = moves.missing(row, Stage.ANNOUNCED)
        assert [one.address[0] for one in missing] == ["vote_desk.key"]


@pytest.fixture
def voted(the_app, isolated):
    """An open vote with twelve ballots and one person on the roll by paper: the dialogue's and the vote's ids."""
    with the_app.test_request_context(), db.unit():
        row = make_open_vote(make_dialogue(Stage.OPEN, level="codecision"))
        for number in range(12):
            vote_as(make_actor(), row, str(1 + number % 3))
        return row.dialogue_id, row.id


def test_paper_is_marked_while_the_vote_is_open(staff, voted):
    number, vote_id = voted
    centre = staff(Role.CONTACT_CENTRE)
    path = desk(number, f"/{vote_id}/papper")
    centre.get(path)
    assert "Hand out a ballot paper." in centre.submit({"who": "Ulla Berg 1948-03-02"}).words
    assert centre.submit({"who": "Ulla Berg 1948-03-02"}).status == 422
    assert staff(Role.MODERATOR).get(path).status == 403
    clock.shift(timedelta(days=8))
    assert staff(Role.CONTACT_CENTRE).get(path).status == 403


def close(app, number):
    clock.shift(timedelta(days=8))
    with app.app_context(), db.unit() as session:
        dialogue = session.get_one(Dialogue, number)
        moves.move(SYSTEM, dialogue, Stage.CLOSED)


def counted(visitor, path, station, figures):
    visitor.get(path)
    return visitor.submit({"station": station, **{f"count_{key}": str(value) for key, value in figures.items()}})


FIGURES = {"1": 1, "2": 0, "3": 0, "blank": 0, "invalid": 0}


def test_two_people_count_and_only_figures_that_agree_stand(the_app, staff, voted):
    number, vote_id = voted
    staff(Role.OFFICIAL).get(desk(number, f"/{vote_id}/papper"))
    close(the_app, number)
    first, second, path = staff(Role.OFFICIAL), staff(Role.CONTACT_CENTRE), desk(number, f"/{vote_id}/rakning")
    assert "Somebody else now enters" in counted(first, path, "Biblioteket", FIGURES).words
    assert counted(first, path, "Biblioteket", FIGURES).status == 422
    page = second.get(path)
    assert "Entered by one" in page.words
    assert 'value="1"' not in page.text.replace('name="csrf_token" value="1', "")
    page = counted(second, path, "Biblioteket", {**FIGURES, "2": 1})
    assert "The two counts differ." in page.words
    assert "Biblioteket" not in second.get(path).words
    counted(first, path, "Biblioteket", FIGURES)
    assert "agree, and are confirmed" in counted(second, path, "Biblioteket", FIGURES).words
    assert counted(second, path, "Biblioteket", FIGURES).status == 422
    with db.reading():
        steps = [step.step for step in boxes.protocol(queries.vote(vote_id).box)]
        assert steps == ["frozen", "closed", "paper_differs", "paper_counted"]


def test_from_closing_to_destroyed_ballots(the_app, staff, voted):
    number, vote_id = voted
    here = desk(number, f"/{vote_id}")
    assert staff(Role.OFFICIAL).get(here + "/blandning").status == 403
    close(the_app, number)
    lead = staff(Role.OFFICIAL)
    assert lead.get(here + "/oppning").status == 403
    lead.get(here + "/blandning")
    lead.submit()
    with db.reading() as session:
        assert session.scalars(select(Envelope)).all() == []
        assert len(session.scalars(select(SealedBallot)).all()) == 12
    lead.get(here + "/oppning")
    sealed = json.loads(lead.submit(holding=here + "/oppning/sealed.json").text)
    assert sealed["count"] == len(sealed["ballots"]) == 12
    with db.reading():
        result = opened_file(queries.vote(vote_id))
    for wrong in (b"", b"[]", b"{}", result.replace(b'"valid":12', b'"valid":11'), result[:-9]):
        lead.get(here + "/oppning")
        assert lead.submit({"file": file(wrong)}, holding="file").status == 422
    lead.get(here + "/oppning")
    lead.submit({"file": file(result)}, holding="file")
    assert lead.get(here + "/faststallande").status == 403, "certified by a lead"
    secretary = staff(Role.SECRETARY)
    assert "4" not in secretary.get(here).words.partition("Fewest")[0].partition("The frames")[2]
    with db.reading():
        assert [str(lack.sentence) for lack in queries.unsettled(number)] == [
            "The result of the vote “Lekplatsen i Tråvad” must be certified first."
        ], "published before it is certified"
    secretary.get(here + "/faststallande")
    secretary.submit()
    with db.unit() as session:
        row = queries.vote(vote_id)
        assert queries.unsettled(number) == []
        assert boxes.result(row.box)["options"] == {"1": 4, "2": 4, "3": 4}
        assert recount.faults(json.loads(json.dumps(boxes.package(row.box)))) == []
        session.get_one(Dialogue, number).stage = Stage.FED_BACK
    lead.get(here + "/gallring")
    lead.submit()
    with db.reading() as session:
        row = queries.vote(vote_id)
        assert row.box.state == "purged"
        assert session.scalars(select(SealedBallot)).all() == []
        assert session.scalars(select(RollEntry)).all() == []
        assert boxes.result(row.box)["options"] == {"1": 4, "2": 4, "3": 4}
        assert recount.faults(json.loads(json.dumps(boxes.package(row.box)))) == []


def test_whoever_took_in_the_opening_does_not_certify_it(the_app, voted):
    number, vote_id = voted
    close(the_app, number)
    with the_app.app_context(), db.unit():
        row, person = queries.vote(vote_id), make_actor(Role.SECRETARY)
        engine.seal(row.box, person)
        engine.take_in(row.box, person, opened_file(row))
        assert refusal(person, Do.CERTIFY, row).code == "same"
        assert refusal(make_actor(Role.SECRETARY), Do.CERTIFY, row) is None


def test_with_too_few_ballots_the_box_stays_sealed_and_the_vote_ends_all_the_same(the_app, staff, isolated):
    with the_app.test_request_context(), db.unit():
        row = make_open_vote(make_dialogue(Stage.OPEN, level="codecision"))
        for _ in range(9):
            vote_as(make_actor(), row, "1")
        number, vote_id = row.dialogue_id, row.id
    close(the_app, number)
    here = desk(number, f"/{vote_id}")
    lead, secretary = staff(Role.OFFICIAL), staff(Role.SECRETARY)
    lead.get(here + "/blandning")
    lead.submit()
    page = lead.get(here + "/oppning")
    assert page.status == 403
    assert "Too few have voted" in page.words
    secretary.get(here + "/faststallande")
    secretary.submit()
    with db.unit() as session:
        row = queries.vote(vote_id)
        assert queries.unsettled(number) == []
        assert boxes.result(row.box) is None
        assert boxes.package(row.box)["result"] is None
        session.get_one(Dialogue, number).stage = Stage.COMPILED
    page = Visitor(the_app).get(f"/dialoger/{number}-drottninggatan/omrostning/{vote_id}/resultat")
    assert "The ballots were not opened." in page.words


def test_a_called_off_vote_destroys_its_ballots_unopened(the_app, voted):
    number, vote_id = voted
    with the_app.app_context(), db.unit() as session:
        emit(
            DialogueMoved(
                subject=f"dialogue:{number}", actor=None, dialogue_id=number, from_stage="open", to_stage="cancelled",
                note="",
            )
        )  # fmt: skip
        assert session.scalars(select(Envelope)).all() == []
        assert queries.vote(vote_id).box.state == "void"


def test_on_level_b_the_holders_make_try_and_open_on_the_server(the_app, staff, dialogue):
    number, lead = dialogue(), staff(Role.OFFICIAL)
    lead.get(desk(number, "/ny"))
    lead.submit({**FRAMES, "level": "B", "audience": "declared", "connections": ["lives"]})
    with db.reading():
        vote_id = the_vote(number).id
    here = desk(number, f"/{vote_id}")
    names = dict(zip(("first", "second", "third"), HOLDERS, strict=True))
    secrets = {f"{one}_passphrase": text for one, text in zip(names, PASSPHRASES, strict=True)}
    lead.get(here + "/nyckel/har")
    assert lead.submit({**names, **secrets, "third": HOLDERS[0]}).status == 422
    lead.get(here + "/nyckel/har")
    token = lead.page.form().find(".//*[@name='csrf_token']").get("value")
    response = lead.client.post(here + "/nyckel/har", data={**names, **secrets, "csrf_token": token})
    with zipfile.ZipFile(io.BytesIO(response.get_data())) as archive:
        files = [archive.read(f"holder-{n}.json") for n in (1, 2, 3)]

    def together(path, one, other, passphrases=PASSPHRASES):
        lead.get(path)
        return lead.submit(
            {
                "first_file": file(files[one]), "first_passphrase": passphrases[one],
                "second_file": file(files[other]), "second_passphrase": passphrases[other],
            }
        )  # fmt: skip

    assert together(here + "/nyckel/prov/har", 0, 0).status == 422
    assert together(here + "/nyckel/prov/har", 0, 1, ("fel",) * 3).status == 422
    for one, other in ((0, 1), (2, 0), (1, 2)):
        assert together(here + "/nyckel/prov/har", one, other).status == 200
    with the_app.test_request_context(), db.unit() as session:
        assert queries.unready(number) == []
        session.get_one(Dialogue, number).stage = Stage.OPEN
        row = the_vote(number)
        service.freeze(SYSTEM, row)
        for n in range(12):
            vote_as(make_actor(), row, str(1 + n % 3))
        engine.close(row.box, SYSTEM)
        engine.seal(row.box, SYSTEM)
        session.get_one(Dialogue, number).stage = Stage.CLOSED
    assert together(here + "/oppning/har", 2, 1).status == 200
    with db.reading() as session:
        box = session.scalars(select(BallotBox)).one()
        assert (box.state, box.opened["valid"]) == ("opened", 12)
        stored = str(session.execute(select(BallotBox.__table__)).all())
        assert not any(text in stored for text in PASSPHRASES)


def test_on_level_a_nothing_is_opened_on_the_server(the_app, staff, voted):
    number, vote_id = voted
    close(the_app, number)
    with db.unit():
        engine.seal(queries.vote(vote_id).box, SYSTEM)
    lead, files = staff(Role.OFFICIAL), the_key()[1]
    lead.get(desk(number, f"/{vote_id}/oppning/har"))
    page = lead.submit(
        {
            "first_file": file(json.dumps(files[0]).encode()), "first_passphrase": PASSPHRASES[0],
            "second_file": file(json.dumps(files[1]).encode()), "second_passphrase": PASSPHRASES[1],
        }
    )  # fmt: skip
    assert page.status == 422
    assert "never on the server" in page.words


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICIAL])
def test_only_a_lead_makes_a_vote(staff, dialogue, role):
    assert staff(role).get(desk(dialogue(), "/ny")).status == 403


def test_at_another_level_no_vote_is_made(the_app, staff, isolated):
    with the_app.test_request_context(), db.unit():
        number = make_dialogue(Stage.DECIDED, level="influence").id
    lead = staff(Role.OFFICIAL)
    assert lead.get(desk(number, "/ny")).status == 403
    with db.reading() as session:
        assert session.scalars(select(Vote)).all() == []


def test_the_clock_closes_what_is_due(the_app, voted):
    _, vote_id = voted
    clock.shift(timedelta(days=8))
    with the_app.app_context():
        clockwork.tick()
    with db.reading():
        assert queries.vote(vote_id).box.state == "closed"


def test_officials_pages_cost_few_statements(staff, voted, count_statements):
    number, vote_id = voted
    lead = staff(Role.OFFICIAL)
    for tail in ("", f"/{vote_id}", f"/{vote_id}/papper"):
        before = len(count_statements)
        lead.get(desk(number, tail))
        spent = count_statements[before:]
        assert len(spent) <= 12, f"{tail}: {len(spent)}\n" + "\n".join(spent)
