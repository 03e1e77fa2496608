package dev.stowage.testkit;

import dev.stowage.core.error.StorageRejected;
import dev.stowage.core.key.ObjectKey;
import dev.stowage.core.object.AttributeChanges;
import dev.stowage.core.object.ObjectAttributes;
import dev.stowage.core.object.ObjectInfo;
import dev.stowage.core.port.Copy;
import dev.stowage.core.port.CopyOptions;
import dev.stowage.core.port.CopyResult;
import dev.stowage.core.port.ForwardingObjectStore;
import dev.stowage.core.port.ObjectStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Stores with a defect in copying. */
final class CopySabotages {

    private CopySabotages() {}

    /** Replaces all attributes when one was named. */
    static final class CopiesOnlyWhatIsNamed extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
                    AttributeChanges changes = options.changes();
                    AttributeChanges all = changes.isEmpty()
                            ? changes
                            : AttributeChanges.to(changes.applyTo(ObjectAttributes.DEFAULT));
                    return super.copy(
                            source, target, new CopyOptions(options.condition(), options.ifSourceMatch(), all));
                }
            };
        }
    }

    /** Copies only bytes. */
    static final class CopiesWithoutAttributes extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
                    return super.copy(
                            source,
                            target,
                            new CopyOptions(
                                    options.condition(),
                                    options.ifSourceMatch(),
                                    AttributeChanges.to(ObjectAttributes.DEFAULT)));
                }
            };
        }
    }

    /** Copies what the store keeps in addition to the attributes, with the expiry. */
    static final class CopiesTheExpiry extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
                    return super.copy(
                            source,
                            target,
                            new CopyOptions(options.condition(), options.ifSourceMatch(), options.changes(), true));
                }
            };
        }
    }

    /** Ends many copies with the first one that fails. */
    static final class CopiesUpToTheFirstFailure extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public List<CopyResult> copyAll(List<Copy> copies) {
                    List<CopyResult> results = super.copyAll(copies);
                    int failed = results.stream()
                            .map(CopyResult.Failed.class::isInstance)
                            .toList()
                            .indexOf(true);
                    return failed < 0 ? results : results.subList(0, failed + 1);
                }
            };
        }
    }

    /** Makes many copies in another order. */
    static final class CopiesInReverseOrder extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public List<CopyResult> copyAll(List<Copy> copies) {
                    List<Copy> reversed = new ArrayList<>(copies);
                    Collections.reverse(reversed);
                    List<CopyResult> results = new ArrayList<>(super.copyAll(reversed));
                    Collections.reverse(results);
                    return results;
                }
            };
        }
    }

    /** Copies at most 16 MiB. */
    static final class CopiesAtMost16MiB extends SabotagedContract {
        @Override
        ObjectStore sabotage(ObjectStore correct) {
            return new ForwardingObjectStore(correct) {
                @Override
                public ObjectInfo copy(ObjectKey source, ObjectKey target, CopyOptions options) {
                    if (stat(source).orElseThrow().size() > 16 << 20) {
                        throw new StorageRejected("The source is too large", null);
                    }
                    return super.copy(source, target, options);
                }
            };
        }
    }
}
