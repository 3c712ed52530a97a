"""Voters in a process of its own, to be killed: `python -m tests.levels.votes.voter_to_kill URL FOLDER VOTE`."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from app import create_app, db
from app.accounts.models import Person
from app.levels.codecision.votes import queries
from tests.conftest import settings
from tests.factories.people import actor_of, make_person
from tests.factories.votes import vote_as


def someone(address: str) -> Person:
    """A person of this run, whose address no other run has."""
    person = make_person()
    person.email = person.email_key = address
    return person


def main() -> None:
    url, folder, vote_id = sys.argv[1:]
    app = create_app(settings(Path(folder)))
    db.connect(url)
    with app.app_context():
        for number in count():
            with db.unit():
                actor = actor_of(someone(f"{Path(folder).name}-{number}@example.se"))
            with db.unit():
                receipt = vote_as(actor, queries.vote(int(vote_id)), str(1 + number % 3))
            sys.stdout.write(receipt + "\n")  # shown only when the ballot is in the box
            sys.stdout.flush()


if __name__ == "__main__":
    main()
