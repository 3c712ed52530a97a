"""The demo municipality's articles: written in Swedish, two of them with a picture and in three languages."""

from __future__ import annotations

import random
import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from app import db, richtext, subjects
from app.dialogues.demo import Town
from app.files.service import Upload, keep_picture
from app.levels.information.articles import service
from app.levels.information.articles.models import Article
from app.multilingual.models import Status, Translation
from app.multilingual.queries import digest
from app.permissions import SYSTEM, Role

TEXTS = Path(__file__).with_name("demo_articles.toml")
SKY, GRASS, TRUNK, LEAF, GREY = "#cfe6f5", "#9ec78a", "#6b4a2b", "#3d7a45", "#b9b4aa"


def fill(town: Town) -> None:
    """Add the articles, in the open unit."""
    for entry in tomllib.loads(TEXTS.read_text(encoding="utf-8"))["article"]:
        row = _article(town, entry)
        db.session().add(row)
        db.session().flush()
        _translations(town, row, entry)
        service.keep_card_of(row)


def _article(town: Town, entry: dict[str, Any]) -> Article:
    writer = town.official if "dialogue" in entry else town.staff[Role.COMMUNICATIONS]
    at = town.ago(days=entry["days_ago"])
    body = entry["body"]["sv"].strip()
    row = Article(
        dialogue_id=town.dialogues[entry["dialogue"]].id if "dialogue" in entry else None,
        kind=entry["kind"],
        title=entry["title"]["sv"],
        lead=entry["lead"]["sv"],
        body=body,
        html=richtext.from_markdown(body),
        created_by=writer.id,
        created_at=at,
        published_at=at,
    )
    if "picture" in entry:
        row.picture = keep_picture(SYSTEM, Upload("bild.png", _drawn(town.rng)), owner=service.PICTURES)
        row.picture_alt = entry["alt"]["sv"]
    return row


def _translations(town: Town, row: Article, entry: dict[str, Any]) -> None:
    fields = {"title": "title", "lead": "lead", "body": "body", "picture_alt": "alt"}
    writer, reviewer = town.staff[Role.TRANSLATOR], town.official
    for field, name in fields.items():
        for language, text in entry.get(name, {}).items():
            if language == "sv":
                continue
            written = text.strip()
            db.session().add(
                Translation(
                    subject=subjects.key("article", row.id),
                    field=field,
                    language=language,
                    text=written,
                    html=richtext.from_markdown(written) if field == "body" else None,
                    status=Status.REVIEWED,
                    source_version=digest(getattr(row, field)),
                    source_text=getattr(row, field),
                    written_by=writer.id,
                    written_at=town.now,
                    reviewed_by=reviewer.id,
                    reviewed_at=town.now,
                )
            )


def _drawn(rng: random.Random) -> bytes:
    """A simple picture of a place with trees and a path, as PNG."""
    picture = Image.new("RGB", (960, 540), SKY)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 360, 960, 540), fill=GRASS)
    pen.polygon(((380, 540), (580, 540), (500, 360), (460, 360)), fill=GREY)
    for side in (60, 190, 300, 660, 770, 890):
        top = rng.randint(170, 230)
        pen.rectangle((side - 8, top, side + 8, 400), fill=TRUNK)
        pen.ellipse((side - 60, top - 90, side + 60, top + 50), fill=LEAF)
    held = BytesIO()
    picture.save(held, "PNG")
    return held.getvalue()
