-- A workspace may put all people of an external organisation into a permission group.

ALTER TABLE permission_group_member DROP CONSTRAINT permission_group_member_kind_check;
ALTER TABLE permission_group_member
    ADD CONSTRAINT permission_group_member_kind_check CHECK (kind IN ('user', 'department', 'organisation'));
