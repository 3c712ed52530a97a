"""Joint projects: residents and the municipality do something together, with tasks, milestones and news of it."""
