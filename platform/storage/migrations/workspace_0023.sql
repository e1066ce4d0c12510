-- Filters of the task centre that people keep under a name; "first" is the one that its box opens with.

CREATE TABLE task_filter (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    user_id BIGINT NOT NULL,
    box TEXT NOT NULL,
    label TEXT NOT NULL,
    query JSONB NOT NULL,
    first BOOLEAN NOT NULL,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX task_filter_label ON task_filter (user_id, box, label);
CREATE UNIQUE INDEX task_filter_first ON task_filter (user_id, box) WHERE first;
