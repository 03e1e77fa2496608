package dev.stowage.it.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/** The packages that the rules name, and the classes that they are about. */
final class Modules {

    static final String CORE = "dev.stowage.core..";
    static final String TESTKIT = "dev.stowage.testkit..";
    static final String SQLITE = "dev.stowage.sqlite..";
    static final String LOCAL = "dev.stowage.local..";
    static final String S3 = "dev.stowage.s3..";
    static final String JWT = "dev.stowage.jwt..";
    static final String HTTP = "dev.stowage.http..";
    static final String WORKER = "dev.stowage.worker..";
    static final String WORKER_DATABASE = "dev.stowage.worker.sqlite..";
    static final String APP = "dev.stowage.app..";

    /** What swaps in and out, and so must know nothing of each other. */
    static final List<String> ADAPTERS = List.of(LOCAL, S3, JWT, HTTP, WORKER);

    static final List<String> ALL = List.of(CORE, TESTKIT, SQLITE, LOCAL, S3, JWT, HTTP, WORKER, WORKER_DATABASE, APP);

    private Modules() {}

    /** Every class of the project that is not a test. */
    static JavaClasses production() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/dev/stowage/it/"))
                .importPackages("dev.stowage");
    }
}
