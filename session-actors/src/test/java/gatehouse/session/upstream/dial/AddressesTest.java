package gatehouse.session.upstream.dial;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.config.catalogue.Network;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    /// First and last of each range, and its neighbours on both sides where those are public.
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "0.0.0.0 0.255.255.255 - 1.0.0.0 RESERVED",
                "10.0.0.0 10.255.255.255 9.255.255.255 11.0.0.0 PRIVATE",
                "100.64.0.0 100.127.255.255 100.63.255.255 100.128.0.0 PRIVATE",
                "127.0.0.0 127.255.255.255 126.255.255.255 128.0.0.0 LOOPBACK",
                "169.254.0.0 169.254.255.255 169.253.255.255 169.255.0.0 RESERVED",
                "172.16.0.0 172.31.255.255 172.15.255.255 172.32.0.0 PRIVATE",
                "192.0.0.0 192.0.0.255 191.255.255.255 192.0.1.0 RESERVED",
                "192.0.2.0 192.0.2.255 192.0.1.255 192.0.3.0 RESERVED",
                "192.31.196.0 192.31.196.255 192.31.195.255 192.31.197.0 RESERVED",
                "192.52.193.0 192.52.193.255 192.52.192.255 192.52.194.0 RESERVED",
                "192.88.99.0 192.88.99.255 192.88.98.255 192.88.100.0 RESERVED",
                "192.168.0.0 192.168.255.255 192.167.255.255 192.169.0.0 PRIVATE",
                "192.175.48.0 192.175.48.255 192.175.47.255 192.175.49.0 RESERVED",
                "198.18.0.0 198.19.255.255 198.17.255.255 198.20.0.0 RESERVED",
                "198.51.100.0 198.51.100.255 198.51.99.255 198.51.101.0 RESERVED",
                "203.0.113.0 203.0.113.255 203.0.112.255 203.0.114.0 RESERVED",
                "224.0.0.0 255.255.255.255 223.255.255.255 - RESERVED",
                ":: ::0.255.255.255 - - RESERVED",
                "::1 ::1 - - LOOPBACK",
                "::2 ::ffff:ffff - ::1:0:0 RESERVED",
                "::ffff:0:0:0 ::ffff:0:ffff:ffff ::fffe:ffff:ffff:ffff ::ffff:1:0:0 RESERVED",
                "64:ff9b:1:: 64:ff9b:1:ffff:ffff:ffff:ffff:ffff 64:ff9b:0:ffff:ffff:ffff:ffff:ffff 64:ff9b:2:: RESERVED",
                "100:: 100::ffff:ffff:ffff:ffff ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 100:0:0:2:: RESERVED",
                "100:0:0:1:: 100:0:0:1:ffff:ffff:ffff:ffff - 100:0:0:2:: RESERVED",
                "2001:: 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff 2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff 2001:200:: RESERVED",
                "2001:db8:: 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff 2001:db7:ffff:ffff:ffff:ffff:ffff:ffff 2001:db9:: RESERVED",
                "2002:: 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff 2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff 2003:: RESERVED",
                "3fff:: 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff 3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff 3fff:1000:: RESERVED",
                "5f00:: 5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff 5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 5f01:: RESERVED",
                "fc00:: fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff fe00:: PRIVATE",
                "fe80:: febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff - RESERVED",
                "fec0:: feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff - - RESERVED",
                "ff00:: ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff - - RESERVED",
            })
    void every_range_ends_where_it_should(String first, String last, String before, String after, Reach reach) {
        assertThat(judged(first)).isEqualTo(new Judgement.Refused(reach));
        assertThat(judged(last)).isEqualTo(new Judgement.Refused(reach));
        if (!before.equals("-")) {
            assertThat(judged(before)).isEqualTo(new Judgement.Allowed());
        }
        if (!after.equals("-")) {
            assertThat(judged(after)).isEqualTo(new Judgement.Allowed());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "169.254.170.23",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "fd00:ec2::254",
                "fd00:ec2::23",
                "fd20:ce::254",
                "::ffff:169.254.169.254",
                "64:ff9b::169.254.169.254",
                "::169.254.169.254",
                "2002:a9fe:a9fe::",
                "2001:0:0:0:0:0:5601:5601",
                "2001:db8::5efe:169.254.169.254",
            })
    void metadata_is_refused_whatever_the_entry_says_and_however_it_is_wrapped(String address) {
        for (var network : Network.values()) {
            assertThat(Addresses.judge(InetAddress.ofLiteral(address), network))
                    .isEqualTo(new Judgement.Refused(Reach.METADATA));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, LOOPBACK",
        "::1, LOOPBACK",
        "::ffff:127.0.0.1, LOOPBACK",
        "10.1.2.3, PRIVATE",
        "100.64.0.1, PRIVATE",
        "fd12::1, PRIVATE",
        "::ffff:10.0.0.1, PRIVATE"
    })
    void an_entry_opens_its_own_network_and_no_other(String address, Network opens) {
        for (var network : Network.values()) {
            var judgement = Addresses.judge(InetAddress.ofLiteral(address), network);

            assertThat(judgement instanceof Judgement.Allowed).isEqualTo(network == opens);
        }
    }

    @Test
    void what_nat64_stands_for_is_judged_and_only_public_addresses_pass() {
        assertThat(judged("64:ff9b::8.8.8.8")).isEqualTo(new Judgement.Allowed());
        for (var network : Network.values()) {
            assertThat(Addresses.judge(InetAddress.ofLiteral("64:ff9b::127.0.0.1"), network))
                    .isEqualTo(new Judgement.Refused(Reach.RESERVED));
            assertThat(Addresses.judge(InetAddress.ofLiteral("64:ff9b::10.0.0.1"), network))
                    .isEqualTo(new Judgement.Refused(Reach.RESERVED));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2a00::5efe:8.8.8.8", "2a00::200:5efe:8.8.8.8", "2001::1", "2002:808:808::1", "::8.8.8.8"})
    void tunnels_are_refused_even_to_public_addresses(String address) {
        assertThat(judged(address)).isEqualTo(new Judgement.Refused(Reach.RESERVED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "168.63.129.15", "168.63.129.17", "2606:4700::1111", "::ffff:8.8.8.8"})
    void public_addresses_pass(String address) {
        assertThat(judged(address)).isEqualTo(new Judgement.Allowed());
    }

    private static Judgement judged(String address) {
        return Addresses.judge(InetAddress.ofLiteral(address), Network.PUBLIC);
    }
}
