-- Objects that count for a project, with the sizes that they have as far as is known: the truth, where no intent is open.
CREATE TABLE usage_object (
    key      TEXT    PRIMARY KEY NOT NULL,
    project  TEXT    NOT NULL,
    -- In bytes, as all here.
    size     INTEGER NOT NULL
) WITHOUT ROWID;

-- Sums of the rows of the other two tables, kept by the triggers below and by nothing else.
CREATE TABLE usage_project (
    project   TEXT    PRIMARY KEY NOT NULL,
    bytes     INTEGER NOT NULL DEFAULT 0,
    files     INTEGER NOT NULL DEFAULT 0,
    reserved  INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Changes of objects under way: written before the store is asked, gone when the object's size is on record.
CREATE TABLE usage_intent (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    key       TEXT    NOT NULL,
    project   TEXT    NOT NULL,
    -- What the object may become larger by than is counted.
    reserved  INTEGER NOT NULL DEFAULT 0,
    -- The size counted that this builds on: it is counted as no less meanwhile.
    relied    INTEGER NOT NULL DEFAULT 0,
    -- The process that will settle it; none when anybody may who looks when it is due.
    process   TEXT,
    due_at    INTEGER,
    -- Grows when others begin or end to change the same object.
    version   INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX usage_intent_key ON usage_intent (key);
CREATE INDEX usage_intent_process ON usage_intent (process, due_at);

-- A row when all was counted, and the layout that said what belongs to which project.
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
