"""The product over HTTP: API, pages, sessions, errors; the only folder that knows status numbers."""
