"""Pure computation: numbers as people type them, and tables that give no single person away."""
