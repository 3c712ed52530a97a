"""Pure computation: when the municipality is elected, and what that means for its guideline."""
