"""Influence: residents take part in planning, over time."""
