"""Reading the audit log: who may read which entries, and what they say in words."""
