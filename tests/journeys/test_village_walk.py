"""A village walk with one seat left, taken by two at once, in Arabic and without JavaScript; one gives it back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock
from tests.journeys.conftest import findings
from tests.journeys.story_people import PASSWORD, PATIENCE, PHONE, House, Visit, number_in
from tests.journeys.story_residents import said

SEATS = 2
WALK = {
    "form": "village_walk",
    "title": "Gåtur i Vedum",
    "lead": "Vi går från stationen till torget och stannar på fem ställen.",
    "place": "Stationen i Vedum",
    "access": "Vägen är plan. Vi lånar ut bärbar hörslinga.",
    "seats": str(SEATS),
}
NO_SCRIPT = {**PHONE, "java_script_enabled": False}


@pytest.mark.browser
@pytest.mark.slow
def test_two_take_the_last_seat_at_once(the_app, own_database, chromium, catalogues):
    house = House(the_app, chromium)
    try:
        path = a_walk_is_published(house)
        first = sign_up(house, path, "ليلى", "leila@example.se")
        assert said("ar", "You have a seat") in first.words
        noor, omar = (
            house.someone(name, f"{key}@example.se", language="ar", **NO_SCRIPT)
            for name, key in (("نور", "noor"), ("عمر", "omar"))
        )
        press_at_once(path, noor, omar)
        seated, waiting = sorted((noor, omar), key=lambda one: said("ar", "You have a seat") not in one.words)
        assert said("ar", "You have a seat") in seated.words
        assert said("ar", "You are on the waiting list") in waiting.words
        assert said("ar", "You are first in line.") in waiting.words
        the_seat_goes_on(house, path, seated, waiting)
        looked = house.someone(language="ar")
        for address in (path, path + "/anmalan"):
            looked.open(address)
            assert findings(looked.page) == []
    finally:
        house.close()


def a_walk_is_published(house: House) -> str:
    """By communications, in their pages; its address."""
    house.command("people", "add", "kim@vara.example", "--role", "communications", "--language", "en")
    kim = house.someone("Kim Öberg", "kim@vara.example", language="en")
    kim.open(house.mailbox.link(kim.email))
    kim.send({"name": kim.name, "password": PASSWORD})
    kim.open("/arbetsyta/moten/nytt")
    begins = clock.local(house.now() + timedelta(days=3)).replace(hour=17, minute=0)
    ends = begins + timedelta(hours=2)
    kim.send({**WALK, "starts_at": f"{begins:%Y-%m-%dT%H:%M}", "ends_at": f"{ends:%Y-%m-%dT%H:%M}"})
    meeting = number_in(kim.page.url, "moten/")
    kim.press("Publish")
    kim.leave()
    return f"/moten/{meeting}-gatur-i-vedum"


def sign_up(house: House, path: str, name: str, email: str) -> Visit:
    visit = house.someone(name, email, language="ar", **NO_SCRIPT)
    visit.open(path)
    visit.follow(said("ar", "Sign up"))
    visit.send({"name": name, "email": ""}, refused=True)
    assert visit.main.locator("[name=name]").input_value() == name, "what was written is gone"
    visit.send({"name": name, "email": email})
    return visit


def press_at_once(path: str, *visits: Visit) -> None:
    """Each has the form open and filled in; then both press, and neither waits for the other's answer."""
    for visit in visits:
        visit.open(path + "/anmalan")
        visit.main.locator("[name=name]").fill(visit.name)
        visit.main.locator("[name=email]").fill(visit.email)
    for visit in visits:
        visit.main.locator("form button[type=submit]").click(no_wait_after=True)
    for visit in visits:
        visit.page.wait_for_url("**/anmalan/*", timeout=PATIENCE)


def the_seat_goes_on(house: House, path: str, seated: Visit, waiting: Visit) -> None:
    """Whoever waits gets the seat that is given back, and is told in Arabic, with the receipt's own address."""
    house.mailbox.all()  # what was sent at the sign-up
    house.mailbox.empty()
    seated.press(said("ar", "I am not coming"))
    (mail,) = house.mailbox.to(waiting.email)
    assert "Gåtur i Vedum" in mail
    waiting.page.reload()
    assert said("ar", "You have a seat") in waiting.words
    calendar = waiting.page.context.request.get(waiting.at(path) + "/kalender.ics")
    assert "BEGIN:VEVENT" in calendar.text()
