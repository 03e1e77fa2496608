package dev.stowage.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;

/** The packages and classes that the rules apply to. */
final class Modules {

    static final String CORE = "dev.stowage.core..";
    static final String ADAPTER_HELPERS = "dev.stowage.core.adapter..";
    static final String CLIENT = "dev.stowage.client..";
    static final String TESTKIT = "dev.stowage.testkit..";
    static final String SQLITE = "dev.stowage.sqlite..";
    static final String POSTGRES = "dev.stowage.postgres..";
    static final String POSTGRES_TESTKIT = "dev.stowage.testkit.postgres..";
    static final String LOCAL = "dev.stowage.local..";
    static final String S3 = "dev.stowage.s3..";
    static final String JWT = "dev.stowage.jwt..";
    static final String WEBHOOK = "dev.stowage.webhook..";
    static final String HTTP = "dev.stowage.http..";
    static final String S3_API = "dev.stowage.s3api..";
    static final String REPOSITORIES = "dev.stowage.repositories..";
    static final String WORKER = "dev.stowage.worker..";
    static final String WORKER_DATABASE = "dev.stowage.worker.sqlite..";
    static final String APP = "dev.stowage.app..";
    static final String TELEMETRY = "dev.stowage.app.telemetry..";

    /** The adapters, which are exchangeable and must not depend on each other. */
    static final List<String> ADAPTERS = List.of(LOCAL, S3, JWT, WEBHOOK, HTTP, S3_API, WORKER);

    /** Those with packages of their own; none contains another. */
    static final List<String> SEPARATE = Stream.concat(
                    ADAPTERS.stream(), Stream.of(CORE, CLIENT, TESTKIT, SQLITE, POSTGRES, REPOSITORIES, APP))
            .toList();

    static final List<String> ALL = List.of(
            CORE,
            ADAPTER_HELPERS,
            CLIENT,
            TESTKIT,
            SQLITE,
            POSTGRES,
            POSTGRES_TESTKIT,
            LOCAL,
            S3,
            JWT,
            WEBHOOK,
            HTTP,
            S3_API,
            REPOSITORIES,
            WORKER,
            WORKER_DATABASE,
            APP,
            TELEMETRY);

    private Modules() {}

    /** All classes of the project except tests. */
    static JavaClasses production() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/dev/stowage/it/"))
                .importPackages("dev.stowage");
    }
}
