"""Who may do what, as administrators see, explain and try it."""
