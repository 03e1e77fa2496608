package dev.stowage.testkit;

/** The contract of {@link dev.stowage.core.port.MultipartStore}, by topic. */
interface MultipartStoreContract
        extends UploadContract,
                PartContract,
                PartCopyContract,
                CompleteContract,
                ConditionalCompleteContract,
                MultipartConcurrencyContract {}
