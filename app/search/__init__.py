"""Search: an index of the words of everything that one can point at, kept in the transaction of what it indexes."""
