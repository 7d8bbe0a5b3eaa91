-- Uploads in pieces go on where they ended, also after a restart; and packets may leave on a stick.
ALTER TABLE outbox ADD COLUMN sent INTEGER NOT NULL DEFAULT 0 CHECK (sent >= 0);
ALTER TABLE outbox ADD COLUMN exported_at TEXT;
