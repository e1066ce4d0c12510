-- An administrator looks at the workspace as somebody else: the session says as whom.

ALTER TABLE joinery.session ADD COLUMN preview_user_id BIGINT REFERENCES joinery."user" (id) ON DELETE SET NULL;
