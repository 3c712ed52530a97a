"""Pure computation on files: no database, no disk."""
