-- Starts of workflows by schedule: until when each was looked at; "start" is what it said then, as JSON.

CREATE TABLE workflow_schedule (
    app TEXT NOT NULL,
    workflow TEXT NOT NULL,
    number INTEGER NOT NULL,
    start TEXT NOT NULL,
    looked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (app, workflow, number)
);

-- Instances that have ended and whose last values could not be set: few, and looked for among all.
CREATE INDEX workflow_instance_unsaved ON workflow_instance (id) WHERE state -> 'unsaved' <> '{}'::jsonb;

CREATE INDEX workflow_instance_open ON workflow_instance (id) WHERE ended_at IS NULL;
