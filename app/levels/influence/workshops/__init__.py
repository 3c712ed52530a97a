"""Workshops: critique, vision, action (framtidsverkstad): cards, themes, dots, and proposals that name their cards."""
