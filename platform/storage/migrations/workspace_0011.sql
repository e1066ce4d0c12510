-- What was done to many records in one go, so that the history can name it and it can be undone.

CREATE TABLE record_batch (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    app TEXT NOT NULL,
    form TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor BIGINT,
    count INTEGER NOT NULL,
    undoes BIGINT REFERENCES record_batch (id),
    undone_at TIMESTAMPTZ
);
CREATE INDEX record_batch_form ON record_batch (app, form, id);

ALTER TABLE history ADD COLUMN batch BIGINT;
CREATE INDEX history_batch ON history (batch) WHERE batch IS NOT NULL;
