-- Keys by which programs call the API, and users that are programs.

ALTER TABLE joinery."user" ADD COLUMN service BOOLEAN DEFAULT false NOT NULL;

CREATE TABLE joinery.api_key (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    prefix TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    workspace_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    writes BOOLEAN NOT NULL,
    apps TEXT[],
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by BIGINT,
    expires_at TIMESTAMP WITH TIME ZONE,
    revoked_at TIMESTAMP WITH TIME ZONE,
    last_used_at TIMESTAMP WITH TIME ZONE,
    last_address TEXT,
    counted_from TIMESTAMP WITH TIME ZONE,
    calls INTEGER DEFAULT 0 NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(user_id) REFERENCES joinery."user" (id) ON DELETE CASCADE,
    FOREIGN KEY(workspace_id) REFERENCES joinery.workspace (id) ON DELETE CASCADE,
    FOREIGN KEY(created_by) REFERENCES joinery."user" (id) ON DELETE SET NULL
) WITH (fillfactor = 70);

CREATE UNIQUE INDEX api_key_prefix ON joinery.api_key (prefix);
CREATE INDEX api_key_user ON joinery.api_key (workspace_id, user_id);
