-- A journal in PostgreSQL. One schema of the database holds one journal: `passerelle` the acts and traces,
-- `passerelle_looks` the looks. Positions are given under an advisory lock that is held until the commit, so they
-- become visible in their order, and they go on from the highest one, so a restored dump goes on too.
CREATE TABLE IF NOT EXISTS events (
    position    bigint   PRIMARY KEY,
    event_id    uuid     NOT NULL,
    stream      text     NOT NULL COLLATE "C",
    revision    bigint   NOT NULL,
    kind        text     NOT NULL,
    version     smallint NOT NULL,
    occurred_at bigint   NOT NULL,
    recorded_at bigint   NOT NULL,
    data        bytea    NOT NULL,
    metadata    bytea    NOT NULL,
    digest      bytea    NOT NULL,
    UNIQUE (stream, revision)
);

-- The key of each owner; null once it is destroyed.
CREATE TABLE IF NOT EXISTS keys (
    kind  smallint NOT NULL,
    owner bytea    NOT NULL,
    key   bytea,
    PRIMARY KEY (kind, owner)
);

-- How far work has come that one node at a time does, such as deliveries to webhooks. It is no part of the history and
-- may be lost: the work is done again then.
CREATE TABLE IF NOT EXISTS leases (
    name     text  PRIMARY KEY,
    progress bytea NOT NULL
);

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a journal is only ever added to';
END
$$;

CREATE OR REPLACE TRIGGER events_are_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
