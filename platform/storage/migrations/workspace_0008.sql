-- The suites an app was installed from, as they were delivered: what an upgrade compares with.

CREATE TABLE suite (
    app TEXT NOT NULL,
    version TEXT NOT NULL,
    document TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (app)
);
