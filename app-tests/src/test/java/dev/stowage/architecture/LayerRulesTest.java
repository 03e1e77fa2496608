package dev.stowage.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The allowed dependencies between modules and packages. */
class LayerRulesTest {

    static final List<String> NAMED = Modules.ALL;
    static final List<String> SWAPPABLE = Modules.ADAPTERS;

    private static final JavaClasses CLASSES = Modules.production();

    @ParameterizedTest
    @FieldSource("NAMED")
    void everyPackageInARule_containsClasses(String module) {
        assertThat(CLASSES.that(resideInAnyPackage(module)).stream()
                        .filter(type -> !type.getSimpleName().equals("package-info")))
                .as("classes in %s: a rule about an empty package checks nothing", module)
                .isNotEmpty();
    }

    @Test
    void core_dependsOnlyOnTheJdkAndJSpecify() {
        classes()
                .that()
                .resideInAPackage(Modules.CORE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Modules.CORE, "java..", "javax.crypto..", "javax.net..", "org.jspecify..")
                .check(CLASSES);
    }

    /** It is for the authors of adapters, so that the other packages have only what the service needs. */
    @Test
    void helpersOfAdapters_areNotUsedByTheCore() {
        noClasses()
                .that(resideInAnyPackage(Modules.CORE).and(not(resideInAnyPackage(Modules.ADAPTER_HELPERS))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(Modules.ADAPTER_HELPERS)
                .check(CLASSES);
    }

    /** It is for applications too, which need nothing of the service. */
    @Test
    void client_dependsOnlyOnTheJdk_jspecify_andJackson() {
        classes()
                .that()
                .resideInAPackage(Modules.CLIENT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        Modules.CLIENT, "java..", "javax.net.ssl..", "org.jspecify..", "com.fasterxml.jackson..")
                .check(CLASSES);
        noClasses()
                .that(not(resideInAnyPackage(Modules.CLIENT, Modules.APP)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(Modules.CLIENT)
                .check(CLASSES);
    }

    @ParameterizedTest
    @FieldSource("SWAPPABLE")
    void adapters_dependNeitherOnEachOther_norOnTheApp(String adapter) {
        String[] others = Stream.concat(
                        Modules.ADAPTERS.stream().filter(other -> !other.equals(adapter)),
                        Stream.of(Modules.APP, Modules.TESTKIT))
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(adapter)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(CLASSES);
    }

    @Test
    void sqliteKit_dependsOnlyOnTheCore() {
        dependsOnlyOn(Modules.SQLITE, Modules.CORE);
    }

    @Test
    void repositories_dependOnlyOnTheCore() {
        dependsOnlyOn(Modules.REPOSITORIES, Modules.CORE);
    }

    @Test
    void postgres_dependsOnlyOnTheCoreAndTheRepositories() {
        dependsOnlyOn(Modules.POSTGRES, Modules.CORE, Modules.REPOSITORIES);
    }

    @Test
    void contractKit_dependsOnlyOnTheCore() {
        dependsOnlyOn(Modules.TESTKIT, Modules.CORE);
    }

    @Test
    void awsSdk_isUsedOnlyInTheS3Adapter() {
        onlyIn("software.amazon..", Modules.S3);
    }

    @Test
    void jwtLibrary_isUsedOnlyInTheJwtAdapter() {
        onlyIn("com.nimbusds..", Modules.JWT);
    }

    /** The S3 adapter configures the client of the SDK. */
    @Test
    void httpClient_isUsedOnlyForWebhooks_andInTheS3Adapter() {
        onlyIn("org.apache.hc..", Modules.WEBHOOK, Modules.S3);
        onlyIn("com.standardwebhooks..", Modules.WEBHOOK);
    }

    @Test
    void archiveLibrary_isUsedOnlyForArchives() {
        onlyIn("org.apache.commons.compress..", "dev.stowage.worker.archive..");
    }

    @Test
    void cronLibrary_isUsedOnlyForSchedules() {
        onlyIn("com.cronutils..", "dev.stowage.worker.cron..");
    }

    @Test
    void javalinAndServlets_areUsedOnlyInTheHttpAdapter() {
        onlyIn("io.javalin..", Modules.HTTP);
        onlyIn("jakarta.servlet..", Modules.HTTP);
    }

    /** The app passes the handler and the requests of the S3 API on to the server of the HTTP adapter. */
    @Test
    void jetty_isUsedOnlyInTheAdaptersForClients_andWhereTheAppJoinsThem() {
        onlyIn("org.eclipse.jetty..", Modules.HTTP, Modules.S3_API, Modules.APP);
        classes()
                .that()
                .resideInAPackage(Modules.APP)
                .should()
                .onlyDependOnClassesThat(not(resideInAnyPackage("org.eclipse.jetty..")
                        .and(not(resideInAnyPackage("org.eclipse.jetty.server")))))
                .check(CLASSES);
    }

    /** Clients of S3 can do nothing but what the services let principals do. */
    @Test
    void s3Api_usesTheServicesOfTheCore_andNoStore() {
        noClasses()
                .that()
                .resideInAPackage(Modules.S3_API)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectStore.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(MultipartStore.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Storage.class)
                .check(CLASSES);
    }

    /** The SDK is loaded only when something is exported; the HTTP adapter needs the API alone. */
    @Test
    void openTelemetry_isUsedOnlyInTheHttpAdapter_andWhereItIsStarted() {
        onlyIn("io.opentelemetry..", Modules.HTTP, Modules.TELEMETRY);
        onlyIn("io.opentelemetry.sdk..", Modules.TELEMETRY);
    }

    @Test
    void sql_isUsedOnlyInTheDatabases_theLocalStore_andTheRepositories() {
        onlyIn(
                "org.jdbi..",
                Modules.SQLITE,
                Modules.POSTGRES,
                Modules.LOCAL,
                Modules.REPOSITORIES,
                Modules.WORKER_DATABASE);
        onlyIn(
                "java.sql..",
                Modules.SQLITE,
                Modules.POSTGRES,
                Modules.POSTGRES_TESTKIT,
                Modules.LOCAL,
                Modules.REPOSITORIES,
                Modules.WORKER_DATABASE);
        onlyIn(Modules.SQLITE, Modules.SQLITE, Modules.LOCAL, Modules.WORKER_DATABASE);
    }

    @Test
    void connections_areCreatedOnlyInTheModulesOfTheDatabases() {
        onlyIn("org.sqlite..", Modules.SQLITE);
        onlyIn("org.postgresql..", Modules.POSTGRES);
        onlyIn("com.zaxxer.hikari..", Modules.POSTGRES);
        onlyIn("org.flywaydb..", Modules.POSTGRES);
        noClasses()
                .that(not(resideInAnyPackage(Modules.SQLITE, Modules.POSTGRES)))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.sql.DriverManager")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.jdbi.v3.core.Jdbi")
                .check(CLASSES);
    }

    @Test
    void portSignatures_useOnlyCoreAndJdkTypes_andNoOutputStream() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("dev.stowage.core.port..")
                .should(haveSignaturesOfCoreAndJdkTypes())
                .check(CLASSES);
    }

    @Test
    void packages_areFreeOfCycles() {
        slices().matching("dev.stowage.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** Of the project's modules. */
    private static void dependsOnlyOn(String module, String... allowed) {
        String[] forbidden = Modules.SEPARATE.stream()
                .filter(other -> !other.equals(module) && !List.of(allowed).contains(other))
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .check(CLASSES);
    }

    private static void onlyIn(String library, String... modules) {
        for (String module : modules) {
            assertUsed(library, module);
        }
        noClasses()
                .that(not(resideInAnyPackage(modules)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    private static void assertUsed(String library, String module) {
        assertThat(CLASSES.that(resideInAnyPackage(module)).stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .anyMatch(use -> resideInAnyPackage(library).test(use.getTargetClass())))
                .as("%s is used in %s: otherwise the rule is empty", library, module)
                .isTrue();
    }

    private static ArchCondition<JavaMethod> haveSignaturesOfCoreAndJdkTypes() {
        return new ArchCondition<>("show core and JDK types, and no OutputStream") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                Stream.concat(method.getRawParameterTypes().stream(), Stream.of(method.getRawReturnType()))
                        .map(JavaClass::getBaseComponentType)
                        .filter(type -> !type.isPrimitive())
                        .filter(type -> type.isAssignableTo(OutputStream.class)
                                || !resideInAnyPackage(Modules.CORE, "java..").test(type))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " shows " + type.getName())));
            }
        };
    }
}
