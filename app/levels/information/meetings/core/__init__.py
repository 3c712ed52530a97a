"""Pure computation of meetings: no database, no web."""
