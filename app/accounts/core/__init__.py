"""Pure computation: passwords, names, addresses, one-time secrets."""
