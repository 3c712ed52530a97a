"""Whatever can be judged has one row here: its state. Owners ask `is_shown`; moderation decides."""
