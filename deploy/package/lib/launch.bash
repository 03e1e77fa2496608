# shellcheck shell=bash
# Starts the jar. ./stowage of a checkout and bin/stowage of a distribution source this file.

readonly OLDEST_JAVA=17

die() {
    echo "stowage: $*" >&2
    exit 1
}

# Sets java and java_version. Reads the version from the release file of the JDK, because running java -version would delay the start
# noticeably.
find_java() {
    java=${JAVA_HOME:+$JAVA_HOME/bin/}java
    java=$(command -v "$java") || die "no Java in ${JAVA_HOME:-PATH}; install Java $OLDEST_JAVA or later, or set JAVA_HOME"
    local release java_major
    release=$(readlink -f "$java" 2>/dev/null) && release=${release%/bin/java}/release
    java_version=$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$release" 2>/dev/null) || true
    [[ -n $java_version ]] || java_version=$("$java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p')
    java_major=${java_version%%[!0-9]*}
    ((${java_major:-0} >= OLDEST_JAVA)) ||
        die "$java is Java ${java_version:-of unknown version}; Stowage requires $OLDEST_JAVA or later. Set JAVA_HOME to a later one"
    if ((java_major >= 25)); then archive_kind=aot; else archive_kind=jsa; fi
}

# JVM options for an archive of the loaded and linked classes of the service, which halves the start-up time: the ahead-of-time cache of
# JDK 25 and later (JEP 514), or class-data sharing (JEP 310). A JVM ignores an archive of another JVM.
archive_options() {
    if [[ $1 == *.aot ]]; then
        echo "-XX:AOTCache$2=$1"
    elif [[ $2 == Output ]]; then
        echo "-XX:DumpLoadedClassList=$1.classes"
    else
        echo "-XX:SharedArchiveFile=$1"
    fi
}

# Creates an archive for class-data sharing from the list of the classes that a run has loaded. One that the JVM creates at the end of a run
# (JEP 350) would leave out the classes of picocli, which are compiled for Java 5.
dump_archive() {
    if [[ -f $1.classes ]]; then
        "$java" -Xshare:dump -XX:SharedClassListFile="$1.classes" -XX:SharedArchiveFile="$1" -cp "$jar" >/dev/null 2>&1 || true
    fi
}

# Whether an archive was made for the present jar: it has the time of the jar. Older and newer are both outdated, since a distribution
# dates its jar to the commit and not to the installation.
is_archive_current() {
    [[ -f $1 && ! $1 -nt $jar && ! $1 -ot $jar ]]
}

# Creates two archives in the folder $1, of the service and of the commands that are its clients, by running the service briefly with
# such a command, in a temporary folder and without the current settings. When that fails, later starts do without the archives, and
# empty files keep it from being tried again.
make_archives() {
    echo "stowage: preparing class archives for this Java to speed up later starts (once)" >&2
    local folder port="" pid archive service client
    folder=$(mktemp -d)
    service=$folder/$service_archive
    client=$folder/$client_archive
    mkdir "$folder/empty"
    # Created before it is first read.
    : >"$folder/log"
    (
        cd "$folder/empty"
        exec env -i HTTP_PORT=0 DATA_DIR="$folder/data" PATH="$PATH" "$java" "$(archive_options "$service" Output)" -jar "$jar" serve
    ) >"$folder/log" 2>&1 &
    pid=$!
    for _ in {1..300}; do
        port=$(sed -n 's/.*listening on http:[^ ]*:\([0-9]*\),.*/\1/p' "$folder/log")
        if [[ -n $port ]] || ! kill -0 "$pid" 2>/dev/null; then break; fi
        sleep 0.1
    done
    if [[ -n $port ]]; then
        # Sends some requests, to load the classes that handle them.
        for path in /healthz /readyz /metrics /api/v1/s3/list /api/v1/s3/download/none; do
            (exec 3<>"/dev/tcp/127.0.0.1/$port" && printf 'GET %s HTTP/1.0\r\n\r\n' "$path" >&3 && cat <&3) >/dev/null 2>&1 || true
        done
        (
            cd "$folder/empty"
            exec env -i STOWAGE_URL="http://127.0.0.1:$port" HOME="$folder" PATH="$PATH" "$java" "$(archive_options "$client" Output)" \
                -jar "$jar" put "$folder/log" raw/demo/log
        ) >/dev/null 2>&1 || true
    fi
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    for archive in "$service" "$client"; do
        dump_archive "$archive"
        [[ -f $archive ]] || : >"$archive"
        touch -r "$jar" "$archive"
        # Renamed atomically, because another start may read it now.
        mv "$archive" "$1/${archive##*/}.$$" && mv "$1/${archive##*/}.$$" "$1/${archive##*/}"
    done
    rm -rf "$folder"
}

# Whether the JVM options limit the heap to 32 to 192 MiB and choose no collector.
has_small_heap() {
    local size unit=1
    [[ ! $1 =~ -XX:[+]Use[A-Za-z0-9]*GC ]] || return 1
    # The last one counts, as for the JVM.
    [[ " $1 " =~ .*\ -Xmx([0-9]+)([kKmMgG]?)\  ]] || return 1
    size=$((10#${BASH_REMATCH[1]}))
    case ${BASH_REMATCH[2]} in
        k | K) unit=1024 ;;
        m | M) unit=$((1024 * 1024)) ;;
        g | G) unit=$((1024 * 1024 * 1024)) ;;
    esac
    ((size * unit >= 32 * 1024 * 1024 && size * unit <= 192 * 1024 * 1024))
}

# Runs the jar with the arguments after the first: a folder for archives, which need not exist.
launch() {
    local archives=$1 archive
    shift
    service_archive=stowage-java-$java_version.$archive_kind
    client_archive=stowage-client-java-$java_version.$archive_kind
    case ${1:-} in
        serve | worker) archive=$archives/$service_archive ;;
        *) archive=$archives/$client_archive ;;
    esac
    # Options such as --help are answered without archives.
    if [[ ${1:--} != -* ]] && ! is_archive_current "$archive"; then
        if mkdir -p "$archives" 2>/dev/null && [[ -w $archives ]]; then make_archives "$archives"; fi
    fi
    # Without a locale, Java could not read and write file names outside ASCII.
    if [[ -z ${LC_ALL:-}${LC_CTYPE:-}${LANG:-} ]]; then export LC_CTYPE=C.UTF-8; fi
    # Messages of the JVM go to standard error, so that the standard output of commands stays usable.
    local -a options=(-Xlog:disable -Xlog:all=warning:stderr)
    # The JIT compiles after twice as many calls as by default: on two cores, it would take more than half of the processor time of a
    # start. In return, responses reach full speed a few thousand requests later.
    options+=(-XX:CompileThresholdScaling=2)
    case ${1:-} in
        # The second compiler of the JVM is not worth its start for commands that transfer no files.
        ls | rm | cp | mv | stat | share | uploads | ping | login | jobs | keys | usage | completion) options+=(-XX:TieredStopAtLevel=1) ;;
    esac
    # An image has SQLite's library as a file: the one in the jar would be unpacked to a temporary folder, which may forbid execution.
    if [[ -f ${jar%/*}/native/libsqlitejdbc.so ]]; then
        options+=("-Dorg.sqlite.lib.path=${jar%/*}/native" -Dorg.sqlite.lib.name=libsqlitejdbc.so)
    fi
    if is_archive_current "$archive" && [[ -s $archive ]]; then options+=("$(archive_options "$archive" "")"); fi
    # A process with a small heap is to be small: a collector with smaller tables, which returns memory, and fewer arenas of the C library.
    if has_small_heap "${STOWAGE_JAVA_OPTS:-}"; then
        options+=(-XX:+UseSerialGC -Xms24m -XX:MaxNewSize=12m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20)
        export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
    fi
    # Options are split into words on purpose, but without globbing.
    set -f
    # shellcheck disable=SC2086
    exec "$java" "${options[@]}" ${STOWAGE_JAVA_OPTS:-} -jar "$jar" "$@"
}
