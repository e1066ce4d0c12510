-- Records that became others: what was made of them, and what undoing puts back.

CREATE TABLE conversion (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    app TEXT NOT NULL,
    form TEXT NOT NULL,
    record_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by BIGINT,
    targets JSONB NOT NULL,
    changes JSONB NOT NULL,
    moved JSONB NOT NULL,
    undone_at TIMESTAMP WITH TIME ZONE,
    undone_by BIGINT,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX conversion_once ON conversion (app, form, record_id, key) WHERE undone_at IS NULL;
