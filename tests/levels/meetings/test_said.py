"""What was said at a meeting: typed in by those who held it, by nobody's name, read and judged like other texts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app import clock, db
from app.contributions.models import Contribution
from app.dialogues.stages import Stage
from app.levels.information.meetings import exports, queries, service
from app.levels.information.meetings.core.said import LONGEST_LINE, Line, TooLong, lines_of
from app.levels.information.meetings.models import Meeting
from app.levels.information.meetings.service import Entry
from app.moderation import queries as moderation
from app.moderation import service as moderators
from app.moderation.service import Seen
from app.permissions import Refusal, Role
from app.reviews.models import State
from tests.factories.dialogues import make_dialogue
from tests.factories.meetings import guest, make_meeting, say
from tests.factories.people import make_actor, make_person
from tests.mailbox import Mailbox
from tests.visitor import Visitor

TYPED = """
# Bord 1: träd
- Plantera lindar.
  • Inte fler granar.

# Bord 2
Lägre fart på Torggatan.
"""
LINES = [
    Line("Plantera lindar.", "Bord 1: träd"),
    Line("Inte fler granar.", "Bord 1: träd"),
    Line("Lägre fart på Torggatan.", "Bord 2"),
]


def held(**fields: object) -> Meeting:
    """A meeting of an open dialogue that has been held."""
    ago = {"starts_at": clock.now() - timedelta(hours=3), "ends_at": clock.now() - timedelta(hours=1)}
    return make_meeting(make_dialogue().id, **{**ago, **fields})


def enter(row: Meeting, key: str = "a form", **how: object) -> bool:
    return service.enter(make_actor(Role.OFFICIAL), row, Entry(LINES, "sv", **how), key)  # type: ignore[arg-type]


def lines_at(row: Meeting) -> list[Contribution]:
    wanted = select(Contribution).where(Contribution.container_id == queries.talk_of(row.id))
    return list(db.session().scalars(wanted.order_by(Contribution.id)))


@pytest.fixture
def meeting(the_app, isolated) -> Meeting:
    with the_app.test_request_context(), db.unit():
        return held()


def sign_in(the_app, *roles: Role) -> Visitor:
    with db.unit():
        person = make_person(*roles)
    return Visitor(the_app).sign_in_as(person)


def public(row: Meeting) -> str:
    return f"/dialoger/{row.dialogue_id}-drottninggatan/moten/{row.id}"


def desk(row: Meeting) -> str:
    return f"/arbetsyta/dialoger/{row.dialogue_id}/moten/{row.id}/sagt"


def test_lines_are_read_as_they_are_typed():
    assert lines_of(TYPED) == (LINES, [])
    assert lines_of("x" * (LONGEST_LINE + 1))[1] == [TooLong(1, LONGEST_LINE)]
    assert lines_of("\n#" + "x" * 81)[1] == [TooLong(2, 80)]
    assert lines_of("# Bord 1\n#\nUtan tema")[0] == [Line("Utan tema")]


@given(st.text())
def test_whatever_is_typed_no_line_is_empty(typed):
    assert all(line.text.strip() for line in lines_of(typed)[0])


def test_nobody_is_the_author_and_staff_are_kept_apart(unit):
    row = held()
    lead = make_actor(Role.OFFICIAL)
    service.enter(lead, row, Entry(LINES, "ar"), "a form")
    first, _second, third = lines_at(row)
    assert (first.person_id, first.registered_by, first.role, first.channel) == (None, lead.person_id, "", "meeting")
    assert (first.text, first.name, third.name, first.language) == ("Plantera lindar.", "Bord 1: träd", "Bord 2", "ar")
    assert all(line.is_public for line in (first, third))


def test_a_form_sent_twice_counts_once_and_another_adds(unit):
    row = held()
    assert [enter(row, "one"), enter(row, "one"), enter(row, "two")] == [True, False, True]
    assert len(lines_at(row)) == 6


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ELECTED, Role.ADMINISTRATOR, Role.CONTACT_CENTRE])
def test_others_do_not_enter_it(unit, role):
    with pytest.raises(Refusal):
        service.enter(make_actor(role), held(), Entry(LINES, "sv"), "a form")


def test_nothing_is_entered_before_the_meeting_or_when_it_is_over_or_called_off(unit):
    over = held()
    queries.dialogues.dialogue(over.dialogue_id).stage = Stage.EVALUATED
    for row in (make_meeting(make_dialogue().id), over, held(cancelled_at=clock.now(), cancelled_because="Snö"),
                held(published=False)):  # fmt: skip
        with pytest.raises(Refusal):
            enter(row)


def test_the_export_has_the_theme_and_what_is_hidden_stays_so(unit):
    row = held(title="Kafé")
    enter(row)
    lines_at(row)[0].review.state = State.HIDDEN
    db.session().flush()
    (export,) = [one for one in exports.EXPORTS if one.key == "meeting_said"]
    names = [column.name for column in export.columns(row.dialogue_id)]
    rows = [dict(zip(names, cells, strict=True)) for cells in export.rows(row.dialogue_id)]
    assert [(one["meeting"], one["theme"], one["channel"]) for one in rows][2] == ("Kafé", "Bord 2", "meeting")
    assert rows[0]["text"] == "[dold]"
    assert export.count(row.dialogue_id) == 3


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_it_is_looked_at_first_and_then_stands_on_the_page(the_app, visitor, meeting, prefix):
    lead = sign_in(the_app, Role.OFFICIAL)
    lead.get(prefix + desk(meeting))
    page = lead.submit({"lines": TYPED})
    assert page.status == 200
    assert "Plantera lindar." in page.words
    assert "Plantera lindar." not in visitor.get(prefix + public(meeting)).words
    lead.page = page
    lead.submit(press="keep")
    page = visitor.get(prefix + public(meeting))
    assert "Set-Cookie" not in page.headers
    for words in ("Bord 1: träd", "Plantera lindar.", "Lägre fart på Torggatan."):
        assert words in page.words
    assert any("anmal" in link for link in page.links())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write what was said, one line each."),
        ("# Bara ett tema", "Write what was said, one line each."),
        ("Kort\n" + "x" * 1001, "Line 2 may have at most 1000 characters."),
        ("En rad\n" * 301, "At most 300 lines can be entered at a time."),
    ],
)
def test_what_is_wrong_is_said_and_kept(the_app, meeting, typed, said):
    lead = sign_in(the_app, Role.OFFICIAL)
    lead.get(desk(meeting))
    page = lead.submit({"lines": typed}, press="keep")
    assert page.status == 422
    assert said in page.words
    assert typed.splitlines()[-1:] == [] or typed.splitlines()[-1] in page.text
    with db.reading():
        assert queries.talk_of(meeting.id) is None


def test_a_moderator_reads_first_where_that_was_chosen(the_app, visitor, meeting):
    lead = sign_in(the_app, Role.OFFICIAL)
    lead.get(desk(meeting))
    lead.submit({"lines": "Någon annans granne.", "reads_first": "y"}, press="keep")
    assert "Någon annans granne." not in visitor.get(public(meeting)).words
    moderator = sign_in(the_app, Role.MODERATOR)
    assert "Någon annans granne." in moderator.get(public(meeting)).words
    with db.reading():
        (line,) = lines_at(meeting)
    assert visitor.get(f"{public(meeting)}/sagt/{line.id}").status == 404
    assert "Någon annans granne." in moderator.get("/moderering").words
    assert moderator.get(f"/moderering/{line.review_id}").status == 200


def test_it_says_what_is_true_of_what_was_saved(the_app, meeting):
    lead = sign_in(the_app, Role.OFFICIAL)
    for fields, sentence in (
        ({}, "What was said stands on the meeting's page now."),
        ({"reads_first": "y"}, "when a moderator has read it."),
    ):
        form = lead.get(desk(meeting))
        assert sentence in lead.submit({"lines": TYPED, **fields}, press="keep").words
        lead.page = form
        assert "This was saved before." in lead.submit({"lines": TYPED, **fields}, press="keep").words
    with db.reading():
        assert len(lines_at(meeting)) == 6


@pytest.mark.parametrize("typed", [TYPED + "En till.", "Plantera lindar.", "# Bord 1: träd\nPlantera lindar."])
def test_a_form_that_comes_back_with_other_lines_is_not_said_to_be_saved(the_app, meeting, typed):
    with the_app.test_request_context(), db.unit():
        say(queries.meeting(meeting.id), "Sagt tidigare.")
    lead = sign_in(the_app, Role.OFFICIAL)
    form = lead.get(desk(meeting))
    lead.submit({"lines": TYPED}, press="keep")
    lead.get(desk(meeting))
    lead.submit({"lines": "Något annat."}, press="keep")  # by another form: it follows the lines of the first
    lead.page = form
    page = lead.submit({"lines": typed}, press="keep")
    assert page.status == 422
    assert "What stands here is not saved." in page.words
    assert typed.splitlines()[-1] in page.text
    with db.reading():
        assert len(lines_at(meeting)) == 5
    assert "stands on the meeting's page now" in lead.submit({"lines": "En till."}, press="keep").words  # a fresh key
    with db.reading():
        assert lines_at(meeting)[-1].text == "En till."


def test_pages_follow_one_another_and_a_line_has_its_own_address(the_app, visitor, meeting):
    with the_app.test_request_context(), db.unit():
        row = queries.meeting(meeting.id)
        numbered = [Line(f"Sak nummer {number}.") for number in range(1, 46)]
        service.enter(make_actor(Role.OFFICIAL), row, Entry(numbered, "sv"), "a form")
        last = lines_at(row)[-1].id
    page = visitor.get(public(meeting))
    seen = []
    while True:
        seen += [number for number in range(1, 46) if f"Sak nummer {number}." in page.words]
        onward = [link for link in page.links() if "efter=" in link]
        if not onward:
            break
        page = visitor.get(onward[0].partition("#")[0])
    assert seen == list(range(1, 46))
    page = visitor.get(f"{public(meeting)}/sagt/{last}")
    assert "Sak nummer 45." in page.words


def test_a_hidden_line_keeps_its_place_and_says_why(the_app, visitor, meeting):
    with the_app.test_request_context(), db.unit():
        say(queries.meeting(meeting.id), "En namngiven granne.", state=State.HIDDEN)
    page = visitor.get(public(meeting))
    assert "En namngiven granne." not in page.words
    assert "Hidden by a moderator" in page.words


def test_those_who_had_signed_up_are_told_once(the_app, isolated):
    mailbox = Mailbox(the_app)
    with the_app.test_request_context(), db.unit():
        row = make_meeting(make_dialogue().id)
        service.sign_up(make_actor(), row, guest(1), "a seat")
        row.starts_at, row.ends_at = clock.now() - timedelta(hours=2), clock.now() - timedelta(hours=1)
        enter(row, "one")
        enter(row, "two")
    told = [mail for mail in mailbox.to("gast1@example.se") if "What was said at the meeting" in mail]
    assert len(told) == 1


def waited_for(mailbox: Mailbox) -> list[object]:
    return [mail for mail in mailbox.to("gast1@example.se") if "What was said at the meeting" in mail]


@pytest.fixture
def told(the_app, isolated):
    """The mailbox, and a meeting that one guest had signed up to."""
    mailbox = Mailbox(the_app)
    with the_app.test_request_context(), db.unit():
        row = make_meeting(make_dialogue().id)
        service.sign_up(make_actor(), row, guest(1), "a seat")
        row.starts_at, row.ends_at = clock.now() - timedelta(hours=2), clock.now() - timedelta(hours=1)
    return mailbox, row.id


def test_they_are_told_no_second_time_when_all_that_was_said_is_hidden(the_app, told):
    mailbox, meeting_id = told
    with the_app.test_request_context(), db.unit():
        row = queries.meeting(meeting_id)
        enter(row, "one")
        for line in lines_at(row):
            line.review.state = State.HIDDEN
        db.session().flush()
        enter(row, "two")
    assert len(waited_for(mailbox)) == 1


def test_where_a_moderator_reads_first_they_are_told_when_the_first_is_shown(the_app, told):
    mailbox, meeting_id = told
    with the_app.test_request_context(), db.unit():
        enter(queries.meeting(meeting_id), "one", reads_first=True)
    assert waited_for(mailbox) == []
    for number in range(2):
        with the_app.test_request_context(), db.unit():
            review = lines_at(queries.meeting(meeting_id))[number].review
            moderator = make_actor(Role.MODERATOR)
            moderators.show(moderator, moderation.item(review.id, moderator), Seen(review.version))
    with the_app.test_request_context(), db.unit():
        enter(queries.meeting(meeting_id), "two")
    assert len(waited_for(mailbox)) == 1


def test_a_page_costs_the_same_however_much_was_said(the_app, visitor, meeting, count_statements):
    with the_app.test_request_context(), db.unit():
        say(queries.meeting(meeting.id), state=State.HIDDEN)
    for prefix in ("", "/ar"):
        count_statements.clear()
        visitor.get(prefix + public(meeting))
        assert len(count_statements) <= 6


@pytest.mark.race
def test_fifty_presses_of_one_button_enter_it_once(the_app, own_database):
    with the_app.app_context(), db.unit():
        row, lead = held(), make_actor(Role.OFFICIAL)

    def press(_):
        with the_app.app_context(), db.unit():
            return service.enter(lead, queries.meeting(row.id), Entry(LINES, "sv"), "one form")

    with ThreadPoolExecutor(25) as pool:
        assert sum(pool.map(press, range(50))) == 1
    with db.reading() as session:
        assert session.scalars(select(func.count()).select_from(Contribution)).one() == 3
