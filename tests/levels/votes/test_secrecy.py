"""What nobody can read out: not from pages, exports, dumps, logs, jobs or mails, nor from the database's own marks."""

from __future__ import annotations

import json
import logging
import random
from copy import deepcopy
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import event, select, text

from app import clock, db, ladder
from app.accounts.models import Person
from app.audit import AuditEntry
from app.ballots import queries as boxes
from app.ballots import service as engine
from app.ballots.core import opening, recount
from app.ballots.models import Envelope, ResultLine, RollEntry
from app.dialogues.models import Card, Dialogue
from app.dialogues.stages import Stage
from app.jobs import Job
from app.levels.codecision.votes import exports, queries, service
from app.levels.codecision.votes.rules import Do
from app.permissions import SYSTEM, Role, refusal
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_actor, make_person
from tests.factories.votes import make_open_vote, opened_file, private_key, vote_as
from tests.visitor import Visitor


def in_the_box(row, number=12):
    return [vote_as(make_actor(), row, str(1 + at % 3)) for at in range(number)]


def to(state, row, by=None):
    """As far as this state, by nobody in particular."""
    engine.close(row.box, SYSTEM)
    if state == "closed":
        return
    engine.seal(row.box, SYSTEM)
    if state == "sealed":
        return
    engine.take_in(row.box, by or SYSTEM, opened_file(row))
    if state == "certified":
        engine.certify(row.box, SYSTEM)


# ---------------------------------------------------------------- nothing runs


MANY = 37  # a number that no date and no time of a page holds as a word


@pytest.mark.parametrize("state", ["frozen", "closed", "sealed", "opened"])
def test_no_page_shows_a_figure_before_the_result_stands_to_anyone(the_app, isolated, state):
    """Every page of the vote and the dialogue, as every role: nothing tells how many have voted, or for what."""
    with the_app.test_request_context(), db.unit() as session:
        row = make_open_vote(make_dialogue(Stage.OPEN, level="codecision"))
        in_the_box(row, MANY)
        if state != "frozen":
            session.get_one(Dialogue, row.dialogue_id).stage = Stage.CLOSED
            to(state, row)
        number, vote_id = row.dialogue_id, row.id
        people = [make_person(), *(make_person(role) for role in Role)]
        assert refusal(make_actor(*Role), Do.READ_RESULTS, row) is not None
    one, desk = f"/dialoger/{number}-drottninggatan", f"/arbetsyta/dialoger/{number}"
    vote, ours = f"{one}/omrostning/{vote_id}", f"{desk}/omrostning"
    paths = [one, one + "/resultat", vote, vote + "/resultat", vote + "/granska", vote + "/granska/paket.json"]
    paths += ["/arbetsyta", desk, ours, f"{ours}/{vote_id}", f"{ours}/{vote_id}/rakning", f"{ours}/{vote_id}/oppning"]
    for person in people:
        visitor = Visitor(the_app).sign_in_as(person)
        for path in paths:
            page = visitor.get(path)
            said = " ".join(" ".join(m.itertext()) for m in page.find_all("main")) or page.text
            assert str(MANY) not in said.split(), f"{path} tells how many have voted"


@pytest.mark.parametrize("state", ["frozen", "closed", "sealed", "opened"])
def test_no_export_and_no_card_holds_a_figure_before_the_result_stands(unit, state):
    row = make_open_vote(make_dialogue(Stage.OPEN, level="codecision"))
    in_the_box(row)
    if state != "frozen":
        to(state, row)
    service.keep(row)
    assert db.session().get_one(Card, f"vote:{row.id}").responses is None
    for export in exports.EXPORTS:
        assert list(export.rows(row.dialogue_id)) == []
        assert export.count(row.dialogue_id) == 0


def test_what_leaves_is_figures_and_never_a_ballot_or_who_voted(unit):
    row = make_open_vote(make_dialogue(Stage.COMPILED, level="codecision"))
    row.box.state = "frozen"
    dialogue = db.session().get_one(Dialogue, row.dialogue_id)
    dialogue.stage = Stage.OPEN
    receipts = in_the_box(row)
    dialogue.stage = Stage.COMPILED
    to("certified", row)
    said = ""
    for export in exports.EXPORTS:
        header, rows = export.columns(row.dialogue_id), list(export.rows(row.dialogue_id))
        assert rows
        assert all(len(one) == len(header) for one in rows)
        assert len(rows) == export.count(row.dialogue_id)
        said += str(rows)
    people = db.session().scalars(select(Person.email)).all()
    assert not [one for one in [*receipts, *people] if one in said]


# ---------------------------------------------------------------- nothing is written down


def dumped():
    """Every row of every table, as anyone with the database sees it; without the ballot paper, which is public."""
    found = {}
    for table in db.Base.metadata.sorted_tables:
        for row in db.session().execute(select(table)).mappings():
            cells = {name: value for name, value in row.items() if (table.name, name) != ("ballot_box", "paper")}
            found.setdefault(table.name, []).append(cells)
    return found


def test_a_dump_holds_the_options_in_the_ballot_paper_only(unit):
    row = make_open_vote(make_dialogue(Stage.OPEN, level="codecision"))
    before = json.dumps(dumped(), default=repr, ensure_ascii=False)
    in_the_box(row, 9)
    after = dumped()
    for one in after.pop("ballot_envelope"):
        assert b"Stor" not in one["ciphertext"]
        assert len(one["ciphertext"]) == opening.SEALED
    said = json.dumps(after, default=repr, ensure_ascii=False)
    for option in row.options:
        assert said.count(option.text) == before.count(option.text)


def test_the_casting_transaction_names_nobody(unit, the_app):
    """The only rows written are the voter's own on the roll and their envelope: no event, no job, no mail."""
    row, actor = make_open_vote(make_dialogue(Stage.OPEN, level="codecision")), make_actor()
    db.session().flush()
    written = []

    def note(_connection, _cursor, statement, *_rest):
        if statement.split(None, 1)[0].upper() in ("INSERT", "UPDATE", "DELETE"):
            written.append(statement.split()[2 if "INTO" in statement.upper()[:12] else 1].strip('"'))

    event.listen(db.engine(), "before_cursor_execute", note)
    audit = len(db.session().scalars(select(AuditEntry)).all())
    vote_as(actor, row, "2")
    event.remove(db.engine(), "before_cursor_execute", note)
    assert set(written) == {"ballot_roll", "ballot_envelope"}
    assert len(db.session().scalars(select(AuditEntry)).all()) == audit
    assert db.session().scalars(select(Job)).all() == []


def test_logs_hold_neither_choice_nor_receipt_nor_code(the_app, isolated, caplog, capfd):
    with the_app.test_request_context(), db.unit():
        row = make_open_vote(make_dialogue(Stage.OPEN, level="codecision"))
        path = f"/dialoger/{row.dialogue_id}-drottninggatan/omrostning/{row.id}"
        person = make_person()
    visitor = Visitor(the_app).sign_in_as(person)
    with caplog.at_level(logging.DEBUG):
        visitor.get(path + "/rosta")
        visitor.submit({"choice": "3", "connection": "lives"})
        page = visitor.submit(holding=path + "/rosta")
    receipt = page.find_all("b")[0].find(".//*").text
    said = caplog.text + "".join(capfd.readouterr())
    assert len(receipt) == 19
    for secret in (receipt, "Stor gung", "choice", person.email):
        assert secret not in said


@pytest.mark.postgres
def test_no_transaction_mark_joins_a_result_to_a_voter(the_app, own_database):
    """On PostgreSQL every row says which transaction wrote it: those of the result share one, and no roll has it."""
    if db.engine().dialect.name != "postgresql":
        return
    with the_app.test_request_context():
        with db.unit():
            row = make_open_vote(make_dialogue(Stage.OPEN, level="codecision"))
            people = [make_actor() for _ in range(12)]
        for at, actor in enumerate(people):
            with db.unit():
                vote_as(actor, queries.vote(row.id), str(1 + at % 3))
        for step in ("close", "seal"):
            with db.unit():
                getattr(engine, step)(queries.vote(row.id).box, SYSTEM)
        with db.reading() as session:
            marks = {
                name: {one for (one,) in session.execute(text(statement))}
                for name, statement in {
                    "roll": "SELECT xmin::text FROM ballot_roll",
                    "sealed": "SELECT xmin::text FROM ballot_sealed",
                    "receipt": "SELECT xmin::text FROM ballot_receipt",
                }.items()
            }
        assert len(marks["sealed"]) == len(marks["receipt"]) == 1
        assert not marks["roll"] & (marks["sealed"] | marks["receipt"])
        with db.unit():
            one = queries.vote(row.id)
            engine.take_in(one.box, SYSTEM, opened_file(one))
        with db.reading() as session:
            lines = {one for (one,) in session.execute(text("SELECT xmin::text FROM ballot_result_line"))}
            assert len(lines) == 1
            assert not lines & marks["roll"]


def test_the_sealed_rows_lie_in_the_order_of_their_receipts(unit):
    row = make_open_vote(make_dialogue(Stage.OPEN, level="codecision"))
    receipts = in_the_box(row)
    to("sealed", row)
    assert db.session().scalars(select(Envelope)).all() == []
    lying = db.session().scalars(text("SELECT receipt FROM ballot_sealed")).all()
    assert lying == sorted(receipts) != receipts


def test_an_old_copy_cannot_be_opened_without_the_holders(unit):
    """What a backup from before the destruction holds is sealed: the key was never in the database."""
    row = make_open_vote(make_dialogue(Stage.OPEN, level="codecision"))
    in_the_box(row)
    to("certified", row)
    backup = boxes.sealed_file(row.box)
    said = json.dumps(dumped(), default=repr)
    assert private_key().private_bytes_raw().hex() not in said
    engine.purge(row.box, SYSTEM)
    stranger = X25519PrivateKey.generate()
    with pytest.raises(opening.Unusable):
        opening.open_all(stranger, backup)
    assert db.session().scalars(select(RollEntry)).all() == []
    assert db.session().scalars(select(ResultLine)).all()


def test_what_a_person_is_told_of_themselves_holds_no_choice(unit):
    row, actor = make_open_vote(make_dialogue(Stage.OPEN, level="codecision")), make_actor()
    vote_as(actor, row, "2")
    (told,) = queries.personal_data(actor.person_id)
    assert told == {"vote": row.id, "title": row.title, "channel": "web", "connection": "lives"}
    assert queries.personal_data(make_actor().person_id) == []


def test_whoever_has_voted_is_told_of_the_result_and_nobody_else(unit):
    row, actor = make_open_vote(make_dialogue(Stage.OPEN, level="codecision")), make_actor()
    make_actor()
    vote_as(actor, row, "2")
    assert [one.email for one in queries.participants(row.dialogue_id)] == [actor.email]


# ---------------------------------------------------------------- the recount


@pytest.fixture
def package(unit):
    row = make_open_vote(make_dialogue(Stage.OPEN, level="codecision"))
    in_the_box(row)
    clerk, other = make_actor(Role.CONTACT_CENTRE), make_actor(Role.OFFICIAL)
    service.mark_paper(clerk, row, "Ulla Berg 1948-03-02")
    engine.close(row.box, SYSTEM)
    figures = {"1": 1, "2": 0, "3": 0, "blank": 0, "invalid": 0}
    for person in (clerk, other):
        engine.enter_count(row.box, person, "Biblioteket", figures)
    engine.seal(row.box, SYSTEM)
    engine.take_in(row.box, SYSTEM, opened_file(row))
    engine.certify(row.box, SYSTEM)
    return json.loads(json.dumps(boxes.package(row.box)))


def test_a_whole_package_adds_up(package):
    assert recount.faults(package) == []
    assert package["result"] == {"1": 5, "2": 4, "3": 4}


def removed_line(p):
    p["receipts"].pop()


def added_line(p):
    p["receipts"].append("0" * 64)


def exchanged_line(p):
    p["receipts"][0] = "0" * 64


def changed_count(p):
    p["result"]["1"] += 1


def moved_votes(p):
    """Two counts that still add up to the same."""
    p["opened"]["options"]["1"] += 1
    p["opened"]["options"]["2"] -= 1
    p["result"]["1"] += 1
    p["result"]["2"] -= 1


def hidden_blank(p):
    p["opened"]["blank"] += 1


def more_paper(p):
    p["paper_counts"][0]["count"] += 1
    p["result"]["1"] += 1


def other_paper(p):
    p["paper"]["options"][0][1] = "Ett annat alternativ"


def rewritten_step(p):
    p["protocol"][1]["facts"]["count"] = 11


def lost_step(p):
    p["protocol"].pop(1)


CHANGES = [
    removed_line, added_line, exchanged_line, changed_count, moved_votes, hidden_blank, more_paper, other_paper,
    rewritten_step, lost_step,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_recount_finds_what_was_changed(package, change):
    changed = deepcopy(package)
    change(changed)
    assert recount.faults(changed) != []


def test_the_recount_says_whether_a_receipt_is_there(package, tmp_path, capsys):
    path = tmp_path / "package.json"
    path.write_text(json.dumps(package))
    one = random.Random(1).choice(package["receipts"])
    assert recount.main([str(path), opening.short(one).lower()]) == 0
    assert "finns i listan" in capsys.readouterr().out
    assert recount.main([str(path), "ABCD-ABCD-ABCD-ABCD"]) == 1
    assert recount.short(one) == opening.short(one)


def test_the_demo_result_adds_up(the_app, town_isolated):
    with db.reading():
        votes = [row for dialogue in (d for d in db.session().scalars(select(Dialogue.id))) for row in
                 queries.in_dialogue(dialogue)]  # fmt: skip
        assert {row.kind for row in votes} == {"yes_no", "single", "approval"}
        done = [row for row in votes if row.box.state == "certified"]
        assert [recount.faults(json.loads(json.dumps(boxes.package(row.box)))) for row in done] == [[]]


def test_every_method_knows_the_vote(the_app):
    method = ladder.method("votes")
    assert method.offered_at == (ladder.CODECISION,)


def test_a_late_clock_changes_nothing_of_what_was_counted(unit):
    row = make_open_vote(make_dialogue(Stage.OPEN, level="codecision"))
    in_the_box(row)
    to("closed", row)
    root = row.box.root
    clock.shift(timedelta(minutes=1))
    engine.close(row.box, SYSTEM)
    assert (row.box.root, row.box.ballots) == (root, 12)
