package dev.stowage.testkit;

/** What {@link dev.stowage.core.port.ObjectStore} asks of a store, by topic. */
interface ObjectStoreContract
        extends PutContract,
                KeyContract,
                AttributesContract,
                ConditionalPutContract,
                BrokenBodyContract,
                ReadContract,
                RangeContract,
                ListContract,
                DeleteContract,
                ConditionalDeleteContract,
                InspectContract,
                CopyContract,
                JoinContract,
                ConcurrencyContract,
                InterruptionContract {}
