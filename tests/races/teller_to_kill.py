"""A worker that tells many of what happened, to be killed between two pages: `… teller_to_kill URL FOLDER STOP`.

STOP is after how many pages it stands still for the kill; 0 for never.
"""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from pathlib import Path

from app import create_app, db, events, jobs, mail
from app.i18n import Language
from app.ladder import Notice, Recipient
from app.moderation.events import ItemShown
from app.notifications import service
from tests.conftest import settings

MANY = 950
PATIENCE = 120  # seconds


def recipients(_event: events.Event) -> list[Recipient]:
    """Everyone, some of them in two ways of writing."""
    return [Recipient(f"person{n}@example.se", "sv") for n in range(MANY)] + [
        Recipient(f"PERSON{n}@example.se", "en") for n in range(0, MANY, 10)
    ]


def use_this_notice() -> None:
    """Let this be the only notice of the event."""
    service._notices[ItemShown] = [Notice(ItemShown, "item_shown", recipients)]


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def main() -> None:
    url, folder, stop = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    app = create_app(settings(folder / "var"))
    db.connect(url)
    use_this_notice()
    pages, post_each = [0], mail.post_each

    def counted(template: str, to: dict[str, tuple[str, Language]], facts: dict[str, object]) -> int:
        made = post_each(template, to, facts)
        pages[0] += 1
        if pages[0] == stop:
            say("halfway")
            time.sleep(PATIENCE)
        return made

    mail.post_each = counted  # type: ignore[assignment]
    mail.deliver = lambda template, to, language, *, key, **facts: None  # type: ignore[assignment]
    jobs.LEASE = timedelta(seconds=1)
    with app.app_context():
        say("ready")
        jobs.work(lambda: False, tick=lambda: None, pause=0.05)


if __name__ == "__main__":
    main()
