-- Subscriptions of receivers to events.
CREATE TABLE webhook (
    -- In the order of creation, never reused.
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT    NOT NULL UNIQUE,
    -- NULL where no authentication is required.
    owner         TEXT,
    url           TEXT    NOT NULL,
    -- The types of events, one per line.
    types         TEXT    NOT NULL,
    -- NULL for all files.
    prefix        TEXT,
    secret        TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    enabled       INTEGER NOT NULL,
    -- The last event before it was enabled.
    after_event   INTEGER NOT NULL,
    -- The first failure since the latest success.
    failing_since INTEGER,
    -- Why the service has disabled it.
    reason        TEXT,
    -- Incremented by each change.
    version       INTEGER NOT NULL
);

CREATE INDEX webhook_owner ON webhook (coalesce(owner, ''), number);
CREATE INDEX webhook_enabled ON webhook (after_event) WHERE enabled = 1;

-- Deliveries of events to receivers, as long as the events are kept.
CREATE TABLE webhook_delivery (
    webhook  INTEGER NOT NULL,
    event    INTEGER NOT NULL,
    -- Of the event.
    key      TEXT,
    -- 0: pending; 1: delivered; 2: dead.
    state    INTEGER NOT NULL,
    -- When the next attempt is due; NULL if there is none, and while an earlier event of the same key is pending.
    due_at   INTEGER,
    -- The number of attempts that were begun.
    attempts INTEGER NOT NULL,
    first_at INTEGER,
    -- The latest attempt that ended: when, the status of the response, and what went wrong.
    ended_at INTEGER,
    status   INTEGER,
    error    TEXT,
    PRIMARY KEY (webhook, event)
) WITHOUT ROWID;

CREATE INDEX webhook_delivery_event ON webhook_delivery (event);
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook, due_at, event) WHERE state = 0;
CREATE INDEX webhook_delivery_key ON webhook_delivery (webhook, key, event) WHERE state = 0;
CREATE INDEX webhook_delivery_dead ON webhook_delivery (webhook, event) WHERE state = 2;

-- The last event that each sink has taken.
CREATE TABLE event_sink (
    id    TEXT    PRIMARY KEY NOT NULL,
    taken INTEGER NOT NULL
) WITHOUT ROWID;

-- The webhook that is told about the end of a job, whatever its types of events.
ALTER TABLE batch_job ADD COLUMN notify TEXT;
ALTER TABLE job_schedule ADD COLUMN notify TEXT;
