-- Apps, departments, history, events, counters, files, views and jobs of one workspace.

CREATE TABLE app (
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    installed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (key)
);

CREATE TABLE app_draft (
    app TEXT NOT NULL,
    document TEXT NOT NULL,
    revision INTEGER NOT NULL,
    author BIGINT,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (app)
);

CREATE TABLE app_version (
    app TEXT NOT NULL,
    number INTEGER NOT NULL,
    document TEXT NOT NULL,
    changes JSONB NOT NULL,
    note TEXT NOT NULL,
    author BIGINT,
    published_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (app, number)
);

CREATE TABLE counter (
    app TEXT NOT NULL,
    form TEXT NOT NULL,
    field TEXT NOT NULL,
    period TEXT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (app, form, field, period)
);

CREATE TABLE department (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    name TEXT NOT NULL,
    parent_id BIGINT,
    PRIMARY KEY (id),
    FOREIGN KEY(parent_id) REFERENCES department (id)
);

CREATE TABLE event (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    kind TEXT NOT NULL,
    app TEXT,
    form TEXT,
    record_id BIGINT,
    actor BIGINT,
    data JSONB NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE file (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    created_by BIGINT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE history (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    app TEXT NOT NULL,
    form TEXT NOT NULL,
    record_id BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    actor BIGINT,
    kind TEXT NOT NULL,
    changes JSONB NOT NULL,
    source TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX history_record ON history (app, form, record_id, id);

CREATE TABLE kept_column (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    app TEXT NOT NULL,
    form TEXT NOT NULL,
    field TEXT NOT NULL,
    field_type TEXT NOT NULL,
    column_name TEXT NOT NULL,
    removed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE saved_view (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    app TEXT NOT NULL,
    form TEXT NOT NULL,
    owner BIGINT NOT NULL,
    shared BOOLEAN NOT NULL,
    label TEXT NOT NULL,
    definition JSONB NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX saved_view_form ON saved_view (app, form);

CREATE TABLE schema_version (
    version INTEGER NOT NULL
);

CREATE TABLE unconverted (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    app TEXT NOT NULL,
    form TEXT NOT NULL,
    field TEXT NOT NULL,
    record_id BIGINT NOT NULL,
    value TEXT NOT NULL,
    version INTEGER NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX unconverted_form ON unconverted (app, form, id);

CREATE TABLE job (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT,
    params JSONB NOT NULL,
    summary JSONB NOT NULL,
    error TEXT,
    file_id BIGINT,
    created_by BIGINT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE,
    finished_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(file_id) REFERENCES file (id)
);

CREATE INDEX job_state ON job (state) WHERE state IN ('waiting', 'running');

CREATE TABLE job_failure (
    job_id BIGINT NOT NULL,
    row_number BIGINT NOT NULL,
    cells TEXT[] NOT NULL,
    issues JSONB NOT NULL,
    PRIMARY KEY (job_id, row_number),
    FOREIGN KEY(job_id) REFERENCES job (id) ON DELETE CASCADE
);
