package dev.stowage.s3api.checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.core.object.Checksum;
import dev.stowage.core.object.ChecksumAlgorithm;
import dev.stowage.s3api.error.S3ErrorException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ObjectChecksumTest {

    private static final int PART = 5 << 20;

    /** Three parts of 5 MiB of A, B and C, as Ceph's s3-tests have them. */
    @ParameterizedTest
    @CsvSource({
        "CRC32, JRTCyQ==, QoZTGg==, YAgjqw==, WgDhBQ==",
        "CRC32C, MDaLrw==, TH4EZg==, Z7mBIQ==, xU+Krw==",
        "CRC64NVME, L/E4WYn8v98=, xW1l19VobYM=, cK5MnNaWrW4=, i+6LR0y3eFo=",
        "SHA1, iIaTCGbm+vdVjNqIMF2S0T7ibMk=, LS/TJ32bAVKEwRu+sE3X7awh/lk=, 6DDwovUaHwrKNXDMzOGbuvj9kxI=,"
                + " sizjvY4eud3MrcHdZM3cQ/ol39o=-3",
        "SHA256, 275VF5loJr1YYawit0XSHREhkFXYkkPKGuoK0x9VKxI=, mrHwOfjTL5Zwfj74F05HOQGLdUb7E5szdCbxgUSq6NM=,"
                + " Vw7oB/nKQ5xWb3hNgbyfkvDiivl+U+/Dft48nfJfDow=, uWBwpe1dxI4Vw8Gf0X9ynOdw/SS6VBzfWm9giiv1sf4=-3"
    })
    void checksumOfParts_isThatOfTheReference(
            ChecksumAlgorithm algorithm, String one, String two, String three, String whole) {
        List<List<Checksum>> parts = List.of(
                List.of(new Checksum(algorithm, one)),
                List.of(new Checksum(algorithm, two)),
                List.of(new Checksum(algorithm, three)));

        ObjectChecksum sum = ObjectChecksum.of(List.of((long) PART, (long) PART, (long) PART), parts)
                .orElseThrow();

        assertThat(sum).isEqualTo(new ObjectChecksum(algorithm, ChecksumType.of(algorithm), whole));
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "CRC32C", "CRC64NVME"})
    void crcOfPartsOfAnySize_isThatOfTheWhole(ChecksumAlgorithm algorithm) {
        int[] sizes = {1, 0, 7, 4096, 65_537, 3};
        byte[] whole = new byte[Arrays.stream(sizes).sum()];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (byte) (i * 31 + 7);
        }
        List<Long> lengths = new ArrayList<>();
        List<List<Checksum>> parts = new ArrayList<>();
        int from = 0;
        for (int size : sizes) {
            lengths.add((long) size);
            parts.add(List.of(digest(algorithm, whole, from, size)));
            from += size;
        }

        assertThat(ObjectChecksum.of(lengths, parts).orElseThrow().value())
                .isEqualTo(digest(algorithm, whole, 0, whole.length).base64());
    }

    @Test
    void compositeCrc_isThatOfTheChecksums() {
        Checksum part = digest(ChecksumAlgorithm.CRC32, new byte[10], 0, 10);
        byte[] twice = new byte[8];
        byte[] one = Base64.getDecoder().decode(part.base64());
        System.arraycopy(one, 0, twice, 0, 4);
        System.arraycopy(one, 0, twice, 4, 4);

        assertThat(ObjectChecksum.of(
                                ChecksumAlgorithm.CRC32,
                                ChecksumType.COMPOSITE,
                                List.of(10L, 10L),
                                List.of(List.of(part), List.of(part)))
                        .orElseThrow()
                        .value())
                .isEqualTo(digest(ChecksumAlgorithm.CRC32, twice, 0, 8).base64() + "-2");
    }

    /** The checksum of the parts is FKTmaw==, that of the bytes is NhCmhg==. */
    @ParameterizedTest
    @CsvSource({
        ", NhCmhg==, FULL_OBJECT",
        ", FKTmaw==-1, COMPOSITE",
        ", FKTmaw==, COMPOSITE",
        "FULL_OBJECT, NhCmhg==, FULL_OBJECT",
        "COMPOSITE, FKTmaw==, COMPOSITE",
        "FULL_OBJECT, FKTmaw==,",
        "COMPOSITE, NhCmhg==,",
        ", FKTmaw==-2,",
        ", AAAAAA==,"
    })
    void sentChecksum_isOfEitherType_unlessItIsNamed(ChecksumType named, String sent, ChecksumType expected) {
        List<List<Checksum>> parts = List.of(List.of(new Checksum(ChecksumAlgorithm.CRC32, "NhCmhg==")));

        assertThat(ObjectChecksum.matching(
                                ChecksumAlgorithm.CRC32, Optional.ofNullable(named), sent, List.of(5L), parts)
                        .map(ObjectChecksum::type))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void partsWithoutACommonAlgorithm_haveNoChecksum() {
        Checksum crc = digest(ChecksumAlgorithm.CRC32, new byte[10], 0, 10);
        Checksum sha = digest(ChecksumAlgorithm.SHA256, new byte[10], 0, 10);

        assertThat(ObjectChecksum.of(List.of(10L, 10L), List.of(List.of(crc), List.of(sha))))
                .isEmpty();
        assertThat(ObjectChecksum.of(List.of(10L, 10L), List.of(List.of(crc), List.of())))
                .isEmpty();
        assertThat(ObjectChecksum.of(List.of(10L), List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"SHA256, FULL_OBJECT", "SHA1, FULL_OBJECT", "CRC64NVME, COMPOSITE", ", COMPOSITE"})
    void impossibleTypes_areRefused(ChecksumAlgorithm algorithm, ChecksumType type) {
        assertThatThrownBy(() -> ChecksumType.check(Optional.ofNullable(algorithm), Optional.of(type)))
                .isInstanceOf(S3ErrorException.class);
    }

    private static Checksum digest(ChecksumAlgorithm algorithm, byte[] bytes, int from, int length) {
        ChecksumAlgorithm.Hasher hasher = algorithm.newHasher();
        hasher.update(bytes, from, length);
        return Checksum.of(algorithm, hasher.finish());
    }
}
