-- An import may take several files: their failed rows are told apart by the file's place.
ALTER TABLE job_failure ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
ALTER TABLE job_failure DROP CONSTRAINT job_failure_pkey;
ALTER TABLE job_failure ADD PRIMARY KEY (job_id, part, row_number);

CREATE TABLE import_trace (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    job_id BIGINT NOT NULL,
    form TEXT NOT NULL,
    kind TEXT NOT NULL,
    record_ids BIGINT[] NOT NULL,
    revisions BIGINT[] NOT NULL,
    before JSONB,
    PRIMARY KEY (id),
    FOREIGN KEY(job_id) REFERENCES job (id) ON DELETE CASCADE
);

CREATE INDEX import_trace_job ON import_trace (job_id, id);

CREATE INDEX job_import ON job (id) WHERE kind = 'import';

CREATE TABLE import_mapping (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    owner BIGINT,
    app TEXT NOT NULL,
    shape TEXT NOT NULL,
    form TEXT NOT NULL,
    choices JSONB NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX import_mapping_shape ON import_mapping (app, shape, COALESCE(owner, 0));
