-- Copies the rows that a new database has, so that they can be restored.
DO $$
DECLARE
    name TEXT;
    filled BOOLEAN;
BEGIN
    CREATE SCHEMA remembered;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT EXISTS (TABLE public.%I)', name) INTO filled;
        IF filled THEN
            EXECUTE format('CREATE TABLE remembered.%1$I AS TABLE public.%1$I', name);
        END IF;
    END LOOP;
END
$$
