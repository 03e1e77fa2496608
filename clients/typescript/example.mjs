// Uploads a file, lists its folder, and downloads it again:
//   STOWAGE_URL=http://127.0.0.1:9090 STOWAGE_API_KEY=stw_… node example.mjs photo.jpg
import { createWriteStream, openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createStowageClient } from 'stowage-client';

const stowage = createStowageClient({
    url: process.env.STOWAGE_URL ?? 'http://127.0.0.1:9090',
    apiKey: process.env.STOWAGE_API_KEY,
});
const path = process.argv[2];
const key = `raw/demo/${basename(path)}`;

/** The data of a response, unless it is an error. */
function data(result) {
    if (result.error !== undefined) {
        throw new Error(`${result.error.error}: ${result.error.message} (request ${result.error.request_id})`);
    }
    return result.data;
}

// The file is read while it is sent.
const stored = data(await stowage.PUT('/api/v1/s3/{key}', { params: { path: { key } }, body: await openAsBlob(path) }));
console.log(`stored ${stored.key}: ${stored.size} bytes, ETag ${stored.etag}`);

const page = data(await stowage.GET('/api/v1/s3/list', { params: { query: { prefix: 'raw/demo/' } } }));
for (const file of page.files) {
    console.log(`${file.size}\t${file.key}`);
}

const body = data(
    await stowage.GET('/api/v1/s3/download/{key}', { params: { path: { key } }, parseAs: 'stream' }),
);
await pipeline(Readable.fromWeb(body), createWriteStream(`${basename(path)}.copy`));
