package dev.stowage.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.config.Settings;
import dev.stowage.core.error.InvalidInput;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client could try in order to reach the network of the service. */
final class HostileUrlsTest {

    private WebhookModule module = module("");

    @AfterEach
    void close() {
        module.close();
    }

    private static WebhookModule module(String allowed) {
        WebhookConfig config = WebhookConfig.from(new Settings(Map.of("WEBHOOK_ALLOWED_NETWORKS", allowed)));
        return WebhookModule.open(config, HostileUrlsTest::resolve, Duration.ofSeconds(1), InstantSource.system());
    }

    /** Names that point into the network, and addresses as the JDK reads them. */
    private static InetAddress[] resolve(String host) throws UnknownHostException {
        List<String> addresses = switch (host) {
            case "public.example", "xn--bcher-kva.example" -> List.of("93.184.215.14", "2606:2800:21f::1");
            case "loopback.example" -> List.of("127.0.0.1");
            case "metadata.example" -> List.of("169.254.169.254");
            case "half.example" -> List.of("93.184.215.14", "10.0.0.1");
            case "half6.example" -> List.of("2606:2800:21f::1", "fe80::1");
            case "empty.example" -> List.of();
            case "missing.example" -> throw new UnknownHostException(host);
            default -> List.of(host);
        };
        InetAddress[] found = new InetAddress[addresses.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByName(addresses.get(i));
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Other schemes, and no URL at all.
                "",
                "example.com",
                "//public.example/",
                "file:///etc/passwd",
                "ftp://public.example/",
                "gopher://127.0.0.1:6379/_FLUSHALL",
                "jar:http://public.example!/x",
                "http:public.example",
                "http:/public.example",
                "http:///x",
                "https://",
                "https://public.example:0/",
                "https://public.example:65536/",
                "https://public.example:99999999999/",
                "https://public.example/#fragment",
                "https://public.example/a b",
                "https://public.example/\r\nX-Injected: 1",
                "https://public.example\\@127.0.0.1/",
                "https:\\\\public.example\\",
                // User names.
                "https://user@public.example/",
                "https://user:password@public.example/",
                "https://public.example@127.0.0.1/",
                "https://public.example:443@127.0.0.1:80/",
                "https://@public.example/",
                "https://public.example%40127.0.0.1/",
                // Loopback and its notations.
                "http://localhost/",
                "http://LOCALHOST:9090/api/v1/keys",
                "http://localhost./",
                "http://localhost.localdomain./",
                "http://127.0.0.1/",
                "http://127.0.0.1./",
                "http://127.1/",
                "http://127.0.1/",
                "http://2130706433/",
                "http://017700000001/",
                "http://0177.0.0.1/",
                "http://0x7f.0.0.1/",
                "http://0x7f000001/",
                "http://127.000.000.001/",
                "http://0/",
                "http://0.0.0.0/",
                "http://256.256.256.256/",
                "http://1.2.3/",
                "http://127.0.0.1.0x1/",
                "http://[::1]/",
                "http://[::]/",
                "http://[0:0:0:0:0:0:0:1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[::127.0.0.1]/",
                "http://[fe80::1%25eth0]/",
                "http://[::1/",
                // Digits and dots of other scripts, which some programs read as ASCII.
                "http://①②⑦.⓪.⓪.①/",
                "http://127。0。0。1/",
                "http://ⓛocalhost/",
                "http://bücher.example/",
                "http://%31%32%37.0.0.1/",
                "http://public.example\u0000.evil/",
                "http://under_score.example/",
                "http://-a.example/",
                "http://public.example./",
                "http://public..example/",
                // Private, shared, link-local, multicast, reserved and metadata addresses.
                "http://10.0.0.1/",
                "http://100.64.0.1/",
                "http://100.100.100.200/latest/meta-data/",
                "http://169.254.169.254/latest/meta-data/",
                "http://172.16.0.1/",
                "http://172.31.255.255/",
                "http://192.0.0.192/opc/v2/",
                "http://192.0.2.1/",
                "http://192.88.99.1/",
                "http://192.168.0.1/",
                "http://198.18.0.1/",
                "http://198.51.100.1/",
                "http://203.0.113.1/",
                "http://168.63.129.16/metadata",
                "http://224.0.0.1/",
                "http://240.0.0.1/",
                "http://255.255.255.255/",
                "http://[fe80::1]/",
                "http://[fec0::1]/",
                "http://[fc00::1]/",
                "http://[fd00:ec2::254]/latest/meta-data/",
                "http://[ff02::1]/",
                "http://[2001:db8::1]/",
                "http://[2001::1]/",
                "http://[2002:7f00:1::]/",
                "http://[2002:a9fe:a9fe::1]/",
                "http://[3fff::1]/",
                "http://[64:ff9b::127.0.0.1]/",
                "http://[64:ff9b::a9fe:a9fe]/",
                "http://[64:ff9b:1::1]/",
                "http://[100::1]/",
                // Names.
                "http://loopback.example/",
                "http://metadata.example/",
                "http://half.example/",
                "http://half6.example/",
                "http://empty.example/",
                "http://missing.example/"
            })
    void hostileUrl_isRefused(String url) {
        assertThatThrownBy(() -> module.sender().check(url))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://public.example",
                "https://public.example:8443/hook?token=a%20b",
                "http://93.184.215.14/",
                "http://[2606:2800:21f::1]:8080/",
                "http://[64:ff9b::5db8:d70e]/",
                "https://xn--bcher-kva.example/"
            })
    void publicUrl_isAccepted(String url) {
        assertThatCode(() -> module.sender().check(url)).doesNotThrowAnyException();
    }

    @Test
    void addressesOfAllowedNetworks_areAccepted() {
        module.close();
        module = module("10.0.0.0/8, 192.168.1.7, fd00::/8");

        for (String url :
                List.of("http://10.255.255.255/", "http://192.168.1.7/", "http://[fd00::1]/", "http://half.example/")) {
            assertThatCode(() -> module.sender().check(url)).as(url).doesNotThrowAnyException();
        }
        for (String url :
                List.of("http://11.0.0.1.x/", "http://192.168.1.8/", "http://[fe80::1]/", "http://127.0.0.1/")) {
            assertThatThrownBy(() -> module.sender().check(url)).as(url).isInstanceOf(InvalidInput.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10/8",
                "1.2.3.4,",
                "fd00::/129",
                "256.0.0.1",
                "10.0.0.0/-1"
            })
    void malformedNetworks_areReported(String text) {
        Settings settings = new Settings(Map.of("WEBHOOK_ALLOWED_NETWORKS", text));

        WebhookConfig config = WebhookConfig.from(settings);

        assertThat(config.allowed()).isEmpty();
        assertThat(settings.problems()).singleElement().asString().contains("WEBHOOK_ALLOWED_NETWORKS", text);
    }
}
