"""Anyone may say whether a page helped; communications read it, and take away what should not have been written."""

from __future__ import annotations

from app.permissions import Action, Role, Rules, anyone, has_role


class Do(Action):
    ANSWER = "helped:answer"
    READ = "helped:read"
    REMOVE = "helped:remove"


RULES: Rules = {
    Do.ANSWER: (anyone,),
    Do.READ: (has_role(Role.COMMUNICATIONS),),
    Do.REMOVE: (has_role(Role.COMMUNICATIONS),),
}
