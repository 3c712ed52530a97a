"""Dialogues are kept apart, and one that is not announced does not exist: asked of every endpoint there is.

The addresses come from the URL map, so that an endpoint that is added tomorrow is asked too. Every text of the other
dialogue holds the same word, which nobody may meet who does not work there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.routing import AnyConverter, Rule

from app import clock, db
from app.audit import AuditEntry
from app.dialogues.answers.models import ToldOtherwise
from app.dialogues.changes.models import Part
from app.dialogues.changes.service import Change, note
from app.dialogues.evaluation.standard import Circle
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.exports.models import ExportRun
from app.files.service import Upload, keep_picture
from app.levels.consultation.suggestions.models import SuggestionPicture
from app.levels.consultation.suggestions.service import PICTURES
from app.levels.consultation.surveys import queries
from app.levels.consultation.surveys.models import Survey
from app.permissions import SYSTEM, Role
from app.questions.models import Answer
from tests.factories.answers import add_theme, compile_answers, consider, freeze, promise, tell
from tests.factories.articles import make_article
from tests.factories.dialogues import answer, decide, make_dialogue, make_whole, scope
from tests.factories.evaluation import make_inquiry, make_lesson
from tests.factories.meetings import make_meeting, say
from tests.factories.people import make_person
from tests.factories.phases import make_phase
from tests.factories.pictures import png
from tests.factories.projects import make_member, make_milestone, make_project, make_task, place_status
from tests.factories.suggestions import make_box, send, show
from tests.factories.surveys import make_survey, respond, values_for
from tests.factories.threads import make_thread
from tests.factories.threads import place as place_post
from tests.factories.votes import make_vote
from tests.factories.workshops import make_proposal, make_theme, make_workshop
from tests.factories.workshops import place as place_card
from tests.visitor import Visitor

WORD = "kanariefågeln"
PICKY = {"language": "en", "field": "title", "slug": "x", "number": 1}


@dataclass
class Town:
    """Two dialogues; `staff` holds every role in `mine` and none in the other, whose ids are in `theirs`."""

    mine: int
    theirs: dict[str, Any]
    staff: Visitor
    resident: Visitor
    guest: Visitor
    token: str

    def hidden(self) -> dict[str, Any]:
        """The other dialogue as it stands, to see that nobody has touched it."""
        number = self.theirs["dialogue_id"]
        with db.reading() as session:
            row = session.get_one(Dialogue, number)
            logged = select(func.count()).select_from(AuditEntry).where(AuditEntry.dialogue_id == number)
            survey = session.get_one(Survey, self.theirs["survey_id"])
            facts = {name: getattr(row, name) for name in ("stage", "title", "version", "closes_at")}
            return {**facts, "logged": session.scalars(logged).one(), "withdrawn": survey.withdrawn_at}


@pytest.fixture
def town(the_app, isolated) -> Town:
    with the_app.test_request_context(), db.unit():
        mine = make_whole(Stage.OPEN).id
        person = make_person(*Role, dialogue_id=mine)
        resident = make_person()
        theirs = _other_dialogue(person.id)
    staff = Visitor(the_app).sign_in_as(person)
    staff.get("/konto/uppgifter")
    token = staff.page.form("name").findall(".//*[@name='csrf_token']")[0].get("value")
    return Town(mine, theirs, staff, Visitor(the_app).sign_in_as(resident), Visitor(the_app), token)


def _other_dialogue(owner_id: int) -> dict[str, Any]:
    """A dialogue with something of every sort in it, and the values that its addresses take."""
    said = {name: f"{WORD} {name}" for name in ("title", "question", "summary", "purpose", "promise", "affected")}
    row = make_dialogue(Stage.OPEN, level="codecision", **said)
    items = scope(row)
    items[0].text = f"{WORD} scope"
    record = decide(row, reason=f"{WORD} record")
    answer(row).lead = f"{WORD} outcome"
    survey = make_survey(row, "anyone", title=f"{WORD} survey", intro=f"{WORD} intro")
    questions = queries.questions(survey)
    for question in questions:
        question.text = f"{WORD} question"
        for option in question.options:
            option.text = f"{WORD} option"
    receipt = respond(survey, values={**values_for(survey), questions[-1].id: f"{WORD} text"}).receipt
    after = _what_came_after(row, record.id)
    thread = make_thread(row, title=f"{WORD} thread", lead=f"{WORD} lead")
    post = place_post(thread, f"{WORD} post")
    article = make_article(row.id, title=f"{WORD} article", lead=f"{WORD} lead", body=WORD)
    meeting = make_meeting(row.id, title=f"{WORD} meeting", lead=f"{WORD} lead", place=WORD, access=WORD)
    said = say(meeting, f"{WORD} said", theme=f"{WORD} theme")
    case = send(make_box(row, title=f"{WORD} box", lead=f"{WORD} lead"), f"{WORD} suggestion", place=WORD)
    show(case)
    picture = SuggestionPicture(
        suggestion_id=case.id, file=keep_picture(SYSTEM, Upload("x.png", png()), owner=PICTURES)
    )
    db.session().add(picture)
    project = make_project(row, title=f"{WORD} project", lead=f"{WORD} goal", scope=WORD, money=WORD, timing=WORD)
    task = make_task(project, title=f"{WORD} task", about=WORD)
    milestone, status = make_milestone(project, f"{WORD} milestone"), place_status(project, f"{WORD} status")
    member = make_member(project, name=WORD)
    vote = make_vote(row, title=f"{WORD} vote", question=f"{WORD} vote", background=WORD)
    workshop = make_workshop(row, title=f"{WORD} workshop", lead=f"{WORD} lead")
    theme = make_theme(workshop, f"{WORD} theme")
    card = place_card(workshop, f"{WORD} card", theme=theme)
    proposal = make_proposal(workshop, card, title=f"{WORD} proposal", text=f"{WORD} proposal")
    phase = make_phase(row, timedelta(0), timedelta(days=3), name=f"{WORD} phase", interim=f"{WORD} interim")
    note(SYSTEM, row, Change(part=Part.TEXT, title=f"{WORD} thing", before=WORD, after=f"{WORD} now"), f"{WORD} why")
    run = ExportRun(
        key="e" * 32, dialogue_id=row.id, format="csv", language="sv", personal_data=False, owner_id=owner_id,
        asked_at=clock.now(), ready_at=clock.now(), rows_done=1, rows_total=1, suffix=".zip", size=1,
    )  # fmt: skip
    db.session().add(run)
    lesson = make_lesson(row, f"{WORD} lesson")
    make_inquiry(row, Circle.PARTICIPANTS)
    make_inquiry(row, Circle.STAFF)
    row.stage = Stage.PREPARED
    db.session().flush()
    review = db.session().scalars(select(Answer.review_id).where(Answer.text == f"{WORD} text")).one()
    return {
        "dialogue_id": row.id, "survey_id": survey.id, "question_id": questions[0].id, "run_id": run.id,
        "option_id": questions[0].options[0].id, "item_id": items[0].id, "record_id": record.id,
        "article_id": article.id, "reviewable_id": review, "receipt": receipt, "subject": f"survey:{survey.id}",
        "vote_id": vote.id, "meeting_id": meeting.id,
        "said_id": said.id, "thread_id": thread.id, "post_id": post.id, "suggestion_id": case.id,
        "picture_id": picture.id,
        "project_id": project.id, "task_id": task.id, "milestone_id": milestone.id, "status_id": status.id,
        "member_id": member.id,
        "phase_id": phase.id, "thing": f"survey:{survey.id}",
        "lesson_id": lesson.id,
        **after,
        "workshop_id": workshop.id, "theme_id": theme.id, "card_id": card.id, "proposal_id": proposal.id,
    }  # fmt: skip


def _what_came_after(row: Dialogue, decision_id: int) -> dict[str, Any]:
    """Something of each sort that is written when a dialogue has closed."""
    compile_answers(row, finding=f"{WORD} finding", other=WORD, who=WORD, method_note=WORD, limits=WORD)
    theme = add_theme(row, 3, name=f"{WORD} theme", said=f"{WORD} said")
    for one in consider(row, decision_id):
        one.why = f"{WORD} why"
    freeze(row, note=f"{WORD} note")
    telling = tell(row, "feedback")
    told = db.session().scalars(select(ToldOtherwise).filter_by(telling_id=telling.id)).one()
    told.note = f"{WORD} told"
    doing = promise(row, text=f"{WORD} doing", unit=WORD)
    return {"result_theme_id": theme.id, "told_id": told.id, "follow_up_id": doing.id}


def paths(app: Any, values: dict[str, Any], *, wanted: set[str]) -> list[tuple[str, str]]:
    """(method, address) of every endpoint that takes one of the `wanted` values, as these values make it."""
    found = []
    for rule in app.url_map.iter_rules():
        taken = rule.arguments - set(rule.defaults or ())  # an address of the site takes no dialogue
        if rule.endpoint == "static" or not wanted & taken:
            continue
        unknown = taken - values.keys() - PICKY.keys() - _words(rule).keys()
        assert not unknown, f"{rule.rule}: say what {unknown} is of the other dialogue"
        path = app.url_map.bind("localhost").build(
            rule.endpoint, {k: v for k, v in {**PICKY, **values, **_words(rule)}.items() if k in taken}
        )
        found += [(method, path) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    return found


def _words(rule: Rule) -> dict[str, Any]:
    """Parameters that are one of a few words."""
    return {name: min(kind.items) for name, kind in rule._converters.items() if isinstance(kind, AnyConverter)}


def meet(visitor: Visitor, method: str, path: str, token: str = "") -> Any:
    if method == "GET":
        return visitor.get(path, follow=False)
    return visitor.post(path, {"csrf_token": token, "form": "1"}, follow=False)


def test_every_role_in_one_dialogue_is_no_role_in_another(the_app, town):
    before = town.hidden()
    everywhere = paths(the_app, town.theirs, wanted={"dialogue_id", "reviewable_id"})
    assert len(everywhere) > 60
    for method, path in everywhere:
        page = meet(town.staff, method, path, town.token)
        assert page.status in (403, 404), f"{method} {path}: {page.status}"
        assert WORD not in page.text, f"{method} {path}"
    assert town.hidden() == before


def test_what_belongs_to_another_dialogue_is_not_reached_through_ones_own(the_app, town):
    before = town.hidden()
    inner = set(town.theirs) - {"dialogue_id", "reviewable_id"}
    crossed = paths(the_app, {**town.theirs, "dialogue_id": town.mine}, wanted=inner)
    through = [(method, path) for method, path in crossed if f"/{town.mine}" in path]
    assert len(through) > 30
    for method, path in through:
        page = meet(town.staff, method, path, town.token)
        assert page.status in (403, 404), f"{method} {path}: {page.status}"
        assert WORD not in page.text, f"{method} {path}"
    assert town.hidden() == before


@pytest.mark.parametrize("who", ["guest", "resident"])
def test_a_dialogue_that_is_not_announced_does_not_exist(the_app, town, who):
    visitor = getattr(town, who)
    for method, path in paths(the_app, town.theirs, wanted=set(town.theirs)):
        if method == "GET":
            page = visitor.get(path, follow=False)
            assert page.status in (403, 404), f"{path}: {page.status}"
            assert WORD not in page.text, path


@pytest.mark.parametrize("who", ["guest", "resident", "staff"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_list_shows_it(the_app, town, who, prefix):
    visitor = getattr(town, who)
    met = 0
    for rule in the_app.url_map.iter_rules():
        if rule.arguments - {"dialogue_id"} or "<" in rule.rule or "GET" not in (rule.methods or set()):
            continue
        page = visitor.get(prefix + rule.rule)
        met += page.status == 200
        assert page.status != 500, rule.rule
        assert WORD not in page.text, rule.rule
    assert met > 15


def test_the_word_is_found_by_those_who_work_there(the_app, town):
    """Else the tests above would prove nothing."""
    with db.unit():
        person = make_person(*Role, dialogue_id=town.theirs["dialogue_id"])
    visitor = Visitor(the_app).sign_in_as(person)
    met = [
        path
        for method, path in paths(the_app, town.theirs, wanted={"dialogue_id", "reviewable_id"})
        if method == "GET" and WORD in visitor.get(path).text
    ]
    assert len(met) > 25
