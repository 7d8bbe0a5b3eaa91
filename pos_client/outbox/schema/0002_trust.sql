-- Trusted time, countersigned heads, second pairs of eyes, orders of the carrier.

-- When something happened, told four ways: the wall clock (`at`), milliseconds since this start of
-- the computer, which start that was, and the last time the carrier had signed until then.
ALTER TABLE journal ADD COLUMN mono_ms INTEGER;
ALTER TABLE journal ADD COLUMN boot TEXT;
ALTER TABLE journal ADD COLUMN server_at TEXT;

-- The last time the carrier signed, and what our clock said then.
CREATE TABLE heard (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    server_at TEXT NOT NULL,
    at        TEXT NOT NULL
) STRICT;

-- The head of the journal that the carrier countersigned with a receipt.
ALTER TABLE receipt ADD COLUMN journal_count INTEGER;
ALTER TABLE receipt ADD COLUMN journal_sha256 TEXT;

-- Whoever looks through the waiting list sees his own rows.
CREATE INDEX outbox_by_author ON outbox (operator, seq);

-- What a second person decided; never the one who asked.
CREATE TABLE approval (
    registration TEXT NOT NULL,
    subject      TEXT NOT NULL,
    author       TEXT NOT NULL,
    approver     TEXT NOT NULL,
    outcome      TEXT NOT NULL CHECK (outcome IN ('approved', 'refused')),
    decided_at   TEXT NOT NULL,
    PRIMARY KEY (registration, subject),
    CHECK (author <> approver)
) STRICT;

-- The carrier's signed orders to this till, byte for byte, and what became of them.
CREATE TABLE carrier_order (
    sequence  INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    kind      TEXT NOT NULL,
    result    TEXT NOT NULL CHECK (result IN ('done', 'refused')),
    kid       TEXT NOT NULL,
    message   BLOB NOT NULL,
    signature BLOB NOT NULL,
    done_at   TEXT NOT NULL
) STRICT;
