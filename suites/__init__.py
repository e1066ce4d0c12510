"""The suites that ship with Joinery: app definitions as JSON, and the demo data beside them."""
