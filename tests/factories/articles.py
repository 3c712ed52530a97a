"""Articles, published or not."""

from __future__ import annotations

from typing import Any

from app import clock, db, richtext
from app.levels.information.articles.models import Article


def make_article(dialogue_id: int | None = None, *, published: bool = True, **fields: Any) -> Article:
    """A page with a few words; the site's unless it is given a dialogue."""
    body = fields.pop("body", "### Bakgrund\n\nGatan byggs om.")
    values: dict[str, Any] = {"kind": "page", "title": "Om gatan", "lead": "Gatan får nya ledningar.", **fields}
    row = Article(
        dialogue_id=dialogue_id, body=body, html=richtext.from_markdown(body), created_at=clock.now(),
        published_at=clock.now() if published else None, **values,
    )  # fmt: skip
    db.session().add(row)
    db.session().flush()
    return row
