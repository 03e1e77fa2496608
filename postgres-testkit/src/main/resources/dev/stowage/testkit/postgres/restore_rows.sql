-- Gives all tables the rows of a new database, and restarts all sequences.
DO $$
DECLARE
    name TEXT;
    changed BOOLEAN;
BEGIN
    PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    -- Without triggers and foreign keys.
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        IF to_regclass(format('remembered.%I', name)) IS NULL THEN
            EXECUTE format('DELETE FROM public.%I', name);
        ELSE
            EXECUTE format('SELECT EXISTS ((TABLE public.%1$I EXCEPT TABLE remembered.%1$I)'
                || ' UNION ALL (TABLE remembered.%1$I EXCEPT TABLE public.%1$I))', name) INTO changed;
            IF changed THEN
                EXECUTE format('DELETE FROM public.%I', name);
                EXECUTE format('INSERT INTO public.%1$I TABLE remembered.%1$I', name);
            END IF;
        END IF;
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        PERFORM setval(format('public.%I', name)::REGCLASS, 1, FALSE);
    END LOOP;
END
$$
