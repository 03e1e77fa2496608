"""Makes schemathesis send bodies of content types that it does not know as they are, and read every file that it has stored."""

import schemathesis

CODINGS = {"gzip", "x-gzip", "deflate", "br", "zstd"}


@schemathesis.serializer("application/offset+octet-stream", "application/partial-upload")
def raw(_context, value):
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def before_call(_context, case, _kwargs):
    """Stores no file under a content coding that its bytes do not have: the service returns both as they came, and the client fails to decode."""
    for fields in (case.headers, case.body):
        if isinstance(fields, dict) or hasattr(fields, "items"):
            for name, value in list(fields.items()):
                if name.lower() in ("content-encoding", "content_encoding") and str(value).strip().lower() in CODINGS:
                    fields[name] = "identity"
