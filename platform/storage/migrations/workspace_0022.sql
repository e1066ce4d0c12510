-- Signatures of decisions: strokes or a typed name, not files; and the one that a person keeps for the next time.

ALTER TABLE workflow_task DROP COLUMN signature;

CREATE TABLE workflow_signature (
    task_id BIGINT NOT NULL REFERENCES workflow_task (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (task_id)
);

CREATE TABLE kept_signature (
    user_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (user_id)
);
