"""Pure computation: nothing here reads a database."""
