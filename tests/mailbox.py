"""The mails that the installation has sent, as files: what a person finds in their mailbox."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from app import jobs


class Mailbox:
    """Runs the jobs that are due and reads what was sent since."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.folder: Path = app.config["SETTINGS"].files_path.parent / "mail"
        self.empty()

    def empty(self) -> None:
        for file in self.folder.glob("*.eml"):
            file.unlink()

    def all(self) -> list[EmailMessage]:
        """Every mail, after the jobs have run, the oldest first."""
        with self.app.app_context():
            jobs.run_due()
        files = sorted(self.folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]

    def to(self, address: str) -> list[str]:
        """The texts of the mails to this address, the oldest first."""
        return [text_of(message) for message in self.all() if message["To"] == address]

    def link(self, address: str) -> str:
        """The path of the one-time link in the newest mail to this address."""
        return paths(self.to(address)[-1], "/lank/")[0]

    def code(self, address: str) -> str:
        """The code in the newest mail to this address, as it is written there."""
        found = re.findall(r"\b[2-9B-Z]{4} [2-9B-Z]{4}\b", self.to(address)[-1])
        return found[0]


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return f"{message['Subject']}\n\n{part.get_content()}"


def paths(text: str, holding: str) -> list[str]:
    """Paths of the addresses in a text."""
    return [urlsplit(url).path for url in re.findall(r"https?://\S+", text) if holding in url]
