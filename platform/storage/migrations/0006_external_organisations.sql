-- Partner companies outside the department tree. Whether one is switched on decides whether its people can
-- sign in, which is asked before the workspace's own schema is known.

CREATE TABLE joinery.external_organisation (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id BIGINT NOT NULL REFERENCES joinery.workspace (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('customer', 'dealer', 'supplier')),
    active BOOLEAN DEFAULT true NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX external_organisation_workspace ON joinery.external_organisation (workspace_id);

ALTER TABLE joinery.member ADD COLUMN organisation_id BIGINT REFERENCES joinery.external_organisation (id);
CREATE INDEX member_organisation ON joinery.member (organisation_id) WHERE organisation_id IS NOT NULL;
