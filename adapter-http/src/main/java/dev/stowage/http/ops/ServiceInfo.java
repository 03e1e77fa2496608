package dev.stowage.http.ops;

import io.javalin.openapi.OpenApiDescription;
import io.javalin.openapi.OpenApiExample;
import io.javalin.openapi.OpenApiName;
import java.util.List;

/**
 * What everyone may know about the service. It names no host, bucket, folder, project or principal.
 *
 * @param version of the service, which the API document states, too
 * @param layout the template of keys
 * @param store the name of the storage adapter
 * @param maxFileSize the limit of one upload through the service, in bytes
 * @param features what is switched on, see the description in the API document
 */
@OpenApiName("Info")
public record ServiceInfo(
        @OpenApiExample("1.0.0") String version,

        @OpenApiExample("{stage=raw|processed}/{project_id}/{filename**}")
        String layout,

        @OpenApiDescription("local, s3, or the name of another storage adapter") @OpenApiExample("local")
        String store,

        @OpenApiName("max_file_size")
        @OpenApiDescription("The most bytes of one upload by form or PUT")
        @OpenApiExample("104857600")
        long maxFileSize,

        @OpenApiDescription(
                "authentication (requests need a credential), console, import (there are import sources), links, presigned_urls,"
                        + " quotas; clients ignore unknown ones")
        @OpenApiExample("[\"authentication\", \"presigned_urls\"]")
        List<String> features) {

    public ServiceInfo {
        features = List.copyOf(features);
    }
}
