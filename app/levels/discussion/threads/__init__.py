"""Threads: people write to each other about a question, officials and elected representatives among them."""
