-- Secrets by name, sealed; and the calls that workflows make to other systems.

CREATE TABLE secret (
    name TEXT NOT NULL,
    sealed TEXT NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_by BIGINT,
    PRIMARY KEY (name)
);

CREATE TABLE webhook_call (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    key TEXT NOT NULL,
    instance_id BIGINT NOT NULL,
    node TEXT NOT NULL,
    round INTEGER NOT NULL,
    request JSONB NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    next_at TIMESTAMP WITH TIME ZONE,
    called_at TIMESTAMP WITH TIME ZONE,
    status INTEGER,
    error JSONB,
    answer TEXT,
    result JSONB,
    PRIMARY KEY (id),
    UNIQUE (key)
);

CREATE INDEX webhook_call_made ON webhook_call (made_at);
