# The image of the service: docker build --tag stowage .
# .ci/image builds it without Docker, and tests it.

# Compiled once, on the machine's own platform: the distribution is the same on all.
FROM --platform=$BUILDPLATFORM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
# Everything is dated to this time, in seconds since 1970; a release passes the time of its commit.
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -q -P dist -pl app -am -Dmaven.test.skip -Denforcer.skip package \
    && deploy/package/build /dist \
    && mkdir /stowage \
    && tar --extract --file /dist/stowage-*.tar.gz --strip-components=1 --directory /stowage

# A Java with the modules that the service uses, and the SQLite library of this platform, so that none is unpacked at run time.
FROM eclipse-temurin:25-jdk AS java
COPY --from=build /stowage/lib/stowage.jar /stowage.jar
COPY deploy/image/modules /modules
RUN jlink --add-modules "$(paste --serial --delimiters=, /modules)" --strip-java-debug-attributes --no-header-files --no-man-pages \
        --compress=zip-6 --output /jre \
    && mkdir /native && cd /native \
    && jar --extract --file /stowage.jar "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" \
    && mv "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" . && rm -r org

FROM debian:trixie-slim
ARG VERSION=development
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Stowage" \
    org.opencontainers.image.description="A self-hosted file service for S3-compatible stores" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.version="$VERSION" \
    org.opencontainers.image.revision="$REVISION"

COPY --from=java /jre /opt/java
# For connections of the database that name this file in sslrootcert; Java has its own.
COPY --from=java /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /stowage /opt/stowage
COPY --from=java /native /opt/stowage/lib/native

# The numbers are part of what users rely on, for the owner of volumes.
RUN groupadd --gid 10001 stowage \
    && useradd --uid 10001 --gid stowage --home-dir /var/lib/stowage --no-create-home --shell /usr/sbin/nologin stowage \
    && mkdir /var/lib/stowage && chown stowage:stowage /var/lib/stowage && chmod 750 /var/lib/stowage \
    && ln -s /opt/stowage/bin/stowage /usr/local/bin/stowage

# Without authentication, the service would not listen on other addresses than loopback.
ENV JAVA_HOME=/opt/java \
    STOWAGE_CACHE=/opt/stowage/cache \
    HTTP_HOST=0.0.0.0 \
    AUTH_MODE=keys \
    DATA_DIR=/var/lib/stowage/data \
    SPOOL_DIR=/var/lib/stowage/spool \
    ADAPTER_PATH=/opt/stowage/adapters \
    LOG_FORMAT=json

# The class archives. The first start makes them where it can write; here it can, later it can't.
RUN stowage completion bash >/dev/null && test -s /opt/stowage/cache/*/stowage-java-*.aot && test -s /opt/stowage/cache/*/stowage-client-java-*.aot

USER 10001:10001
WORKDIR /var/lib/stowage
VOLUME /var/lib/stowage
EXPOSE 9090
# Readiness of the service, its store and its database, over plain HTTP.
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s \
    CMD ["/bin/sh", "-c", "STOWAGE_URL=http://127.0.0.1:${HTTP_PORT:-9090} exec stowage ping --quiet"]
ENTRYPOINT ["stowage"]
CMD ["serve"]
