-- Jobs are worked on by turns of their owners; those without an owner are one owner's.
DROP INDEX batch_job_open;
CREATE INDEX batch_job_turn ON batch_job (coalesce(owner, ''), priority DESC, number) WHERE state IN ('QUEUED', 'RUNNING');
-- What an owner may have at a time.
CREATE INDEX batch_job_unfinished ON batch_job (coalesce(owner, '')) WHERE finished_at IS NULL;
CREATE INDEX batch_job_keyed ON batch_job (coalesce(owner, '')) WHERE idempotency_key IS NOT NULL;
