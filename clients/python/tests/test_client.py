"""Runs the installed package against a service at STOWAGE_URL with the key STOWAGE_API_KEY."""

import asyncio
import io
import json
import os
import time
import unittest
import zipfile

from stowage_client import AuthenticatedClient
from stowage_client.api.accounts import me
from stowage_client.api.batch_jobs import get_job, submit_job
from stowage_client.api.files import (
    download_archive,
    download_file,
    get_metadata,
    list_files,
    put_file,
    upload_file,
)
from stowage_client.api.multipart_uploads import complete_upload, create_upload, upload_part
from stowage_client.errors import UnexpectedStatus
from stowage_client.models import (
    CompleteUpload,
    CreateUpload,
    Error,
    JobRequest,
    JobSourceRequest,
    JobTargetRequest,
    PartReference,
    UploadForm,
)
from stowage_client.types import UNSET, File

URL = os.environ["STOWAGE_URL"]
FOLDER = "raw/python/"


class ClientTest(unittest.TestCase):
    def setUp(self):
        self.client = AuthenticatedClient(base_url=URL, token=os.environ["STOWAGE_API_KEY"])
        self.addCleanup(lambda: self.client.get_httpx_client().close())

    def put(self, key, content, **options):
        return self.ok(put_file.sync(key, client=self.client, body=File(payload=io.BytesIO(content)), **options))

    def read(self, key):
        return self.ok(download_file.sync(key, client=self.client)).payload.read()

    def info(self, key):
        return self.ok(get_metadata.sync(key, client=self.client))

    def ok(self, result):
        self.assertIsNotNone(result)
        self.assertNotIsInstance(result, Error)
        return result

    def test_a_file_keeps_its_bytes_and_a_name_with_spaces_and_slashes(self):
        key = FOLDER + "a b/ü#?.bin"

        self.assertEqual(self.put(key, b"\0\1\2\xff").size, 4)

        self.assertEqual(self.read(key), b"\0\1\2\xff")

    def test_a_file_is_received_in_chunks(self):
        content = os.urandom(3 << 20)
        self.put(FOLDER + "large", content)

        with download_file.stream(FOLDER + "large", client=self.client) as chunks:
            received = list(self.ok(chunks))

        self.assertGreater(len(received), 1)
        self.assertEqual(b"".join(received), content)

    def test_a_stream_of_a_missing_file_is_an_error(self):
        with download_file.stream(FOLDER + "none", client=self.client) as chunks:
            self.assertEqual(chunks.error, "FileNotFound")

    def test_a_stream_of_an_unchanged_file_is_refused(self):
        etag = self.put(FOLDER + "unchanged", b"x").etag

        with self.assertRaises(UnexpectedStatus) as refused:
            with download_file.stream(FOLDER + "unchanged", client=self.client, if_none_match=f'"{etag}"'):
                pass

        self.assertEqual(refused.exception.status_code, 304)

    def test_a_folder_is_received_as_an_archive(self):
        self.put(FOLDER + "archive/a", b"12345")

        with download_archive.stream(client=self.client, prefix=FOLDER + "archive/") as chunks:
            archive = io.BytesIO(b"".join(self.ok(chunks)))

        with zipfile.ZipFile(archive) as files:
            self.assertEqual([entry.file_size for entry in files.infolist()], [5])

    def test_the_type_of_a_file_is_that_of_the_request_or_guessed(self):
        self.put(FOLDER + "a.json", b"{}", content_type="text/x-mine")
        self.assertEqual(self.info(FOLDER + "a.json").content_type, "text/x-mine")

        self.put(FOLDER + "a.json", b"{}")
        self.assertEqual(self.info(FOLDER + "a.json").content_type, "application/json")

    def test_a_form_uploads_a_file_with_its_attributes(self):
        key = FOLDER + "form.txt"
        file = File(payload=io.BytesIO(b"hello"), file_name="form.txt", mime_type="text/plain")
        form = UploadForm(file=file, key=key, metadata=json.dumps({"author": "Ada"}))

        self.ok(upload_file.sync(client=self.client, body=form))

        self.assertEqual(self.info(key).metadata["author"], "Ada")
        self.assertEqual(self.info(key).content_type, "text/plain")

    def test_a_folder_is_listed_page_by_page(self):
        sent = [f"{FOLDER}list/{name}" for name in "123"]
        for key in sent:
            self.put(key, b"x")

        listed, token = [], UNSET
        while token is not None:
            page = self.ok(
                list_files.sync(
                    client=self.client, prefix=FOLDER + "list/", max_keys=2, continuation_token=token
                )
            )
            listed += [file.key for file in page.files]
            token = page.next_continuation_token or None

        self.assertEqual(listed, sent)

    def test_a_multipart_upload_becomes_one_file(self):
        key = FOLDER + "parts.bin"
        contents = [b"\1" * (5 << 20), b"the end"]
        upload = self.ok(create_upload.sync(client=self.client, body=CreateUpload(key=key))).upload_id
        parts = []
        for number, content in enumerate(contents, start=1):
            part = self.ok(
                upload_part.sync(
                    client=self.client,
                    key=key,
                    upload_id=upload,
                    part_number=number,
                    body=File(payload=io.BytesIO(content)),
                )
            )
            parts.append(PartReference(part_number=part.part_number, etag=part.etag))

        file = self.ok(
            complete_upload.sync(client=self.client, body=CompleteUpload(key=key, upload_id=upload, parts=parts))
        )

        self.assertEqual(file.size, sum(map(len, contents)))
        self.assertEqual(self.read(key), b"".join(contents))

    def test_a_job_copies_a_folder(self):
        self.put(FOLDER + "job/a", b"a")
        request = JobRequest(
            operation="copy",
            source=JobSourceRequest(prefix=FOLDER + "job/"),
            target=JobTargetRequest(prefix=FOLDER + "copied/"),
        )
        job = self.ok(submit_job.sync(client=self.client, body=request))
        end = time.monotonic() + 30
        while job.state in ("queued", "running") and time.monotonic() < end:
            time.sleep(0.2)
            job = self.ok(get_job.sync(job.id, client=self.client))

        self.assertEqual(job.state, "succeeded")
        self.assertEqual(self.read(FOLDER + "copied/a"), b"a")

    def test_an_error_has_a_code_a_message_and_the_id_of_the_request(self):
        response = get_metadata.sync_detailed(FOLDER + "none", client=self.client)

        self.assertEqual(response.status_code, 404)
        self.assertIsInstance(response.parsed, Error)
        self.assertEqual(response.parsed.error, "FileNotFound")
        self.assertIn("none", response.parsed.message)
        self.assertEqual(response.parsed.request_id, response.headers["X-Request-Id"])

    def test_a_wrong_key_is_refused(self):
        with AuthenticatedClient(base_url=URL, token="wrong") as client:
            self.assertEqual(me.sync(client=client).error, "Unauthorized")

    def test_calls_can_be_asynchronous(self):
        async def info():
            async with AuthenticatedClient(base_url=URL, token=os.environ["STOWAGE_API_KEY"]) as client:
                return await get_metadata.asyncio(FOLDER + "async", client=client)

        self.put(FOLDER + "async", b"12345")

        self.assertEqual(self.ok(asyncio.run(info())).size, 5)

    def test_streams_can_be_asynchronous(self):
        async def read():
            async with AuthenticatedClient(base_url=URL, token=os.environ["STOWAGE_API_KEY"]) as client:
                async with download_file.asyncio_stream(FOLDER + "async", client=client) as chunks:
                    return b"".join([chunk async for chunk in self.ok(chunks)])

        self.put(FOLDER + "async", b"12345")

        self.assertEqual(asyncio.run(read()), b"12345")


if __name__ == "__main__":
    unittest.main()
