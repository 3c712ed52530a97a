"""Pure computation: how a text reads."""
