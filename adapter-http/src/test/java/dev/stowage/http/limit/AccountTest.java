package dev.stowage.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountTest {

    @Test
    void addressesOfOneNetwork_areOneAccount() {
        assertThat(Account.address("2001:db8:1:2::1")).isEqualTo(Account.address("[2001:db8:1:2:ffff::2]"));
        assertThat(Account.address("2001:db8:1:2::1")).isNotEqualTo(Account.address("2001:db8:1:3::1"));
    }

    @Test
    void addressesOfVersion4_areEachTheirOwn() {
        assertThat(Account.address("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(Account.address("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
    }

    @Test
    void whatAProxyMadeUp_isTakenAsItIs_upToALength() {
        assertThat(Account.address("_hidden")).isEqualTo("_hidden");
        assertThat(Account.address("no:address")).isEqualTo("no:address");
        assertThat(Account.address("x".repeat(10_000))).hasSize(64);
        assertThat(Account.address(":".repeat(10_000))).hasSize(64);
    }
}
