"""Pure computation on texts."""
