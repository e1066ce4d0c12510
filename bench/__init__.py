"""Repeatable measurements: every figure beside hand-written SQL of the same run."""
