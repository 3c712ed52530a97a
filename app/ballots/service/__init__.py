"""Every write about ballot boxes. Rules are asked by the method that owns the vote, before it calls these."""

from app.ballots.service.boxes import close, freeze, lock, make_box, purge, seal, void
from app.ballots.service.casting import Voter, cast, mark_paper, rows
from app.ballots.service.counting import Entered, certify, enter_count, open_here, take_in
from app.ballots.service.keys import answer_trial, make_key_here, register_key, try_here
from app.ballots.service.rolls import enrol, enrol_by_name, forget, list_addresses, make_codes, take_away_codes

__all__ = [
    "Entered",
    "Voter",
    "answer_trial",
    "cast",
    "certify",
    "close",
    "enrol",
    "enrol_by_name",
    "enter_count",
    "forget",
    "freeze",
    "list_addresses",
    "lock",
    "make_box",
    "make_codes",
    "make_key_here",
    "mark_paper",
    "open_here",
    "purge",
    "register_key",
    "rows",
    "seal",
    "take_away_codes",
    "take_in",
    "try_here",
    "void",
]
