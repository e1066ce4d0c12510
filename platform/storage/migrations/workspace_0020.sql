-- Revisions of drafts never come again: a draft that was dropped and begun anew is another one to whoever read it.

CREATE SEQUENCE app_draft_revision AS INTEGER;

SELECT setval('app_draft_revision', max(revision)) FROM app_draft HAVING max(revision) IS NOT NULL;
