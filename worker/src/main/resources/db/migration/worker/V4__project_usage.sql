-- Objects of projects, with their recorded sizes, which are exact when no intent for the object is open.
CREATE TABLE usage_object (
    key      TEXT    PRIMARY KEY NOT NULL,
    project  TEXT    NOT NULL,
    -- All sizes are in bytes.
    size     INTEGER NOT NULL
) WITHOUT ROWID;

-- Sums over the other two tables, updated only by the triggers below.
CREATE TABLE usage_project (
    project   TEXT    PRIMARY KEY NOT NULL,
    bytes     INTEGER NOT NULL DEFAULT 0,
    files     INTEGER NOT NULL DEFAULT 0,
    reserved  INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Changes of objects in progress: written before the store is called, deleted when the object's size is recorded.
CREATE TABLE usage_intent (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    key       TEXT    NOT NULL,
    project   TEXT    NOT NULL,
    -- The bytes by which the object may exceed its recorded size.
    reserved  INTEGER NOT NULL DEFAULT 0,
    -- The recorded size that this change is based on; no less is counted while the intent is open.
    relied    INTEGER NOT NULL DEFAULT 0,
    -- The process that settles it; NULL when any process may, once it is due.
    process   TEXT,
    due_at    INTEGER,
    -- Incremented when another change of the same object begins or ends.
    version   INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX usage_intent_key ON usage_intent (key);
CREATE INDEX usage_intent_process ON usage_intent (process, due_at);

-- One row once all objects have been counted, with the layout by which they were assigned to projects.
CREATE TABLE usage_complete (
    layout  TEXT NOT NULL
);

CREATE TRIGGER usage_object_added AFTER INSERT ON usage_object BEGIN
    INSERT INTO usage_project (project, bytes, files) VALUES (new.project, new.size, 1)
        ON CONFLICT (project) DO UPDATE SET bytes = bytes + excluded.bytes, files = files + 1;
END;

CREATE TRIGGER usage_object_gone AFTER DELETE ON usage_object BEGIN
    UPDATE usage_project SET bytes = bytes - old.size, files = files - 1 WHERE project = old.project;
END;

CREATE TRIGGER usage_object_resized AFTER UPDATE ON usage_object WHEN new.project = old.project BEGIN
    UPDATE usage_project SET bytes = bytes + new.size - old.size WHERE project = new.project;
END;

CREATE TRIGGER usage_object_moved AFTER UPDATE ON usage_object WHEN new.project <> old.project BEGIN
    UPDATE usage_project SET bytes = bytes - old.size, files = files - 1 WHERE project = old.project;
    INSERT INTO usage_project (project, bytes, files) VALUES (new.project, new.size, 1)
        ON CONFLICT (project) DO UPDATE SET bytes = bytes + excluded.bytes, files = files + 1;
END;

CREATE TRIGGER usage_intent_added AFTER INSERT ON usage_intent WHEN new.reserved > 0 BEGIN
    INSERT INTO usage_project (project, reserved) VALUES (new.project, new.reserved)
        ON CONFLICT (project) DO UPDATE SET reserved = reserved + excluded.reserved;
END;

CREATE TRIGGER usage_intent_changed AFTER UPDATE OF reserved ON usage_intent BEGIN
    INSERT INTO usage_project (project, reserved) VALUES (new.project, new.reserved - old.reserved)
        ON CONFLICT (project) DO UPDATE SET reserved = reserved + excluded.reserved;
END;

CREATE TRIGGER usage_intent_gone AFTER DELETE ON usage_intent WHEN old.reserved > 0 BEGIN
    UPDATE usage_project SET reserved = reserved - old.reserved WHERE project = old.project;
END;
