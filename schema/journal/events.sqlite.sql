-- The embedded journal (journal.db, looks.db): every event, once and for ever.
CREATE TABLE events (
    position    INTEGER PRIMARY KEY,  -- strictly increasing; gaps are allowed
    stream      TEXT    NOT NULL,
    revision    INTEGER NOT NULL,     -- 0, 1, 2 … in the stream
    id          BLOB    NOT NULL,     -- 16 bytes
    type        TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    occurred_at INTEGER NOT NULL,     -- microseconds since 1970-01-01T00:00:00Z
    recorded_at INTEGER NOT NULL,     -- the same
    digest      BLOB    NOT NULL,     -- 32 bytes
    metadata    BLOB    NOT NULL,
    data        BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);

CREATE TRIGGER events_are_not_updated BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never updated'); END;
CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
