"""Every method of the house keeps every rule of it; a new one is covered the moment it stands in the tuple."""

from __future__ import annotations

import pytest

from app.levels import METHODS
from tests.conformance.checks import CHECKS


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.key)
@pytest.mark.parametrize("name", CHECKS)
def test_a_method_keeps_the_rules(house, method, name):
    complaints = CHECKS[name](method, house)
    assert complaints == [], f"\n{method.key}:\n  " + "\n  ".join(complaints)
