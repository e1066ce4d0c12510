-- By which rules the indexes of record tables were chosen; 0 are those before any were told apart.

ALTER TABLE schema_version ADD COLUMN index_rules INTEGER NOT NULL DEFAULT 0;
