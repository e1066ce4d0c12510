-- Who did what in the workspace, when and from where: only ever added to.

CREATE TABLE audit_entry (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    kind TEXT NOT NULL,
    actor BIGINT,
    actor_name TEXT NOT NULL,
    address TEXT,
    subject TEXT,
    data JSONB NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX audit_entry_kind ON audit_entry (kind, id);

CREATE INDEX audit_entry_actor ON audit_entry (actor, id);

CREATE FUNCTION audit_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''entries of the audit log are never changed''; END';

CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_kept();
