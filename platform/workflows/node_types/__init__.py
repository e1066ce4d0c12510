"""One file per type of node; each registers itself."""
