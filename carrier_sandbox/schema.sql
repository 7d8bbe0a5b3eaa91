-- What the carrier keeps. A packet is there once, by its primary key, and durably before its receipt.
CREATE TABLE IF NOT EXISTS invitation (
    token TEXT PRIMARY KEY,
    outlet TEXT NOT NULL,
    dealers TEXT NOT NULL,
    policy TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS device (
    device_id TEXT PRIMARY KEY,
    public_key BLOB NOT NULL UNIQUE,
    token TEXT NOT NULL UNIQUE REFERENCES invitation (token),
    enrolled_at TEXT NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE IF NOT EXISTS packet (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    packet_id TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    device_id TEXT NOT NULL REFERENCES device (device_id),
    counter INTEGER NOT NULL,
    previous_sha256 TEXT NOT NULL,
    received_at TEXT NOT NULL,
    repeats INTEGER NOT NULL DEFAULT 0,
    data BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS packet_chain ON packet (device_id, counter);

CREATE TABLE IF NOT EXISTS decision (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    packet_id TEXT NOT NULL REFERENCES packet (packet_id),
    device_id TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('in_review', 'accepted', 'returned', 'refused')),
    reason TEXT,
    about TEXT,
    decided_at TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS decision_feed ON decision (device_id, sequence);
CREATE UNIQUE INDEX IF NOT EXISTS decision_final ON decision (packet_id) WHERE outcome <> 'in_review';

CREATE TABLE IF NOT EXISTS alarm (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    packet_id TEXT NOT NULL,
    device_id TEXT NOT NULL
) STRICT;
