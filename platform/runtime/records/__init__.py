"""Records: read, written through the one write path, related, converted, deleted."""
