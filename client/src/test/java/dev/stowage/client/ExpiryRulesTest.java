package dev.stowage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpiryRulesTest {

    private static final String FOREIGN =
            "{\"id\":\"a\",\"prefix\":\"x/\",\"expire_after\":\"36h\",\"filter\":{\"name\":\"*.tmp\",\"color\":\"red\"}}";

    @Test
    void with_replacesTheRuleOfTheSamePrefixAndId_andKeepsUnknownFieldsOfOthers() {
        ExpiryRules rules = ExpiryRules.parse("{\"rules\":[" + FOREIGN + "]}")
                .with(ExpiryRule.of("a", "y/", Duration.ofDays(1)))
                .with(ExpiryRule.of("a", "y/", Duration.ofDays(30))
                        .withFilter(FileFilter.NONE.smallerThan(5).withMetadata(Map.of("kind", "draft"))));

        assertThat(rules.toJson())
                .isEqualTo("{\"rules\":[" + FOREIGN
                        + ",{\"id\":\"a\",\"prefix\":\"y/\",\"filter\":{\"smaller_than\":5,\"metadata\":{\"kind\":\"draft\"}},"
                        + "\"expire_after\":\"2592000s\"}]}");
        assertThat(rules.list().get(0).expireAfter()).isEqualTo(Duration.ofHours(36));
        assertThat(rules.without("y/", "a")).isEqualTo(ExpiryRules.parse("{\"rules\":[" + FOREIGN + "]}"));
    }

    @Test
    void parse_ofOtherText_isRefused() {
        for (String text : new String[] {"", "[]", "{\"rules\": {}}", "no JSON"}) {
            assertThatThrownBy(() -> ExpiryRules.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
