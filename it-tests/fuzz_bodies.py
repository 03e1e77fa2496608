"""Makes schemathesis send bodies of content types that it does not know as they are."""

import schemathesis


@schemathesis.serializer("application/offset+octet-stream", "application/partial-upload")
def raw(_context, value):
    return value if isinstance(value, bytes) else str(value).encode()
