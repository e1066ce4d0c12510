-- Files that export jobs made, in pieces, until they expire.

CREATE TABLE export_piece (
    job_id BIGINT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (job_id, number)
);
