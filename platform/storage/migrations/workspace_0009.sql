-- Settings of the workspace that are no settings of one app, and mails that go out or are kept.

CREATE TABLE setting (
    key TEXT NOT NULL,
    value JSONB NOT NULL,
    PRIMARY KEY (key)
);

CREATE TABLE mail (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT,
    html TEXT,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    error TEXT,
    sent_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id)
);

CREATE INDEX mail_at ON mail (at);
