package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The contract detects defects: each of these stores fails the test for its defect. */
final class SabotageTest {

    @ParameterizedTest
    @MethodSource("sabotages")
    void contract_onStoreWithADefect_fails(Class<? extends SabotagedContract> defect, String test) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(defect))
                .filters(named(test))
                .execute()
                .testEvents();

        assertThat(tests.started().count()).as("%s is run", test).isPositive();
        assertThat(tests.failed().count()).as("%s fails", test).isPositive();
    }

    static Stream<Arguments> sabotages() {
        return Stream.of(
                Arguments.of(WriteSabotages.IgnoresChecksums.class, "put_withWrongChecksum_storesNothing"),
                Arguments.of(WriteSabotages.StoresIncompleteBodies.class, "put_ofBrokenBody_storesNothing"),
                Arguments.of(WriteSabotages.LooksThenWrites.class, "put_ifAbsent_by16Racers_hasOneWinner"),
                Arguments.of(WriteSabotages.LeavesTemporaryData.class, "put_ofBrokenBody_storesNothing"),
                Arguments.of(WriteSabotages.LeavesTemporaryData.class, "put_ifAbsent_onExistingKey_conflicts"),
                Arguments.of(WriteSabotages.ReportsEveryObjectAsNew.class, "put_returnsWhetherTheObjectIsNew_ifKnown"),
                Arguments.of(WriteSabotages.OpensTwice.class, "put_opensOnceAndClosesOnce"),
                Arguments.of(WriteSabotages.TrimsMetadata.class, "put_withMetadataValue_keepsIt"),
                Arguments.of(WriteSabotages.IgnoresCase.class, "keysThatFileSystemsConfuse_areDifferentObjects"),
                Arguments.of(WriteSabotages.ReportsMissingAsDeleted.class, "delete_of1000Keys_returnsResultsInOrder"),
                Arguments.of(WriteSabotages.DeletesAnyVersion.class, "deleteMatching_onAnotherVersion_keepsIt"),
                Arguments.of(WriteSabotages.DropsHeaders.class, "put_withOneHeader_storesOnlyThat"),
                Arguments.of(WriteSabotages.CopiesWithoutAttributes.class, "copy_keepsBytesAndAttributes"),
                Arguments.of(WriteSabotages.CopiesOnlyWhatIsNamed.class, "copy_withOneChange_keepsTheRest"),
                Arguments.of(ReadSabotages.WrapsTheReadersFailure.class, "read_byReaderThatFails_throwsItsException"),
                Arguments.of(ReadSabotages.ReportsAnotherVersion.class, "readersAndWritersOfOneKey_seeCompleteObjects"),
                Arguments.of(ReadSabotages.IgnoresRanges.class, "read_ofRange_lendsExactlyThatRange"),
                Arguments.of(ReadSabotages.LeavesStreamsOpen.class, "read_closesTheStreamItLent"),
                Arguments.of(ReadSabotages.RefusesLongSuffixes.class, "read_ofRange_lendsExactlyThatRange"),
                Arguments.of(ReadSabotages.ListsInUtf16Order.class, "list_overAllPages_returnsEachEntryOnceInOrder"),
                Arguments.of(
                        ReadSabotages.StopsBeforeTheLastPage.class, "list_overAllPages_returnsEachEntryOnceInOrder"),
                Arguments.of(ReadSabotages.TakesAnyToken.class, "list_withForgedToken_isRejected"),
                Arguments.of(
                        ReadSabotages.SwallowsInterrupts.class, "anyCall_onInterruptedThread_endsAndKeepsTheFlag"));
    }

    private static PostDiscoveryFilter named(String test) {
        return descriptor -> {
            boolean wanted = descriptor
                    .getSource()
                    .map(source -> !(source instanceof org.junit.platform.engine.support.descriptor.MethodSource method)
                            || method.getMethodName().equals(test))
                    .orElse(true);
            return FilterResult.includedIf(wanted);
        };
    }
}
