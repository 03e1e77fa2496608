package dev.stowage.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.core.config.Settings;
import dev.stowage.core.key.KeyLayout;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.port.records.Quota;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProjectQuotasTest {

    private static final KeyLayout LAYOUT = KeyLayout.parse(KeyLayout.DEFAULT_TEMPLATE);

    @Test
    void quotas_areDisabledByDefault() {
        ProjectQuotas quotas = ProjectQuotas.from(new Settings(Map.of()), LAYOUT);

        assertThat(quotas).isEqualTo(new ProjectQuotas(LAYOUT, OptionalLong.empty(), Map.of()));
        assertThat(quotas.enabled()).isFalse();
    }

    @Test
    void quotas_haveADefault_andExceptions() {
        Settings settings =
                new Settings(Map.of("PROJECT_QUOTA", "10GiB", "PROJECT_QUOTAS", "small=1000, closed=0,free=none"));

        ProjectQuotas quotas = ProjectQuotas.from(settings, LAYOUT);

        assertThat(settings.problems()).isEmpty();
        assertThat(quotas.enabled()).isTrue();
        assertThat(quotas.limitOf("any")).hasValue(10L << 30);
        assertThat(quotas.limitOf("small")).hasValue(1000);
        assertThat(quotas.limitOf("closed")).hasValue(0);
        assertThat(quotas.limitOf("free")).isEmpty();
        assertThat(quotas.of(new ObjectKey("raw/small/a"))).contains(new Quota("small", OptionalLong.of(1000)));
        assertThat(quotas.of(new ObjectKey("elsewhere/small/a"))).isEmpty();
    }

    @Test
    void exceptionsOnly_leaveOtherProjectsUnlimited() {
        ProjectQuotas quotas = ProjectQuotas.from(new Settings(Map.of("PROJECT_QUOTAS", "a=1")), LAYOUT);

        assertThat(quotas.enabled()).isTrue();
        assertThat(quotas.limitOf("b")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "=1", "a=", "a=much", "a=1,,b=2", "a=1,a=2", "a=-1"})
    void invalidExceptions_areReported(String text) {
        Settings settings = new Settings(Map.of("PROJECT_QUOTAS", text));

        assertThat(ProjectQuotas.from(settings, LAYOUT).exceptions()).isEmpty();
        assertThat(settings.problems()).hasSize(1).allMatch(problem -> problem.startsWith("PROJECT_QUOTAS: "));
    }

    @Test
    void quotas_withoutProjects_areReported() {
        Settings settings = new Settings(Map.of("PROJECT_QUOTA", "1"));

        ProjectQuotas unused = ProjectQuotas.from(settings, KeyLayout.parse("open"));

        assertThat(settings.problems()).hasSize(1).allMatch(problem -> problem.contains("{project_id}"));
    }
}
