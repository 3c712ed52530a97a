"""What stands in the head and foot of every page: the languages, the main menu, the account's and the footer's."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from flask import current_app, request, url_for

from app import i18n
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.levels.consultation.suggestions.core.matters import BOX_NAME, BoxName
from app.permissions import Actor, Role
from app.web import way_to


@dataclass(frozen=True)
class Item:
    """One link of a menu. `current` is the value of aria-current: "page", "true" (somewhere below it) or empty."""

    label: LazyText | BoxName
    href: str
    current: str = ""


@dataclass(frozen=True)
class OtherLanguage:
    """This page in one language; `url` is its whole address."""

    code: str
    tag: str
    dir: str
    name: str
    href: str
    url: str
    current: bool


@dataclass(frozen=True)
class Entry:
    """Where an item leads, and which blueprints lie below it."""

    label: LazyText | BoxName
    endpoint: str
    below: tuple[str, ...] = ()


MAIN = (
    Entry(_l("Dialogues"), "dialogues.index", ("dialogues", "intake", "articles", "surveys", "evaluation")),
    Entry(BOX_NAME, "suggestions.site_index", ("suggestions",)),
    Entry(_l("Meetings"), "meetings.calendar", ("meetings",)),
    Entry(_l("News"), "articles.news"),
    Entry(_l("What became of it"), "site.outcomes"),
    Entry(_l("How it works"), "site.how_it_works"),
    Entry(_l("Help"), "site.help"),
    Entry(lazy_p("menu", "Search"), "site.search"),
)
TOPICS = Entry(_l("Topics that residents propose"), "intake.topics")
PROPOSE = Entry(_l("Propose a topic"), "intake.propose")
CONSIDERED = Entry(_l("Considered questions"), "intake.register")
GUIDELINE = Entry(_l("The guideline for citizen dialogues"), "policy.in_force", ("policy",))
RULES = Entry(_l("Rules"), "site.rules")
GLOSSARY = Entry(_l("Words we use"), "site.glossary")
DECISIONS = Entry(_l("Decisions"), "decisions.index", ("decisions",))  # for those who decide, and those who record it
ACCESSIBILITY = Entry(_l("Accessibility"), "site.accessibility")
PRIVACY = Entry(_l("Personal data"), "site.privacy")
COOKIES = Entry(_l("Cookies"), "site.cookies")
SITE_MAP = Entry(_l("Site map"), "site.site_map")
PARTS = Entry(_l("The parts this site is built of"), "site.parts")
SIGN_UP = Entry(_l("Create an account"), "accounts.sign_up")
FOOT = (*MAIN[5:], RULES, ACCESSIBILITY, PRIVACY, COOKIES, SITE_MAP)
DESK = Entry(_l("My desk"), "desk.home", ("desk",))
MODERATION = Entry(_l("Moderation"), "moderation.queue", ("moderation",))
ARCHIVE = Entry(_l("To be archived"), "desk.archiving")
TRANSLATION = Entry(_l("Translations"), "multilingual.index", ("multilingual",))
ADMINISTRATION = Entry(_l("Administration"), "admin.people", ("admin",))
SIGN_IN = Entry(lazy_p("menu", "Sign in"), "accounts.sign_in")


def language_row() -> list[OtherLanguage]:
    """The same page in every language, without its query; one that cannot be fetched alone leads to the front page."""
    path = quote(request.path, safe="/:@!$&'()*+,;=-._~") if _can_be_fetched() else "/"
    base = current_app.config["SETTINGS"].base_url
    rows = []
    for language in i18n.shipped():
        href = (f"/{language.prefix}" if language.prefix else "") + path
        current = language == i18n.current()
        rows.append(
            OtherLanguage(language.code, language.tag, language.dir, language.endonym, href, base + href, current)
        )
    return rows


def main_menu() -> list[Item]:
    return _items(MAIN)


def foot_menu() -> list[Item]:
    return _items(FOOT)


def account_menu(actor: Actor) -> list[Item]:
    """What this person has besides their own pages: the desk and the doors of their roles; for a guest the way in."""
    if not actor.is_signed_in:
        return _items((SIGN_IN,))
    wanted = (
        (DESK, actor.is_staff),
        (DECISIONS, any(grant.role in (Role.ELECTED, Role.SECRETARY) for grant in actor.grants)),
        (MODERATION, actor.is_staff),
        (ARCHIVE, any(grant.role == Role.REGISTRAR for grant in actor.grants)),
        (TRANSLATION, any(grant.role == Role.TRANSLATOR for grant in actor.grants)),
        (ADMINISTRATION, actor.is_staff),
    )
    return _items(tuple(entry for entry, shown in wanted if shown))


def site_map(actor: Actor) -> list[tuple[LazyText, list[Item]]]:
    """Everything that this person can reach from the menus, in groups with a heading; empty groups left out."""
    own = Entry(_l("My pages"), "me.home")
    account = (own,) if actor.is_signed_in else (SIGN_UP,)
    groups = [
        (
            _l("Take part"),
            [Item(_l("Front page"), url_for("site.front")), *_items(MAIN[:5]), *_items((PROPOSE, TOPICS, CONSIDERED))],
        ),
        (_l("How it works"), _items((*MAIN[5:], GUIDELINE, GLOSSARY, RULES))),
        (_l("About this site"), _items((ACCESSIBILITY, PRIVACY, COOKIES, PARTS))),
        (_l("Your account"), [*_items(account), *account_menu(actor)]),
    ]
    return [(heading, items) for heading, items in groups if items]


def _items(entries: tuple[Entry, ...]) -> list[Item]:
    return [Item(entry.label, href, _current(entry)) for entry in entries if (href := way_to((entry.endpoint, {})))]


def _current(entry: Entry) -> str:
    if request.endpoint == entry.endpoint:
        return "page"
    if request.path.startswith("/arbetsyta"):  # officials' pages of whatever package
        return "true" if entry is DESK else ""
    below = request.endpoint is not None and request.blueprint in entry.below
    return "true" if below and not _has_own_item() else ""


def _has_own_item() -> bool:
    return any(entry.endpoint == request.endpoint for entry in (*MAIN, ARCHIVE))


def _can_be_fetched() -> bool:
    rule = request.url_rule
    return rule is not None and "GET" in (rule.methods or ())
