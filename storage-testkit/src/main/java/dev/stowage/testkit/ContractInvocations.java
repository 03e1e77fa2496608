package dev.stowage.testkit;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Runs the tests of a {@link StorageContract}: expects the known failures, names the parameters of a failed test, and finds out after a
 * failure whether the store still responds.
 */
final class ContractInvocations implements InvocationInterceptor, TestExecutionExceptionHandler {

    /** Twice as long as {@link dev.stowage.core.port.Storage#check} may take. */
    private static final int CHECK_SECONDS = 10;

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        run(invocation, test, contract(context));
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        run(invocation, test, contract(context));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (!(failure instanceof TestAbortedException)) {
            check(contract(context));
        }
        throw failure;
    }

    private static void run(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> test, StorageContract contract)
            throws Throwable {
        String name = name(test);
        String reason = contract.knownFailures().get(name);
        try {
            invocation.proceed();
        } catch (TestAbortedException e) {
            throw e;
        } catch (Throwable failure) {
            if (reason != null) {
                Assumptions.abort("a known failure: " + reason);
            }
            throw test.getArguments().isEmpty() ? failure : named(name, failure);
        }
        if (reason != null) {
            throw new AssertionError(name + " does not fail any more; remove it from knownFailures()");
        }
    }

    /** Returns {@code method}, or {@code method[parameter=value, parameter=value]}. */
    private static String name(ReflectiveInvocationContext<Method> test) {
        Method method = test.getExecutable();
        List<@Nullable Object> arguments = test.getArguments();
        if (arguments.isEmpty()) {
            return method.getName();
        }
        Parameter[] parameters = method.getParameters();
        StringJoiner named = new StringJoiner(", ", method.getName() + "[", "]");
        for (int i = 0; i < parameters.length; i++) {
            named.add(parameters[i].getName() + "=" + arguments.get(i));
        }
        return named.toString();
    }

    private static AssertionError named(String name, Throwable failure) {
        AssertionError named = new AssertionError(name + ": " + failure.getMessage(), failure.getCause());
        named.setStackTrace(failure.getStackTrace());
        return named;
    }

    /** Checks the store on another thread, as a check that is not implemented correctly may not end. */
    private static void check(StorageContract contract) throws InterruptedException {
        FutureTask<Boolean> check = new FutureTask<>(() -> contract.storage().check(), true);
        Thread thread = new Thread(check, "storage-check");
        thread.setDaemon(true);
        thread.start();
        try {
            check.get(CHECK_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            contract.end("the store does not respond any more: " + e.getCause());
        } catch (TimeoutException e) {
            contract.end("the store does not respond any more: check() took longer than " + CHECK_SECONDS + " seconds");
        }
    }

    private static StorageContract contract(ExtensionContext context) {
        return (StorageContract) context.getRequiredTestInstance();
    }
}
