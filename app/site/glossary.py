"""Words that the site uses and that not everybody knows, with the Swedish one beside, which is used in meetings."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l


@dataclass(frozen=True)
class Word:
    """One entry; `key` is its place on the page."""

    key: str
    swedish: str
    word: LazyText
    meaning: LazyText


WORDS = (
    Word(
        "dialogue",
        "medborgardialog",
        lazy_p("glossary", "Citizen dialogue"),
        _l("Elected politicians ask residents about one question before they decide, and answer afterwards."),
    ),
    Word(
        "ladder",
        "delaktighetstrappa",
        lazy_p("glossary", "Participation ladder"),
        _l(
            "Five ways to take part, from getting to know to taking part in deciding. Each dialogue stands on one step."
        ),
    ),
    Word(
        "promise",
        "löfte",
        lazy_p("glossary", "Promise"),
        _l("What the politicians commit themselves to do with what you say."),
    ),
    Word(
        "criteria",
        "kriterier",
        lazy_p("glossary", "Criteria"),
        _l("Four requirements that a question must meet before residents are asked about it."),
    ),
    Word(
        "council",
        "kommunfullmäktige",
        lazy_p("glossary", "Municipal council"),
        _l("The highest body of the municipality. Its members are chosen in the general election every fourth year."),
    ),
    Word(
        "board",
        "kommunstyrelsen",
        lazy_p("glossary", "Municipal executive board"),
        _l("Leads the work of the municipality and prepares what the council decides."),
    ),
    Word(
        "committee",
        "nämnd",
        lazy_p("glossary", "Committee"),
        _l("Elected representatives who decide within one field, such as schools or streets."),
    ),
    Word(
        "official",
        "tjänsteperson",
        lazy_p("glossary", "Official"),
        _l("Somebody who is employed by the municipality. Officials prepare; politicians decide."),
    ),
    Word(
        "minutes",
        "protokoll",
        lazy_p("glossary", "Minutes"),
        _l("What was decided at a meeting, in writing. Each decision has a number, written §."),
    ),
    Word(
        "case-number",
        "diarienummer",
        lazy_p("glossary", "Case number"),
        _l("The number under which the municipality keeps everything about one matter."),
    ),
    Word(
        "public-document",
        "allmän handling",
        lazy_p("glossary", "Public document"),
        _l("What is sent to the municipality, or made there. Anybody may ask to read it, unless a law protects it."),
    ),
    Word(
        "user-dialogue",
        "brukardialog",
        lazy_p("glossary", "User dialogue"),
        _l("Talks with those who use one service, such as a school or a home for the elderly, about how it works."),
    ),
    Word(
        "information",
        "informationsinsats",
        lazy_p("glossary", "Information about a decision"),
        _l("Residents are told what has been decided already. Nothing is asked, because nothing is open."),
    ),
    Word(
        "consultation",
        "samråd",
        lazy_p("glossary", "Statutory consultation"),
        _l("A consultation that a law requires, for instance about a development plan. It has rules of its own."),
    ),
    Word(
        "moderator",
        "moderator",
        lazy_p("glossary", "Moderator"),
        _l("Somebody who sees to it that what is written follows the rules, and tells authors of its decisions."),
    ),
    Word(
        "easy-swedish",
        "lättläst",
        lazy_p("glossary", "Easy Swedish"),
        _l("Text in short sentences and common words, for those who find ordinary Swedish hard."),
    ),
)
