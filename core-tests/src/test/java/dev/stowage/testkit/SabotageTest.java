package dev.stowage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.stowage.testkit.remote.RemoteSabotages;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The contract detects defects: each of these stores fails the test for its defect. Prints which test detects what. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SabotageTest {

    private final Set<String> detected = new TreeSet<>();

    @ParameterizedTest(name = "{1} detects: {2}")
    @org.junit.jupiter.params.provider.MethodSource("sabotages")
    void contract_onStoreWithADefect_fails(Class<? extends StorageContract> store, String test, String defect) {
        Events tests = run(store, test);

        assertThat(tests.started().count()).as("%s is run", test).isPositive();
        assertThat(tests.failed().count()).as("%s fails", test).isPositive();
        detected.add("%-58s %s".formatted(defect, test));
    }

    @Test
    void contract_onStoreThatStreamsBodies_findsNoBodiesInMemory() {
        Events tests = run(StoreSabotages.DiscardsBodies.class, "put_by64WritersAtOnce_holdsFewBytesInMemory");

        assertThat(tests.succeeded().count()).isEqualTo(1);
    }

    @Test
    void contract_onStoreOfLargeObjects_passes() {
        Events tests = run(
                SizeSabotages.Correct.class,
                method -> method.getJavaMethod().getDeclaringClass().equals(LargeObjectContract.class));

        assertThat(tests.failed().list()).isEmpty();
        assertThat(tests.succeeded().count()).isEqualTo(2);
    }

    @Test
    void contract_onCorrectStoreOverANetwork_passes() {
        Events tests = run(
                RemoteSabotages.Correct.class,
                method -> method.getJavaMethod().getDeclaringClass().equals(NetworkStorageContract.class));

        assertThat(tests.failed().list()).isEmpty();
        assertThat(tests.succeeded().count()).isEqualTo(9);
    }

    @AfterAll
    void printTable() {
        System.out.println("Defects that the contract detects, with the test that detects each:");
        detected.forEach(line -> System.out.println("  " + line));
    }

    static Stream<Arguments> sabotages() {
        return Stream.of(
                sabotage(
                        WriteSabotages.IgnoresChecksums.class,
                        "put_withWrongChecksum_storesNothing",
                        "checksums are not verified"),
                sabotage(
                        WriteSabotages.StoresIncompleteBodies.class,
                        "put_ofBrokenBody_storesNothing",
                        "bodies that end early are stored"),
                sabotage(
                        WriteSabotages.LooksThenWrites.class,
                        "put_ifAbsent_by16Racers_hasOneWinner",
                        "conditions are decided before the write"),
                sabotage(
                        WriteSabotages.LeavesTemporaryData.class,
                        "put_ofBrokenBody_storesNothing",
                        "a broken body leaves data"),
                sabotage(
                        WriteSabotages.LeavesTemporaryData.class,
                        "put_ifAbsent_onExistingKey_conflicts",
                        "a failed condition leaves data"),
                sabotage(
                        WriteSabotages.ReportsEveryObjectAsNew.class,
                        "put_returnsWhetherTheObjectIsNew_ifKnown",
                        "every object is reported as new"),
                sabotage(
                        WriteSabotages.OpensTwice.class,
                        "put_opensOnceAndClosesOnce",
                        "a body that can be read once is opened twice"),
                sabotage(
                        WriteSabotages.TrimsMetadata.class,
                        "put_withMetadataValue_keepsIt",
                        "metadata values are trimmed"),
                sabotage(
                        WriteSabotages.IgnoresCase.class,
                        "keysThatFileSystemsConfuse_areDifferentObjects",
                        "keys ignore case"),
                sabotage(
                        WriteSabotages.ReportsMissingAsDeleted.class,
                        "delete_of1000Keys_returnsResultsInOrder",
                        "missing objects are reported as deleted"),
                sabotage(
                        WriteSabotages.DeletesAnyVersion.class,
                        "deleteMatching_onAnotherVersion_keepsIt",
                        "another version is deleted"),
                sabotage(
                        WriteSabotages.DropsHeaders.class,
                        "put_withOneHeader_storesOnlyThat",
                        "header attributes are not stored"),
                sabotage(
                        CopySabotages.CopiesWithoutAttributes.class,
                        "copy_keepsBytesAndAttributes",
                        "copies have no attributes"),
                sabotage(
                        CopySabotages.CopiesTheExpiry.class,
                        "copy_ofObjectWithExpiry_hasNone",
                        "copies expire with their source"),
                sabotage(
                        CopySabotages.CopiesOnlyWhatIsNamed.class,
                        "copy_withOneChange_keepsTheRest",
                        "a copy with a change drops other attributes"),
                sabotage(
                        WriteSabotages.DropsAttributesOnRewrite.class,
                        "copy_withOneChange_keepsTheRest",
                        "a rewrite of metadata drops other attributes"),
                sabotage(
                        WriteSabotages.DropsAttributesOnRewrite.class,
                        "copy_over16MiB_keepsBytesAndAttributes",
                        "a rewrite of a large object drops attributes"),
                sabotage(
                        CopySabotages.CopiesUpToTheFirstFailure.class,
                        "copyAll_decidesEachSeparately",
                        "a copy that fails ends those after it"),
                sabotage(
                        CopySabotages.CopiesInReverseOrder.class,
                        "copyAll_findsWhatEarlierCopiesHaveStored",
                        "many copies are made in another order"),
                sabotage(
                        CopySabotages.CopiesAtMost16MiB.class,
                        "copy_over16MiB_keepsBytesAndAttributes",
                        "copies over 16 MiB fail"),
                sabotage(
                        WriteSabotages.DeletesAndPuts.class,
                        "copy_ontoItself_neverHidesTheObject",
                        "a copy onto itself deletes and puts"),
                sabotage(
                        ReadSabotages.WrapsTheReadersFailure.class,
                        "read_byReaderThatFails_throwsItsException",
                        "the reader's exception is wrapped"),
                sabotage(
                        ReadSabotages.ReportsAnotherVersion.class,
                        "readersAndWritersOfOneKey_seeCompleteObjects",
                        "properties and bytes are of two versions"),
                sabotage(ReadSabotages.IgnoresRanges.class, "read_ofRange_lendsExactlyThatRange", "ranges are ignored"),
                sabotage(
                        ReadSabotages.LeavesStreamsOpen.class,
                        "read_closesTheStreamItLent",
                        "a lent stream stays open"),
                sabotage(
                        ReadSabotages.RefusesLongSuffixes.class,
                        "read_ofRange_lendsExactlyThatRange",
                        "suffixes longer than the object are refused"),
                sabotage(
                        ReadSabotages.CountsWith32Bits.class,
                        "read_ofRangeOutside_isNotSatisfiable",
                        "offsets over 2 GiB overflow"),
                sabotage(
                        ReadSabotages.ListsInUtf16Order.class,
                        "list_overAllPages_returnsEachEntryOnceInOrder",
                        "lists are in UTF-16 order"),
                sabotage(
                        ReadSabotages.StopsBeforeTheLastPage.class,
                        "list_overAllPages_returnsEachEntryOnceInOrder",
                        "a page without objects is taken as the last"),
                sabotage(
                        ReadSabotages.LosesTokenAt1000.class,
                        "list_ofMoreThan1000Objects_returnsThemAll",
                        "the token of a page of 1000 is lost"),
                sabotage(
                        ReadSabotages.FailsOnForeignNames.class,
                        "everyMethod_onForeignKey_addressesThatKey",
                        "lists fail on names of other clients"),
                sabotage(ReadSabotages.TakesAnyToken.class, "list_withForgedToken_isRejected", "any token is accepted"),
                sabotage(
                        ReadSabotages.SwallowsInterrupts.class,
                        "anyCall_onInterruptedThread_endsAndKeepsTheFlag",
                        "the interrupt flag is cleared"),
                sabotage(
                        PartSabotages.CutsPartsAt1000.class,
                        "moreThan1000Parts_areListedAndCompleted",
                        "parts are cut at 1000"),
                sabotage(
                        PartSabotages.CutsUploadsAt1000.class,
                        "listUploads_ofMoreThan1000Uploads_returnsThemAll",
                        "uploads are cut at 1000"),
                sabotage(
                        PartSabotages.OpensPartsTwice.class,
                        "putPart_opensOnceAndClosesOnce",
                        "a part that can be read once is opened twice"),
                sabotage(
                        PartSabotages.LeavesInterruptedParts.class,
                        "putPart_interruptedWhileItsBodyWaits_storesNothing",
                        "an interrupt during a part leaves a blob"),
                sabotage(
                        PartSabotages.TagsPartsBySize.class,
                        "complete_ofReplacedPart_hasTheLastOne",
                        "the ETag of a part is its size"),
                sabotage(
                        StoreSabotages.TagsBySize.class,
                        "put_ofOtherBytesOfTheSameSize_changesTheEtag",
                        "the ETag of an object is its size"),
                sabotage(
                        StoreSabotages.KnowsNoTime.class,
                        "put_recordsTheTimeOfTheWrite",
                        "the time of a write is in 1970"),
                sabotage(
                        StoreSabotages.ReadsWholeObjects.class,
                        "read_by64ReadersAtOnce_holdsFewBytesInMemory",
                        "objects are read into memory"),
                sabotage(
                        StoreSabotages.HoldsWholeBodies.class,
                        "put_by64WritersAtOnce_holdsFewBytesInMemory",
                        "bodies are held in memory"),
                sabotage(
                        StoreSabotages.LosesConnections.class,
                        "read_by200ReadersThatStopEarly_takesUpNothing",
                        "readers that stop early keep a connection"),
                sabotage(
                        StoreSabotages.LeavesInterruptedBlobs.class,
                        "put_interruptedWhileItsBodyWaits_storesNothing",
                        "an interrupt during a large put leaves a blob"),
                sabotage(StoreSabotages.StaysOpen.class, "anyCall_afterClose_isUnavailable", "close does nothing"),
                sabotage(
                        StoreSabotages.PassesEveryCheck.class,
                        "anyCall_afterClose_isUnavailable",
                        "check always passes"),
                sabotage(
                        StoreSabotages.NamesItsHost.class,
                        "anyFailure_hasAMessageForClients",
                        "a message names the host"),
                sabotage(
                        StoreSabotages.PassesOnLibraryTexts.class,
                        "anyFailure_hasAMessageForClients",
                        "a message contains the text of a library"),
                sabotage(
                        SharedSabotages.ClosesSharedConnection.class,
                        "transfers_whileOthersAreInterrupted_continue",
                        "an interrupt ends a connection that others use"),
                sabotage(
                        SharedSabotages.FailsWholeGroups.class,
                        "calls_whileOthersAreInterrupted_succeed",
                        "an interrupt fails the commit of others"),
                sabotage(
                        SharedSabotages.KeepsItsLock.class,
                        "calls_whileOthersAreInterrupted_succeed",
                        "an interrupted call keeps a lock"),
                sabotage(
                        SizeSabotages.PutsIntSizes.class,
                        "put_over2GiB_isReadAtAnyOffset",
                        "sizes over 2 GiB overflow in puts"),
                sabotage(
                        SizeSabotages.ListsIntSizes.class,
                        "put_over2GiB_isReadAtAnyOffset",
                        "sizes over 2 GiB overflow in lists"),
                sabotage(
                        SizeSabotages.CompletesIntSizes.class,
                        "complete_over2GiB_isReadAtAnyOffset",
                        "sizes over 2 GiB overflow in completions"),
                sabotage(
                        SizeSabotages.ReadsAtIntOffsets.class,
                        "put_over2GiB_isReadAtAnyOffset",
                        "ranges from offsets over 2 GiB have other bytes"),
                sabotage(
                        SizeSabotages.ReadsIntLengths.class,
                        "put_over2GiB_isReadAtAnyOffset",
                        "ranges of more than 2 GiB end early"),
                sabotage(
                        RemoteSabotages.RepeatsBlindly.class,
                        "put_ifAbsent_whenItsAnswerIsLost_isNotRefused",
                        "a lost answer to a put is told as a failed condition"),
                sabotage(
                        RemoteSabotages.RepeatsBlindly.class,
                        "complete_ifAbsent_whenItsAnswerIsLost_isNotRefused",
                        "a lost answer to a completion is told as another error"),
                sabotage(
                        RemoteSabotages.RepeatsBlindly.class,
                        "deleteMatching_whenItsAnswerIsLost_isNotRefused",
                        "a lost answer to a deletion is told as a missing object"),
                sabotage(
                        RemoteSabotages.RepeatsBodies.class,
                        "put_whenTheConnectionBreaks_storesNothing",
                        "a body that can be read once is sent twice"),
                sabotage(
                        RemoteSabotages.LetsLibraryFail.class,
                        "read_whenTheConnectionBreaks_isUnavailable",
                        "a lent stream throws the exception of a library"),
                sabotage(
                        RemoteSabotages.NamesItsHost.class,
                        "anyCall_withoutServer_isUnavailableUntilItIsBack",
                        "a message names the host that can't be reached"),
                sabotage(
                        RemoteSabotages.PassesEveryCheck.class,
                        "anyCall_withoutServer_isUnavailableUntilItIsBack",
                        "check passes without a server"),
                sabotage(
                        RemoteSabotages.WaitsWithoutEnd.class,
                        "anyCall_onServerThatDoesNotRespond_ends",
                        "calls wait without end"),
                sabotage(
                        RemoteSabotages.StaysOpen.class,
                        "close_duringCalls_endsThemAndTheirConnections",
                        "close leaves connections open"));
    }

    private static Arguments sabotage(Class<? extends StorageContract> store, String test, String defect) {
        return Arguments.of(store, test, defect);
    }

    private static Events run(Class<? extends StorageContract> store, String test) {
        return run(store, method -> method.getMethodName().equals(test));
    }

    private static Events run(Class<? extends StorageContract> store, Predicate<MethodSource> wanted) {
        PostDiscoveryFilter filter = descriptor -> FilterResult.includedIf(descriptor
                .getSource()
                .map(source -> !(source instanceof MethodSource method) || wanted.test(method))
                .orElse(true));
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(store))
                .filters(filter)
                .execute()
                .testEvents();
    }
}
