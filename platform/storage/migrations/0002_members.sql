-- Managers, and people who left one workspace only.

ALTER TABLE joinery.member ADD COLUMN active BOOLEAN DEFAULT true NOT NULL;
ALTER TABLE joinery.member ADD COLUMN manager_id BIGINT;
ALTER TABLE joinery.member ADD FOREIGN KEY (manager_id) REFERENCES joinery."user" (id);
