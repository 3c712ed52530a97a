"""Pure computation: what a word is, and when two are the same."""
