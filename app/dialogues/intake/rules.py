"""Who may do what with larger changes and with the topics that residents propose."""

from __future__ import annotations

from app.permissions import Action, Role, Rules, has_role

FOLLOW = (Role.OFFICIAL, Role.SECRETARY, Role.ELECTED)  # who follows which larger changes are to be decided


class Do(Action):
    SEE_CHANGES = "intake:see_changes"
    FLAG = "intake:flag"  # a case as a larger change, and change what it says
    CONSIDER = "intake:consider"  # write down whether a dialogue was considered


RULES: Rules = {
    Do.SEE_CHANGES: (has_role(*FOLLOW),),
    Do.FLAG: (has_role(Role.OFFICIAL),),
    Do.CONSIDER: (has_role(Role.OFFICIAL, Role.SECRETARY),),
}
