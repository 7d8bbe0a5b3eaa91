-- A returned registration and the one that corrects it know each other.
ALTER TABLE outbox ADD COLUMN superseded_by TEXT;
ALTER TABLE outbox ADD COLUMN supersedes TEXT;

-- What happened to one registration is looked up on the screen.
CREATE INDEX journal_about ON journal (about, number);

-- Sealed packets of other tills that came on a stick and are sent from here. The bytes go when the
-- carrier has them; its receipt stays, to be taken back.
CREATE TABLE carried (
    id        TEXT PRIMARY KEY,
    device_id TEXT NOT NULL,
    sha256    TEXT NOT NULL CHECK (length(sha256) = 64),
    size      INTEGER NOT NULL CHECK (size > 0),
    data      BLOB,
    state     TEXT NOT NULL CHECK (state IN ('waiting', 'held', 'refused')),
    attempts  INTEGER NOT NULL DEFAULT 0,
    next_at   TEXT NOT NULL,
    cause     TEXT,
    kid       TEXT,
    message   BLOB,
    signature BLOB,
    CHECK ((state = 'waiting') = (data IS NOT NULL)),
    CHECK ((state = 'held') = (message IS NOT NULL))
) STRICT;
CREATE INDEX carried_due ON carried (state, next_at);
