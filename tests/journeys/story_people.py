"""The people of the story, each with a browser of their own; and the house they meet: server, mail, worker, clock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response

from app import clock, db, jobs
from app.permissions import Role
from tests.journeys.conftest import Served
from tests.mailbox import Mailbox

PASSWORD = "tre korta ord"
ADMINISTRATOR = "admin@vara.example"
PHONE = {"viewport": {"width": 375, "height": 740}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
PREFIX = {"sv": "", "en": "/en", "ar": "/ar"}
PATIENCE = 60_000  # milliseconds; only guards against hanging


@dataclass
class House:
    """The installation, served; its mails, its worker, its clock and its command line."""

    app: Flask
    browser: Browser
    served: Served = field(init=False)
    mailbox: Mailbox = field(init=False)

    def __post_init__(self) -> None:
        self.served, self.mailbox = Served(self.app), Mailbox(self.app)

    def command(self, *words: str) -> str:
        """Run a command as on the command line; what it says."""
        done = self.app.test_cli_runner().invoke(args=list(words))
        assert done.exit_code == 0, f"{words}: {done.output}"
        return done.output

    def work(self) -> None:
        """The worker does what is due."""
        with self.app.app_context():
            jobs.run_due()

    def now(self) -> datetime:
        with self.app.app_context(), db.reading():
            return clock.now()

    def wait_until(self, moment: datetime) -> None:
        """Time passes, and the clock does its duty once."""
        clock.shift(timedelta(0))
        clock.shift(moment - self.now())
        self.command("clock")
        self.work()

    def someone(self, name: str = "", email: str = "", *, language: str = "sv", **how: Any) -> Visit:
        return Visit(self, name, email, language, how)

    def close(self) -> None:
        clock.shift(timedelta(0))
        self.served.stop()


@dataclass
class Visit:
    """One person and their browser. `how`: settings of the browser, such as a phone's or no JavaScript."""

    house: House
    name: str
    email: str
    language: str
    how: Mapping[str, Any]

    @cached_property
    def context(self) -> BrowserContext:
        context = self.house.browser.new_context(base_url=self.house.served.base, **self.how)
        context.set_default_timeout(PATIENCE)
        return context

    @cached_property
    def page(self) -> Page:
        return self.context.new_page()

    def at(self, path: str) -> str:
        """The address of `path` in this person's language."""
        return f"{PREFIX[self.language]}{path}"

    def open(self, path: str, *, status: int = 200) -> Page:
        """Go to a path, in one's own language unless it names one already."""
        answer = self.page.goto(path if path.startswith(("/ar/", "/en/")) else self.at(path))
        assert isinstance(answer, Response)
        assert answer.status == status, f"{path}: {answer.status}\n{self.words[:500]}"
        return self.page

    @property
    def words(self) -> str:
        """What one reads on the page, spaces folded."""
        return " ".join(self.page.locator("body").inner_text().split())

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def follow(self, name: str, *, within: Locator | None = None) -> None:
        """Click the link or button-like link of this name."""
        self._click((within or self.main).get_by_role("link", name=name, exact=True).first)

    def press(self, name: str, *, within: Locator | None = None) -> None:
        self._click((within or self.main).get_by_role("button", name=name, exact=True).first)

    def send(self, fields: Mapping[str, Any], *, refused: bool = False) -> None:
        """Fill in the form of the page by the names of its fields and press its first button."""
        form = self.main.locator("form", has=self.page.locator(f'[name="{next(iter(fields))}"]')) if fields else (
            self.main.locator("form:not(.one-button)")
        )  # fmt: skip
        for name, value in fields.items():
            fill(form.first, name, value)
        self._click(form.first.locator("button[type=submit]").first)
        has_errors = self.page.locator(".errors").count() > 0
        assert has_errors == refused, f"{self.page.url}: {self.words[:1500]}"

    def fetch(self, fields: Mapping[str, Any], button: str) -> bytes:
        """Fill in fields and press the button that answers with a file; what the file holds."""
        for name, value in fields.items():
            fill(self.main, name, value)
        with self.page.expect_download() as download:
            self.main.get_by_role("button", name=button, exact=True).first.click()
        return download.value.path().read_bytes()

    def _click(self, what: Locator) -> None:
        with self.page.expect_navigation():
            what.click()

    def sign_up(self) -> None:
        """Ask for an account, confirm the address by the link of the mail, choose a password."""
        self.open("/skapa-konto")
        self.send({"email": self.email, "name": self.name})
        self.open(self.house.mailbox.link(self.email))
        self.send({"name": self.name, "password": PASSWORD})

    def sign_in(self) -> None:
        """By password; also after being away for so long that one has been signed out."""
        self.open("/logga-in")
        if self.page.locator("main [name=password]").count():
            self.send({"email": self.email, "password": PASSWORD})

    def leave(self) -> None:
        self.context.close()


def fill(form: Locator, name: str, value: Any) -> None:
    """One field, whatever its kind: a text, a choice by its value, a tick."""
    control = form.locator(f'[name="{name}"]')
    kind = control.first.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")
    if kind == "radio":
        form.locator(f'[name="{name}"][value="{value}"]').check()
    elif kind == "checkbox":
        control.set_checked(bool(value))
    elif kind == "select":
        control.select_option(value)
    elif kind == "file":
        control.set_input_files(value)
    else:
        control.fill(value)


def number_in(url: str, after: str) -> int:
    """The number that follows `after` in an address."""
    found = re.search(re.escape(after) + r"(\d+)", url)
    assert found is not None, url
    return int(found[1])


def staff_come(house: House, names: Mapping[Role, str]) -> dict[Role, Visit]:
    """The first administrator comes by the command line; the others sign up, and are given their roles."""
    house.command("people", "add", ADMINISTRATOR, "--role", "administrator", "--language", "en")
    admin = house.someone("Adam Frost", ADMINISTRATOR, language="en")
    admin.open(house.mailbox.link(ADMINISTRATOR))
    admin.send({"name": admin.name, "password": "fyra helt korta ord"})
    staff = {}
    for role, name in names.items():
        staff[role] = visit = house.someone(name, f"{role.value}@vara.example", language="en")
        visit.sign_up()
        admin.open(f"/admin/anvandare?q={visit.email}")
        admin.follow(name)
        admin.follow("Give a role")
        admin.send({"role": role.value, "dialogue": ""})
    admin.leave()
    return staff
