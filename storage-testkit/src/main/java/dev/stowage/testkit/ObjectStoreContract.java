package dev.stowage.testkit;

/** The contract of {@link dev.stowage.core.port.ObjectStore}, by topic. */
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
                BulkCopyContract,
                ConcatenationContract,
                ConcurrencyContract,
                MemoryContract,
                FailureMessageContract,
                InterruptionContract,
                OtherCallersContract,
                LargeObjectContract {}
