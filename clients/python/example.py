"""Uploads a file, lists its folder, and downloads it again.

STOWAGE_URL=http://127.0.0.1:9090 STOWAGE_API_KEY=stw_… python example.py photo.jpg
"""

import os
import sys
from pathlib import Path

from stowage_client import AuthenticatedClient
from stowage_client.api.files import download_file, list_files, put_file
from stowage_client.models import Error
from stowage_client.types import File


def checked(result):
    """The result of a call, unless it is an error."""
    if isinstance(result, Error):
        raise SystemExit(f"{result.error}: {result.message} (request {result.request_id})")
    return result


path = Path(sys.argv[1])
key = f"raw/demo/{path.name}"
url = os.environ.get("STOWAGE_URL", "http://127.0.0.1:9090")

with AuthenticatedClient(base_url=url, token=os.environ.get("STOWAGE_API_KEY", "none")) as client:
    # The file is read while it is sent.
    with path.open("rb") as content:
        stored = checked(put_file.sync(key, client=client, body=File(payload=content)))
    print(f"stored {stored.key}: {stored.size} bytes, ETag {stored.etag}")

    for file in checked(list_files.sync(client=client, prefix="raw/demo/")).files:
        print(f"{file.size}\t{file.key}")

    # The file is written while it is received.
    with download_file.stream(key, client=client) as chunks, Path(f"{path.name}.copy").open("wb") as copy:
        copy.writelines(checked(chunks))
