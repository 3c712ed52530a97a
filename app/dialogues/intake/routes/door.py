"""The blueprint that every page of what is considered hangs on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("intake", __name__)
