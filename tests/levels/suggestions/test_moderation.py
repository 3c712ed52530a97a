"""What moderators have before them when they decide: all that becomes public, never the text alone."""

from __future__ import annotations

import pytest

from app import db
from app.levels.consultation.suggestions import queries
from app.permissions import Role
from tests.factories.people import make_person
from tests.factories.suggestions import make_box, send, send_with_picture
from tests.visitor import Visitor


@pytest.fixture
def moderator(visitor):
    with db.unit():
        person = make_person(Role.MODERATOR)
    return visitor.sign_in_as(person)


def waiting(several=1):
    """The ids of reviews, and the key of a picture."""
    with db.unit():
        box = make_box()
        cases = [
            send_with_picture(box, "En trasig bänk", name="Ove Sand", place="Bakom kiosken") for _ in range(several)
        ]
        return [one.contribution.review_id for one in cases], queries.pictures(cases[0].id)[0].file.key


@pytest.mark.parametrize("path", ["/moderering/{}", "/moderering/visa?id={}"])
def test_place_name_and_pictures_are_seen_before_they_are_shown(moderator, path):
    (number,), key = waiting()
    page = moderator.get(path.format(number))
    for words in ("Laga bänken", "Bakom kiosken", "Ove Sand", "En trasig bänk"):
        assert words in page.words
    source = f"/filer/{key}/small"
    assert source in [one.get("src") for one in page.find_all("img")]
    assert moderator.client.get(source).status_code == 200
    assert Visitor(moderator.app).client.get(source).status_code == 404


def test_the_queue_says_that_there_are_pictures(moderator):
    waiting()
    with db.unit():
        send(queries.box_in(None), "Fler lampor i parken.")
    assert moderator.get("/moderering").words.count("1 picture") == 1


def test_a_text_alone_has_nothing_beside_it(moderator):
    with db.unit():
        number = send(make_box()).contribution.review_id
    page = moderator.get(f"/moderering/visa?id={number}")
    assert "Name shown" not in page.words
    assert "Picture" not in page.words


@pytest.mark.parametrize("path", ["/moderering", "/moderering/visa?id={}&id={}&id={}&id={}"])
def test_pictures_of_many_cost_no_more_than_of_one(moderator, count_statements, path):
    ids, _key = waiting(4)

    def cost(chosen):
        count_statements.clear()
        assert moderator.get(path.format(*chosen)).status == 200
        return len(count_statements)

    moderator.get("/moderering")
    assert cost(ids) == cost([ids[0]] * 4) <= 8
