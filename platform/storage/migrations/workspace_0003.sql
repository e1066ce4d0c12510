-- The working calendar: the days of the week that are worked, and single days that are otherwise.

CREATE TABLE working_week (
    weekdays INTEGER[] NOT NULL
);

INSERT INTO working_week (weekdays) VALUES ('{1,2,3,4,5}');

CREATE TABLE calendar_day (
    day DATE NOT NULL,
    working BOOLEAN NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (day)
);
