-- The keys of an embedded journal (keys.db).
CREATE TABLE keys (
    owner BLOB NOT NULL PRIMARY KEY,  -- kind (1 personal, 2 content, 3 trace, 4 look), then a UUID or a month
    key   BLOB                        -- 32 bytes; NULL once destroyed
) STRICT, WITHOUT ROWID;

CREATE TRIGGER keys_are_destroyed_and_not_changed BEFORE UPDATE ON keys WHEN new.key IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER keys_leave_a_mark BEFORE DELETE ON keys
BEGIN SELECT RAISE(ABORT, 'a destroyed key leaves a mark'); END;
