package dev.stowage.app.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.config.Settings;
import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.port.Storage;
import dev.stowage.core.port.StorageOpener;
import dev.stowage.core.port.StorageOpener.Environment;
import dev.stowage.core.port.StorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters in {@code ADAPTER_PATH}. Their jars are compiled by the test. */
class AdapterJarsTest {

    /** A provider whose store tells what {@code %s} evaluates to as its bucket. */
    private static final String PROVIDER = """
            package com.example;

            import dev.stowage.core.config.Settings;
            import dev.stowage.core.port.*;
            import java.util.Optional;

            public final class Provider implements StorageProvider {
                public int portVersion() { return %s; }
                public String name() { return "%s"; }
                public StorageOpener configure(Settings settings) {
                    return environment -> new Store();
                }
                static final class Store implements Storage {
                    public String bucket() { return String.valueOf(%s); }
                    public String description() { return "example"; }
                    public ObjectStore objects() { return null; }
                    public MultipartStore uploads() { return null; }
                    public Optional<UrlSigner> signer() { return Optional.empty(); }
                    public Optional<UrlVerifier> verifier() { return Optional.empty(); }
                    public Optional<Maintenance> maintenance() { return Optional.empty(); }
                    public Optional<ChangeJournal> journal() { return Optional.empty(); }
                    public void check() { bucket(); }
                    public void close() {}
                }
            }
            """;

    @TempDir
    private Path folder;

    private Path adapters;

    @BeforeEach
    void name() {
        adapters = folder.resolve("adapters");
    }

    @Test
    void adapterInAFolder_usesItsOwnLibraries_whateverTheServiceHas() throws IOException {
        Path jackson = library(
                "com.fasterxml.jackson.core.JsonFactory", "public String describe() { return \"old Jackson\"; }");
        Path netty = library("io.netty.util.Version", "public String describe() { return \"own Netty\"; }");
        adapter(
                        "old",
                        "new com.fasterxml.jackson.core.JsonFactory().describe() + \", \" + new io.netty.util.Version().describe()")
                .against(jackson)
                .against(netty)
                .write(adapters.resolve("old/adapter.jar"), "com.example.Provider");
        Files.copy(jackson, adapters.resolve("old/jackson.jar"));
        Files.copy(netty, adapters.resolve("old/netty.jar"));

        try (Storage store = open("old")) {
            assertThat(store.bucket()).isEqualTo("old Jackson, own Netty");
        }
    }

    @Test
    void twoAdapters_doNotSeeEachOther() throws IOException {
        for (String name : new String[] {"first", "second"}) {
            Path library = library("com.example.lib.Lib", "public String describe() { return \"" + name + "\"; }");
            adapter(name, "new com.example.lib.Lib().describe()")
                    .against(library)
                    .write(adapters.resolve(name + "/adapter.jar"), "com.example.Provider");
            Files.move(library, adapters.resolve(name + "/lib.jar"));
        }

        try (Storage first = open("first");
                Storage second = open("second")) {
            assertThat(first.bucket()).isEqualTo("first");
            assertThat(second.bucket()).isEqualTo("second");
        }
    }

    @Test
    void slf4jInAnAdapter_isThatOfTheService() throws IOException {
        Path slf4j = library("org.slf4j.LoggerFactory", "public static Object getLogger(String name) { return null; }");
        adapter("logging", "org.slf4j.LoggerFactory.getLogger(\"example\").getClass().getName()")
                .write(adapters.resolve("logging/adapter.jar"), "com.example.Provider");
        Files.copy(slf4j, adapters.resolve("logging/slf4j-api-1.7.jar"));

        try (Storage store = open("logging")) {
            assertThat(store.bucket()).isEqualTo("ch.qos.logback.classic.Logger");
        }
    }

    @Test
    void librariesThatAskTheContextClassLoader_findTheAdapter() throws IOException {
        adapter("context", "Thread.currentThread().getContextClassLoader() == Store.class.getClassLoader()")
                .write(adapters.resolve("context.jar"), "com.example.Provider");
        ClassLoader own = Thread.currentThread().getContextClassLoader();

        try (Storage store = open("context")) {
            store.check();
            assertThat(store.bucket()).isEqualTo("true");
        }
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(own);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.stowage.app.Main", "dev.stowage.worker.WorkerModule", "ch.qos.logback.classic.Level"})
    void adapter_seesNeitherTheApp_norTheLibrariesOfTheService(String hidden) throws IOException {
        adapter("peeping", hidden + ".class").write(adapters.resolve("peeping.jar"), "com.example.Provider");

        try (Storage store = open("peeping")) {
            assertThatThrownBy(store::check).isInstanceOf(StorageRejected.class).hasMessageContaining("incomplete");
        }
    }

    @Test
    void adapterWithoutItsLibrary_isOneLine_andDoesNotHideTheOthers() throws IOException {
        Path library = library("com.example.lib.Base", "");
        new JarBuilder(folder)
                .source(
                        "com.example.Provider",
                        PROVIDER.formatted("PORT_VERSION", "broken", "1")
                                .replace(
                                        "class Provider implements",
                                        "class Provider extends com.example.lib.Base implements"))
                .against(library)
                .write(adapters.resolve("broken/adapter.jar"), "com.example.Provider");
        adapter("fine", "1").write(adapters.resolve("fine.jar"), "com.example.Provider");

        StorageAdapters found = find();

        assertThat(found.unusable())
                .containsExactly(adapters.resolve("broken")
                        + ": the class com.example.lib.Base is missing; add the jar that contains it");
        open("fine").close();
        assertThat(select(found, "local").problems()).isEmpty();
    }

    @Test
    void brokenAdapter_whenSelected_failsOnlyWhenItIsOpened() throws IOException {
        new JarBuilder(folder).write(adapters.resolve("broken.jar"), "com.example.Absent");

        assertThat(select(find(), "broken").problems()).isEmpty();
        assertThatThrownBy(() -> open("broken"))
                .isInstanceOf(StorageRejected.class)
                .hasMessageContainingAll("'broken'", "local, ", "Provider com.example.Absent not found");
    }

    @Test
    void adapterForAnotherVersionOfThePorts_isTold() throws IOException {
        new JarBuilder(folder)
                .source("com.example.Provider", PROVIDER.formatted("PORT_VERSION + 1", "later", "1"))
                .write(adapters.resolve("later.jar"), "com.example.Provider");

        assertThat(find().unusable())
                .singleElement()
                .asString()
                .contains("later.jar: it is for version " + (StorageProvider.PORT_VERSION + 1)
                        + " of the ports, but this service has version " + StorageProvider.PORT_VERSION);
    }

    @Test
    void foldersWithoutAnAdapter_areReported_andOtherFilesSkipped() throws IOException {
        Files.createDirectories(adapters.resolve("empty"));
        Files.writeString(adapters.resolve("README.txt"), "about");
        Files.createDirectories(adapters.resolve(".hidden"));
        library("com.example.lib.Lib", "", adapters.resolve("library.jar"));

        assertThat(find().unusable())
                .containsExactly(
                        adapters.resolve("empty") + ": contains no jar",
                        adapters.resolve("library.jar")
                                + ": no jar names a provider in META-INF/services/dev.stowage.core.port.StorageProvider");
    }

    @Test
    void adapterPath_thatIsMissing_isAProblemOnlyIfItWasSet() {
        Settings named = new Settings(Map.of("ADAPTER_PATH", "nowhere"));

        StorageAdapters.find(named, folder);

        assertThat(find().unusable()).isEmpty();
        assertThat(named.problems())
                .containsExactly("ADAPTER_PATH: " + folder.resolve("nowhere")
                        + " is not a folder that can be read, and not a jar");
    }

    @Test
    void adapterPath_mayBeTheJar() throws IOException {
        adapter("single", "1").write(folder.resolve("single.jar"), "com.example.Provider");
        Settings settings = new Settings(Map.of("ADAPTER_PATH", "single.jar", "STORAGE_ADAPTER", "single"));

        assertThat(StorageAdapters.find(settings, folder).select(settings)).isPresent();
        assertThat(settings.problems()).isEmpty();
    }

    private JarBuilder adapter(String name, String bucket) {
        return new JarBuilder(folder).source("com.example.Provider", PROVIDER.formatted("PORT_VERSION", name, bucket));
    }

    private Path library(String name, String members) throws IOException {
        return library(
                name, members, Files.createTempDirectory(folder, "library").resolve("library.jar"));
    }

    private Path library(String name, String members, Path jar) throws IOException {
        int dot = name.lastIndexOf('.');
        String text = "package " + name.substring(0, dot) + "; public class " + name.substring(dot + 1) + " { "
                + members + " }";
        return new JarBuilder(folder).source(name, text).write(jar, "");
    }

    private StorageAdapters find() {
        return StorageAdapters.find(new Settings(Map.of()), folder);
    }

    private static Settings select(StorageAdapters adapters, String name) {
        Settings settings = new Settings(Map.of("STORAGE_ADAPTER", name));
        assertThat(adapters.select(settings)).isPresent();
        return settings;
    }

    private Storage open(String name) {
        Settings settings = new Settings(Map.of("STORAGE_ADAPTER", name));
        StorageOpener opener = find().select(settings).orElseThrow();
        return opener.open(new Environment(folder, InstantSource.system()));
    }
}
