package dev.stowage.testkit;

/** What {@link dev.stowage.core.port.MultipartStore} asks of a store, by topic. */
interface MultipartStoreContract
        extends UploadContract,
                PartContract,
                CompleteContract,
                ConditionalCompleteContract,
                MultipartConcurrencyContract {}
