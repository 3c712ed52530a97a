"""The words of the guideline and of the ladder's entries in the reader's language, and those that can be translated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app import subjects
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.multilingual.queries import Row, Text, texts
from app.multilingual.sources import Item, Source, labels
from app.policy import queries
from app.policy.criteria import CRITERIA
from app.policy.models import Guideline, LadderEntry

PARTS: Mapping[str, tuple[LazyText, int]] = {
    "question": (_l("The criterion, as a question"), 200),
    "hint": (_l("What the reason should say"), 300),
    "instead": (_l("What to do where the answer is not yes"), 400),
}
PLAIN: Mapping[str, tuple[LazyText, int]] = {
    "title": (_l("Title of the guideline"), 160),
    "in_short": (_l("In short"), 4000),
    "principles": (_l("The principles"), 8000),
}
GUIDELINE_FIELDS: Mapping[str, tuple[LazyText, int]] = {
    **PLAIN,
    **{f"{one.key}_{part}": PARTS[part] for one in CRITERIA for part in PARTS},
}
ENTRY_FIELDS: Mapping[str, tuple[LazyText, int]] = {
    "name": (lazy_p("ladder", "Name"), 120),
    "text": (_l("What one does there"), 600),
}


@dataclass(frozen=True)
class CriterionText:
    """One criterion as a version of the guideline says it."""

    key: str
    question: Text | LazyText
    hint: Text | LazyText
    instead: Text | LazyText


@dataclass(frozen=True)
class GuidelineText:
    """A version as it is read: its own texts, and the criteria."""

    title: Text
    in_short: Text
    principles: Text
    criteria: Sequence[CriterionText]


def row_of(guideline: Guideline) -> Row:
    own = {f"{key}_{part}": (words, None) for key, parts in guideline.criteria.items() for part, words in parts.items()}
    plain: dict[str, tuple[str, Markup | None]] = {
        "title": (guideline.title, None),
        "in_short": (guideline.in_short, None),
        "principles": (guideline.principles, guideline.principles_html),
    }
    return subjects.key("guideline", guideline.id), {**plain, **own}


def said(guideline: Guideline) -> GuidelineText:
    """Everything that the version says, in one statement."""
    key, fields = row_of(guideline)
    found = texts([(key, fields)])
    criteria = _criteria({field: found[(key, field)] for field in fields})
    return GuidelineText(found[(key, "title")], found[(key, "in_short")], found[(key, "principles")], criteria)


def criteria_of(guideline: Guideline | None) -> Sequence[CriterionText]:
    """The four criteria in the words of this version; in the usual ones where it has none of its own, or is None."""
    return criteria_of_each({0: guideline})[0]


def criteria_of_each(guidelines: Mapping[int, Guideline | None]) -> dict[int, Sequence[CriterionText]]:
    """As criteria_of, of many at once, by whatever number they have; in one statement."""
    rows = {one.id: _own_words(one) for one in guidelines.values() if one is not None and one.criteria}
    found = texts(list(rows.values()))
    return {
        number: _criteria({field: found[(rows[one.id][0], field)] for field in rows[one.id][1]})
        if one is not None and one.id in rows
        else _criteria({})
        for number, one in guidelines.items()
    }


def _own_words(guideline: Guideline) -> Row:
    key, fields = row_of(guideline)
    return key, {field: source for field, source in fields.items() if field not in PLAIN}


def _criteria(own: Mapping[str, Text]) -> Sequence[CriterionText]:
    return tuple(
        CriterionText(one.key, **{part: own.get(f"{one.key}_{part}") or getattr(one, part) for part in PARTS})
        for one in CRITERIA
    )


def row_of_entry(entry: LadderEntry) -> Row:
    return subjects.key("ladder_entry", entry.id), {one: (getattr(entry, one), None) for one in ENTRY_FIELDS}


def of_entries(entries: Sequence[LadderEntry]) -> dict[int, Mapping[str, Text]]:
    """Entry id → its name and text, in one statement."""
    rows = {one.id: row_of_entry(one) for one in entries}
    found = texts(list(rows.values()))
    return {number: {field: found[(key, field)] for field in fields} for number, (key, fields) in rows.items()}


def _of_guidelines(dialogue_id: int | None) -> list[Item]:
    return [] if dialogue_id is not None else [item for one in queries.every() for item in _items(one)]


def _items(guideline: Guideline) -> Iterator[Item]:
    key, fields = row_of(guideline)
    title = f"{guideline.title}, § {guideline.section_no}"
    for field, (source, html) in fields.items():
        label, longest = GUIDELINE_FIELDS[field]
        yield Item(key, title, field, label, source, is_rich=html is not None, longest=longest)


def _of_entries(dialogue_id: int | None) -> list[Item]:
    return [
        Item(subjects.key("ladder_entry", one.id), one.name, field, label, getattr(one, field), longest=longest)
        for one in (queries.entries() if dialogue_id is None else [])
        for field, (label, longest) in ENTRY_FIELDS.items()
    ]


SOURCES = (
    Source("guideline", lazy_p("subject", "The guideline"), labels(GUIDELINE_FIELDS), _of_guidelines),
    Source("ladder_entry", lazy_p("subject", "What stands at a step of the ladder"), labels(ENTRY_FIELDS), _of_entries),
)
