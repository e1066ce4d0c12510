-- The organisation: heads and order of departments, roles of the workspace, roles in a department.

ALTER TABLE department ADD COLUMN position INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE department ADD COLUMN head_ids BIGINT[] DEFAULT '{}' NOT NULL;
ALTER TABLE department ADD COLUMN active BOOLEAN DEFAULT true NOT NULL;
UPDATE department SET position = id;

CREATE TABLE role (
    key TEXT NOT NULL,
    label JSONB NOT NULL,
    PRIMARY KEY (key)
);

CREATE TABLE department_role (
    user_id BIGINT NOT NULL,
    role TEXT NOT NULL,
    department_id BIGINT NOT NULL,
    PRIMARY KEY (user_id, role, department_id),
    FOREIGN KEY(department_id) REFERENCES department (id)
);
