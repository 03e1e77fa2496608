package dev.stowage.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.stowage.core.config.Secret;
import dev.stowage.core.port.MultipartStore;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.Storage;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Rules for all code. */
class CodeRulesTest {

    private static final JavaClasses CLASSES = Modules.production();

    @Test
    void processApis_areUsedOnlyInTheApp() {
        noClasses()
                .that(not(resideInAnyPackage(Modules.APP)))
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void clocks_areCreatedOnlyInTheAppAndTheTestkit() {
        noClasses()
                .that(not(resideInAnyPackage(Modules.APP, Modules.TESTKIT)))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(CLASSES);
    }

    @Test
    void logging_isDoneBySlf4j() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(CLASSES);
    }

    @Test
    void loggers_arePrivateStaticFinal() {
        fields().that()
                .haveRawType(Logger.class)
                .should()
                .bePrivate()
                .andShould()
                .beStatic()
                .andShould()
                .beFinal()
                .check(CLASSES);
    }

    @Test
    void noField_isStaticAndMutable() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }

    @Test
    void fieldsThatLookSecret_haveATypeThatHidesThem() {
        fields().that()
                .haveNameMatching("(?i).*(secret|password|passphrase).*")
                .and()
                .doNotHaveModifier(JavaModifier.STATIC)
                .should()
                .haveRawType(Secret.class)
                .orShould()
                .haveRawType("java.util.Optional")
                .check(CLASSES);
    }

    @Test
    void classes_areFinalAbstractOrSealed() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotAnonymousClasses()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .and()
                .doNotHaveSimpleName("package-info")
                .and()
                .resideOutsideOfPackage(Modules.TESTKIT)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CLASSES);
    }

    /** A decorator that does not override a default method would bypass its own behavior, so ports have none. */
    @Test
    void portsOfTheStore_haveNoDefaultMethods() {
        noMethods()
                .that()
                .areDeclaredIn(Storage.class)
                .or()
                .areDeclaredIn(ObjectStore.class)
                .or()
                .areDeclaredIn(MultipartStore.class)
                .should()
                .notHaveModifier(JavaModifier.ABSTRACT)
                .check(CLASSES);
    }

    @Test
    void simpleNames_ofTopLevelClasses_areUnique() {
        Map<String, List<String>> byName = CLASSES.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, Collectors.toList())));

        assertThat(byName).isNotEmpty();
        assertThat(byName.values().stream().filter(types -> types.size() > 1))
                .as("classes that share a name: give each one in terms of its subject")
                .isEmpty();
    }
}
