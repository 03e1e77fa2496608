-- Owners take turns in running their jobs; jobs without an owner count as those of one owner.
DROP INDEX batch_job_open;
CREATE INDEX batch_job_turn ON batch_job (coalesce(owner, ''), priority DESC, number) WHERE state IN ('QUEUED', 'RUNNING');
-- For the limits of an owner.
CREATE INDEX batch_job_unfinished ON batch_job (coalesce(owner, '')) WHERE finished_at IS NULL;
CREATE INDEX batch_job_keyed ON batch_job (coalesce(owner, '')) WHERE idempotency_key IS NOT NULL;
