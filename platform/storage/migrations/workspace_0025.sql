-- Secrets go to named hosts only: one without hosts goes to none.

ALTER TABLE secret ADD COLUMN hosts TEXT[] NOT NULL DEFAULT '{}';
