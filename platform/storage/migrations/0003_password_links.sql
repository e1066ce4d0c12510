-- Links by which somebody chooses a password: who was invited, or forgot it.

CREATE TABLE joinery.password_link (
    token_hash TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    workspace_id BIGINT NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (token_hash),
    FOREIGN KEY(user_id) REFERENCES joinery."user" (id) ON DELETE CASCADE,
    FOREIGN KEY(workspace_id) REFERENCES joinery.workspace (id) ON DELETE CASCADE
);

CREATE INDEX password_link_user ON joinery.password_link (user_id);
