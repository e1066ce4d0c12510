"""The definitions of apps: drafted, checked, published, described."""
