"""Workflows at work: starting them, deciding, what follows from it, and the boxes of people."""
