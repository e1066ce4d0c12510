-- A record that a conversion made is asked which one that was.

CREATE INDEX conversion_targets ON conversion USING gin (targets jsonb_path_ops) WHERE undone_at IS NULL;
