"""Plain typed functions that make rows for tests. They need an open unit."""
