"""Demo data of the bundled suite."""
