"""The `joinery` command: start the product, and do from a terminal what operators do."""
