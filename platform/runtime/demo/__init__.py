"""The demo workspace and what fills it."""
