"""The use cases: one function per thing that a person or a timer can do."""
