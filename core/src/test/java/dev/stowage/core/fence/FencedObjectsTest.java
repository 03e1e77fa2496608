package dev.stowage.core.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.job.ClaimLost;
import dev.stowage.core.key.KeyPrefix;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.Content;
import dev.stowage.core.object.Etag;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.object.ObjectReader;
import dev.stowage.core.object.WriteCondition;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.ListQuery;
import dev.stowage.core.port.ObjectPage;
import dev.stowage.core.port.ObjectStore;
import dev.stowage.core.port.PutOptions;
import dev.stowage.core.port.PutResult;
import dev.stowage.core.port.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FencedObjectsTest {

    private static final ObjectKey KEY = new ObjectKey("raw/p/a");
    private static final ObjectReader<String> READER = (info, span, body) -> "read";

    /** Methods that change nothing. All others, including new ones, have to be fenced. */
    private static final Set<String> READING = Set.of("capabilities", "read", "stat", "inspect", "list", "under");

    private boolean open = true;
    private final List<String> calls = new ArrayList<>();
    private final ObjectStore fenced = new FencedObjects(store(), () -> open);

    static Stream<Method> changing() {
        return methods().filter(method -> !READING.contains(method.getName()));
    }

    static Stream<Method> all() {
        return methods().filter(method -> !method.getName().equals("under"));
    }

    @ParameterizedTest
    @MethodSource("changing")
    void change_withAClosedFence_isNotSent(Method method) {
        open = false;

        assertThatThrownBy(() -> call(method)).isInstanceOf(ClaimLost.class);
        assertThat(calls).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("changing")
    void change_withAClosedOuterFence_isNotSent(Method method) {
        open = false;
        ObjectStore outer = fenced.under(() -> true);

        assertThatThrownBy(() -> call(outer, method)).isInstanceOf(ClaimLost.class);
        assertThat(calls).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void call_withOpenFence_isForwardedOnceUnchanged(Method method) throws Throwable {
        call(method);

        assertThat(calls).containsExactly(method.getName());
    }

    @Test
    void reads_areForwardedWithAClosedFence() throws Throwable {
        open = false;
        for (Method method :
                all().filter(each -> READING.contains(each.getName())).toList()) {
            call(method);
            assertThat(calls).endsWith(method.getName());
        }
    }

    @Test
    void body_fails_alsoAtItsEnd_onceTheFenceIsClosed() throws IOException {
        Content content = FencedObjects.fenced(Content.of(new byte[] {1, 2}), () -> open);
        assertThat(content.length()).hasValue(2);
        assertThat(content.replayable()).isTrue();
        try (InputStream body = content.open()) {
            assertThat(body.readNBytes(2)).containsExactly(1, 2);

            open = false;

            assertThatThrownBy(body::read).isInstanceOf(ClaimLost.class);
            assertThatThrownBy(() -> body.read(new byte[4], 0, 4)).isInstanceOf(ClaimLost.class);
        }
    }

    private static Stream<Method> methods() {
        return Stream.of(ObjectStore.class.getMethods());
    }

    private void call(Method method) throws Throwable {
        call(fenced, method);
    }

    private static void call(ObjectStore store, Method method) throws Throwable {
        Object[] arguments = Stream.of(method.getParameterTypes())
                .map(FencedObjectsTest::argument)
                .toArray();
        try {
            Object unused = method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object argument(Class<?> type) {
        return Stream.of(
                        KEY,
                        Content.of(new byte[1]),
                        PutOptions.DEFAULT,
                        ReadOptions.ALL,
                        READER,
                        List.of(KEY),
                        Map.of(KEY, new Etag("a")),
                        ListQuery.of(KeyPrefix.ALL),
                        CopyOptions.DEFAULT,
                        ObjectAttributes.DEFAULT,
                        WriteCondition.NONE)
                .filter(type::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private ObjectStore store() {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("under")) {
                        return proxy;
                    }
                    calls.add(method.getName());
                    return result(method.getReturnType());
                });
    }

    private static Object result(Class<?> type) {
        ObjectInfo info = new ObjectInfo(KEY, 1, new Etag("a"), Instant.EPOCH, ObjectAttributes.DEFAULT);
        return Stream.of(
                        "read",
                        Set.of(),
                        List.of(),
                        Optional.empty(),
                        info,
                        new PutResult(info, Optional.of(true)),
                        new ObjectPage(List.of(), List.of(), Optional.empty()))
                .filter(type::isInstance)
                .findFirst()
                .orElseThrow();
    }
}
