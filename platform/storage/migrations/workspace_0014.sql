-- Files that belong to comments.

CREATE TABLE comment_file (
    comment_id BIGINT NOT NULL REFERENCES comment (id) ON DELETE CASCADE,
    file_id BIGINT NOT NULL REFERENCES file (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (comment_id, file_id)
);
