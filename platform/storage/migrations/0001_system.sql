-- Workspaces, people and sessions.

CREATE TABLE joinery.setup_link (
    token_hash TEXT NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (token_hash)
);

CREATE TABLE joinery.sign_in_attempt (
    key TEXT NOT NULL,
    failures INTEGER NOT NULL,
    blocked_until TIMESTAMP WITH TIME ZONE,
    last_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (key)
);

CREATE TABLE joinery."user" (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    language TEXT,
    theme TEXT,
    active BOOLEAN DEFAULT true NOT NULL,
    demo BOOLEAN DEFAULT false NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX user_email ON joinery."user" (lower(email));

CREATE TABLE joinery.workspace (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    schema_name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    currency TEXT NOT NULL,
    language TEXT NOT NULL,
    demo BOOLEAN NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    directory_stamp BIGINT DEFAULT '0' NOT NULL,
    apps_stamp BIGINT DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (key),
    UNIQUE (schema_name)
);

CREATE TABLE joinery.member (
    workspace_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    is_admin BOOLEAN DEFAULT false NOT NULL,
    roles TEXT[] DEFAULT '{}' NOT NULL,
    department_ids BIGINT[] DEFAULT '{}' NOT NULL,
    PRIMARY KEY (workspace_id, user_id),
    FOREIGN KEY(workspace_id) REFERENCES joinery.workspace (id),
    FOREIGN KEY(user_id) REFERENCES joinery."user" (id)
);

CREATE INDEX member_user ON joinery.member (user_id);

CREATE TABLE joinery.session (
    token_hash TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    workspace_id BIGINT NOT NULL,
    csrf_token TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    address TEXT,
    user_agent TEXT,
    PRIMARY KEY (token_hash),
    FOREIGN KEY(user_id) REFERENCES joinery."user" (id) ON DELETE CASCADE,
    FOREIGN KEY(workspace_id) REFERENCES joinery.workspace (id) ON DELETE CASCADE
);

CREATE INDEX session_expires ON joinery.session (expires_at);

CREATE INDEX "session_user" ON joinery.session (user_id);
