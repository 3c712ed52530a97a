"""Registry of what can be translated. Packages put in their texts; the translators' desk lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.i18n import LazyText
from app.permissions import Reason


@dataclass(frozen=True)
class Item:
    """One Swedish text that may be had in other languages.

    `title` names the subject for the translator (the article's own title), `label` the field ("Heading").
    `source` is what is typed: Markdown where `is_rich`. `longest` counts characters of the translation.
    """

    subject: str  # as in subjects.key: "article:3"
    title: str
    field: str
    label: LazyText
    source: str
    is_rich: bool = False
    longest: int = 20_000


def never(_subject: str) -> Reason | None:
    """Texts that stay open to translation."""
    return None


@dataclass(frozen=True)
class Source:
    """The texts of one kind of thing. `kind` is that of the subject keys.

    `load` gives the texts of a dialogue, or the site's (None), in reading order; empty ones may be among them.
    `locked` says why the texts of a subject may not be translated now (a ballot that has opened), or None.
    """

    kind: str
    name: LazyText
    fields: Mapping[str, LazyText]  # the label of each
    load: Callable[[int | None], Sequence[Item]]
    locked: Callable[[str], Reason | None] = never


_sources: dict[str, Source] = {}


def register(*sources: Source) -> None:
    """Add sources. Raises ValueError where a kind is taken by another."""
    for one in sources:
        if _sources.setdefault(one.kind, one) is not one:
            raise ValueError(f"two translatable kinds named {one.kind}")


def sources() -> Mapping[str, Source]:
    return dict(_sources)


def items(dialogue_id: int | None) -> list[Item]:
    """Every text of a dialogue, or of the site (None), that says something."""
    return [item for source in _sources.values() for item in source.load(dialogue_id) if item.source]


def item(dialogue_id: int | None, subject: str, field: str) -> Item | None:
    """One text of this dialogue; None where there is none (any more)."""
    source = _sources.get(subject.partition(":")[0])
    if source is None or field not in source.fields:
        return None
    found = (one for one in source.load(dialogue_id) if (one.subject, one.field) == (subject, field))
    return next((one for one in found if one.source), None)


def label(field: str, subject: str) -> LazyText | str:
    """What a field of this subject is called; the field itself where nobody says (any longer)."""
    source = _sources.get(subject.partition(":")[0])
    return source.fields.get(field, field) if source else field


def labels(fields: Mapping[str, tuple[LazyText, int]]) -> Mapping[str, LazyText]:
    """The labels of fields that are listed with their greatest length."""
    return {name: label for name, (label, _longest) in fields.items()}


def locked(subject: str) -> Reason | None:
    """Why the subject's texts may not be translated now, or None."""
    source = _sources.get(subject.partition(":")[0])
    return source.locked(subject) if source else None
