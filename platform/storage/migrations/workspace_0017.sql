-- Application administrators: people, or all who have a role, who administer some apps and departments only.

CREATE TABLE administrator_circle (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    user_id BIGINT,
    role TEXT,
    apps TEXT[],
    department_ids BIGINT[] DEFAULT '{}' NOT NULL,
    roles TEXT[] DEFAULT '{}' NOT NULL,
    given_at TIMESTAMP WITH TIME ZONE NOT NULL,
    given_by BIGINT,
    PRIMARY KEY (id),
    CHECK (num_nonnulls(user_id, role) = 1),
    UNIQUE (user_id),
    UNIQUE (role)
);
