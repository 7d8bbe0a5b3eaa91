-- The first store. Times are ISO 8601 in UTC with microseconds, so that they sort as text.

-- One line for each sealed registration; the customer only by masked labels.
CREATE TABLE outbox (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT NOT NULL UNIQUE,
    state         TEXT NOT NULL CHECK (state IN (
                      'queued', 'sending', 'received', 'in_review', 'accepted',
                      'returned', 'refused', 'quarantined', 'purged')),
    flow          TEXT NOT NULL,
    operator      TEXT NOT NULL,
    outlet        TEXT NOT NULL,
    masked_name   TEXT NOT NULL,
    masked_msisdn TEXT NOT NULL,
    created_at    TEXT NOT NULL,
    size          INTEGER NOT NULL CHECK (size > 0),
    sha256        TEXT NOT NULL CHECK (length(sha256) = 64),
    attempts      INTEGER NOT NULL DEFAULT 0,
    next_at       TEXT NOT NULL,
    cause         TEXT,
    carrier_ref   TEXT,
    received_at   TEXT,
    reason        TEXT,
    about         TEXT,
    decided_at    TEXT,
    -- 'leaving' is written before the file is removed, 'gone' after.
    packet        TEXT NOT NULL DEFAULT 'here' CHECK (packet IN ('here', 'leaving', 'gone')),
    -- A packet may only leave when the carrier holds it.
    CHECK (packet = 'here' OR received_at IS NOT NULL)
) STRICT;
CREATE INDEX outbox_due ON outbox (state, next_at, seq);
CREATE INDEX outbox_by_state ON outbox (state, seq);
CREATE INDEX outbox_received ON outbox (received_at);
CREATE INDEX outbox_leaving ON outbox (packet) WHERE packet = 'leaving';

-- The author of a row and what was sealed stay what they are, for ever.
CREATE TRIGGER outbox_author_stays BEFORE UPDATE OF id, operator, outlet, sha256 ON outbox
BEGIN
    SELECT RAISE(ABORT, 'the author and the content of a row never change');
END;

-- The carrier's signed words, byte for byte.
CREATE TABLE receipt (
    id          TEXT PRIMARY KEY REFERENCES outbox (id),
    sha256      TEXT NOT NULL,
    device_id   TEXT NOT NULL,
    carrier_ref TEXT NOT NULL,
    duplicate   INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    counter     INTEGER NOT NULL,
    kid         TEXT NOT NULL,
    message     BLOB NOT NULL,
    signature   BLOB NOT NULL
) STRICT;

-- The newest decision for each registration, also where our receipt is still missing.
CREATE TABLE decision (
    id         TEXT PRIMARY KEY,
    sequence   INTEGER NOT NULL,
    outcome    TEXT NOT NULL,
    reason     TEXT,
    about      TEXT,
    decided_at TEXT NOT NULL
) STRICT;

-- What the customer's receipt is printed from once more: masked.
CREATE TABLE extract (
    id   TEXT PRIMARY KEY REFERENCES outbox (id),
    body BLOB NOT NULL
) STRICT;

-- What the till must recognise again without keeping it: keyed hashes (HMAC-SHA-256).
CREATE TABLE mark (
    id     TEXT NOT NULL REFERENCES outbox (id),
    kind   TEXT NOT NULL CHECK (kind IN ('iccid', 'msisdn', 'document')),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (id, kind)
) STRICT;
CREATE INDEX mark_by_digest ON mark (kind, digest);

-- Registrations in the making. Body and images are encrypted once more, each draft under a key of
-- its own: forgetting 32 bytes makes half a megabyte unreadable, without writing it over.
CREATE TABLE draft (
    id            TEXT PRIMARY KEY,
    operator      TEXT NOT NULL,
    saved_at      TEXT NOT NULL,
    flow          TEXT NOT NULL,
    outlet        TEXT NOT NULL,
    masked_name   TEXT NOT NULL,
    masked_msisdn TEXT NOT NULL,
    body          BLOB NOT NULL
) STRICT;
CREATE TABLE draft_image (
    draft  TEXT NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    name   TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    body   BLOB NOT NULL,
    PRIMARY KEY (draft, name)
) STRICT;

CREATE TABLE draft_key (
    draft TEXT PRIMARY KEY REFERENCES draft (id) ON DELETE CASCADE,
    key   BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;

-- What happened, numbered and chained: events and ids, never a value.
CREATE TABLE journal (
    number INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,
    event  TEXT NOT NULL,
    about  TEXT NOT NULL,
    hash   BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER journal_keeps_its_lines BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'the journal is never rewritten');
END;
CREATE TRIGGER journal_keeps_its_length BEFORE DELETE ON journal
BEGIN
    SELECT RAISE(ABORT, 'the journal is never shortened');
END;

-- Single values: the head of the packet chain, the cursor of the decision feed, the key of marks.
CREATE TABLE chain (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    counter INTEGER NOT NULL,
    sha256  TEXT NOT NULL
) STRICT;
INSERT INTO chain VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
CREATE TABLE feed (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    cursor INTEGER NOT NULL
) STRICT;
INSERT INTO feed VALUES (1, 0);
CREATE TABLE mark_key (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;
INSERT INTO mark_key VALUES (1, randomblob(32));
