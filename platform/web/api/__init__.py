"""The calls of `/api/v1`: every module defines a `blueprint` and is found by the application."""
