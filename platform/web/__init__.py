"""The product over HTTP: the API, the pages, sessions and errors; the only folder that knows status numbers."""
