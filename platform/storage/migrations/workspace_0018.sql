-- Changes and new records that wait beside the stored ones until a workflow approves them.

-- An instance about a new record has none as long as it waits.
ALTER TABLE workflow_instance ALTER COLUMN record_id DROP NOT NULL;

-- "values" as the API takes them, "base" what the record had in these fields then, "granted" the fields
-- that a step of the workflow, not the right of who proposed, lets in.
CREATE TABLE workflow_proposal (
    instance_id BIGINT NOT NULL REFERENCES workflow_instance (id) ON DELETE CASCADE,
    proposed_by BIGINT,
    values JSONB NOT NULL,
    base JSONB NOT NULL,
    granted TEXT[] DEFAULT '{}' NOT NULL,
    confirmed BOOLEAN NOT NULL,
    applied_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (instance_id)
);
