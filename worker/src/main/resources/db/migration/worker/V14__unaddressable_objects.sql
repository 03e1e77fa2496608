-- The number of objects of a job's source that were left out because their keys can't be written in a request.
ALTER TABLE batch_job ADD COLUMN unaddressable INTEGER NOT NULL DEFAULT 0;

-- Keys that requests could not contain before belong to projects, too, so all objects are counted again.
DELETE FROM usage_complete;
