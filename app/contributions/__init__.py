"""What a resident writes for others to read: posts, suggestions, cards. One table, one state each, versions kept.

An engine: the methods ask `require`, call its service, and emit their own events.
"""
