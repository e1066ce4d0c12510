"""Calls of other systems by workflows, and the secrets they use."""
