# Starts the built jar with the S3 API, on the embedded store unless the environment has the settings of another one. For scripts that source
# it from the root of the tree, with their name in $script: sets $folder, a temporary folder that is removed at the end, and after `start`
# $address, the host and port of the S3 API.

folder=$(mktemp -d)
service=

cleanup() {
    if [[ -n $service ]]; then
        kill "$service" 2>/dev/null || true
        wait "$service" 2>/dev/null || true
    fi
    rm -rf "$folder"
}
trap cleanup EXIT

skip() {
    echo "$script: SKIPPED: $*" >&2
    exit 0
}

[[ -n ${S3_API_ADDRESS:-} || -f app/target/stowage.jar ]] || skip "the jar is missing; run ./mvnw -DskipTests package"

# Every bucket is a project of its own, so that clients can create as many as they like.
export DATA_DIR=$folder/data AUTH_MODE=keys HTTP_PORT=0 S3_API_PORT=0 KEY_LAYOUT='{project_id}/{filename**}' \
    S3_API_BUCKETS='{project_id}={project_id}/' S3_MAX_FILE_SIZE=5GiB LOG_FORMAT=json

# Creates a key with the given options of `keys create`, and prints its pair as AWS_ACCESS_KEY_ID=… and AWS_SECRET_ACCESS_KEY=….
pair() {
    ./stowage keys create --name "$script" --s3 "$@" 2>/dev/null | grep '^AWS_'
}

start() {
    : >"$folder/log"
    ./stowage serve >>"$folder/log" &
    service=$!
    address=
    for _ in {1..100}; do
        address=$(sed -n 's/.*S3 API on http:\/\/\([^ ,"\/]*\).*/\1/p' "$folder/log" | head -n 1)
        [[ -z $address ]] || return 0
        sleep 0.2
    done
    cat "$folder/log" >&2
    echo "$script: the service did not start" >&2
    exit 1
}

# Fails when the service has logged an error.
check_log() {
    if grep -q '"level":"ERROR"' "$folder/log"; then
        grep '"level":"ERROR"' "$folder/log" | head -n 5 >&2
        echo "$script: the service has logged errors" >&2
        exit 1
    fi
}
