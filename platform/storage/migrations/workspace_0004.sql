-- What people say about records, and whom they mention.

CREATE TABLE comment (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    app TEXT NOT NULL,
    form TEXT NOT NULL,
    record_id BIGINT NOT NULL,
    author BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    edited_at TIMESTAMP WITH TIME ZONE,
    text TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX comment_record ON comment (app, form, record_id, at, id);

CREATE TABLE mention (
    comment_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (comment_id, user_id),
    FOREIGN KEY(comment_id) REFERENCES comment (id) ON DELETE CASCADE
);

CREATE INDEX mention_user ON mention (user_id, comment_id);
