-- People and departments that a workspace puts into the permission groups of its apps.

CREATE TABLE permission_group_member (
    app TEXT NOT NULL,
    form TEXT NOT NULL,
    group_key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('user', 'department')),
    member_id BIGINT NOT NULL,
    with_below BOOLEAN DEFAULT false NOT NULL,
    PRIMARY KEY (app, form, group_key, kind, member_id)
);
