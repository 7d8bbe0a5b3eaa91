-- What the carrier keeps, for SQLite and for PostgreSQL and what speaks its protocol.
-- Every uniqueness is a key, every key begins with what a distributed database would spread the
-- table by, and no table refers to another: nothing here needs a lock that spans items.
-- Times are ISO 8601 texts in UTC. Words in capitals that are no SQL are put into each product's.

CREATE TABLE IF NOT EXISTS invitation (
    token TEXT NOT NULL PRIMARY KEY,
    outlet TEXT NOT NULL,
    dealers TEXT NOT NULL,
    policy TEXT NOT NULL,
    needs_approval BIGINT NOT NULL,
    made_at TEXT NOT NULL,
    signed BYTES,
    device_id TEXT
) TABLE_END;

CREATE TABLE IF NOT EXISTS device (
    device_id TEXT NOT NULL PRIMARY KEY,
    public_key BYTES NOT NULL,
    token TEXT NOT NULL,
    enrolled_at TEXT NOT NULL,
    state TEXT NOT NULL
) TABLE_END;

-- A packet is there once, by its key, and durably before its receipt. `decided` only rises:
-- 0 nobody looked yet, 1 people look at it, 2 decided for good.
CREATE TABLE IF NOT EXISTS packet (
    number NUMBERED,
    packet_id TEXT ITEM_KEY,
    sha256 TEXT NOT NULL,
    device_id TEXT NOT NULL,
    counter BIGINT NOT NULL,
    previous_sha256 TEXT NOT NULL,
    received_at TEXT NOT NULL,
    brought_by TEXT NOT NULL,
    repeats BIGINT NOT NULL DEFAULT 0,
    decided BIGINT NOT NULL DEFAULT 0,
    revises TEXT,
    data BYTES NOT NULL
) TABLE_END;
CREATE INDEX IF NOT EXISTS packet_chain ON packet (device_id, counter);
CREATE INDEX IF NOT EXISTS packet_open ON packet (device_id, received_at) WHERE decided = 0;

-- Each till's own feed. Who comes second to a sequence takes the next one: a till never finds a
-- lower sequence appear after a higher one.
CREATE TABLE IF NOT EXISTS decision (
    device_id TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    packet_id TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('in_review', 'accepted', 'returned', 'refused')),
    reason TEXT,
    about TEXT,
    decided_at TEXT NOT NULL,
    revises TEXT,
    PRIMARY KEY (device_id, sequence)
) TABLE_END;
CREATE INDEX IF NOT EXISTS decision_packet ON decision (packet_id);

CREATE TABLE IF NOT EXISTS alarm (
    id NUMBERED,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    packet_id TEXT NOT NULL,
    device_id TEXT NOT NULL
) TABLE_END;

CREATE TABLE IF NOT EXISTS journal_head (
    device_id TEXT NOT NULL,
    entries BIGINT NOT NULL,
    head TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (device_id, entries)
) TABLE_END;

-- Uploads in pieces. The row moves on only from the offset the piece starts at.
CREATE TABLE IF NOT EXISTS upload (
    packet_id TEXT NOT NULL,
    sender TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    received BIGINT NOT NULL,
    touched_at TEXT NOT NULL,
    PRIMARY KEY (packet_id, sender)
) TABLE_END;

CREATE TABLE IF NOT EXISTS piece (
    packet_id TEXT NOT NULL,
    sender TEXT NOT NULL,
    start BIGINT NOT NULL,
    data BYTES NOT NULL,
    PRIMARY KEY (packet_id, sender, start)
) TABLE_END;

CREATE TABLE IF NOT EXISTS nonce (
    device_id TEXT NOT NULL,
    nonce TEXT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (device_id, nonce)
) TABLE_END;

CREATE TABLE IF NOT EXISTS published (
    kind TEXT NOT NULL,
    version BIGINT NOT NULL,
    signed BYTES NOT NULL,
    PRIMARY KEY (kind, version)
) TABLE_END;

CREATE TABLE IF NOT EXISTS device_order (
    device_id TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    order_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    signed BYTES NOT NULL,
    PRIMARY KEY (device_id, sequence)
) TABLE_END;

CREATE TABLE IF NOT EXISTS order_done (
    order_id TEXT NOT NULL PRIMARY KEY,
    device_id TEXT NOT NULL,
    result TEXT NOT NULL,
    journal TEXT,
    done_at TEXT NOT NULL
) TABLE_END;

-- Answers to questions by their id, so that asking again gives the same answer. No person in it.
CREATE TABLE IF NOT EXISTS answer (
    id TEXT NOT NULL PRIMARY KEY,
    device_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    said TEXT NOT NULL
) TABLE_END;

-- `subscriber` and `holder` are keyed hashes: the books name nobody.
CREATE TABLE IF NOT EXISTS proof (
    id TEXT NOT NULL PRIMARY KEY,
    device_id TEXT NOT NULL,
    code TEXT NOT NULL,
    tries_left BIGINT NOT NULL,
    state TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    resend_at TEXT NOT NULL,
    serial TEXT
) TABLE_END;

CREATE TABLE IF NOT EXISTS text_message (
    subscriber TEXT NOT NULL,
    day TEXT NOT NULL,
    nth BIGINT NOT NULL,
    sent_at TEXT NOT NULL,
    proof TEXT NOT NULL,
    ending TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (subscriber, day, nth)
) TABLE_END;

CREATE TABLE IF NOT EXISTS quota_slot (
    holder TEXT NOT NULL,
    slot BIGINT NOT NULL,
    held_for TEXT NOT NULL,
    until TEXT,
    PRIMARY KEY (holder, slot)
) TABLE_END;

CREATE TABLE IF NOT EXISTS stock_number (
    msisdn TEXT NOT NULL PRIMARY KEY,
    iccid TEXT,
    used BIGINT NOT NULL DEFAULT 0
) TABLE_END;

CREATE TABLE IF NOT EXISTS stock_sim (
    iccid TEXT NOT NULL PRIMARY KEY,
    msisdn TEXT,
    used BIGINT NOT NULL DEFAULT 0
) TABLE_END;

-- Who holds a number or a SIM card just now: `what` is either.
CREATE TABLE IF NOT EXISTS hold (
    what TEXT NOT NULL PRIMARY KEY,
    reservation TEXT NOT NULL,
    until TEXT NOT NULL
) TABLE_END;

CREATE TABLE IF NOT EXISTS reservation (
    id TEXT NOT NULL PRIMARY KEY,
    device_id TEXT NOT NULL,
    msisdn TEXT,
    iccid TEXT,
    until TEXT NOT NULL,
    state TEXT NOT NULL
) TABLE_END;
