"""Pure computation: sealing and opening, counting, and the recount that anyone can run."""
