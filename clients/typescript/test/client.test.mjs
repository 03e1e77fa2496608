// Runs the package, as npm installs it, against a service at STOWAGE_URL with the key STOWAGE_API_KEY.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStowageClient } from 'stowage-client';

const url = process.env.STOWAGE_URL;
const stowage = createStowageClient({ url, apiKey: process.env.STOWAGE_API_KEY });
const folder = 'raw/typescript/';

function data(result) {
    assert.equal(result.error, undefined, JSON.stringify(result.error));
    return result.data;
}

function put(key, body, headers) {
    return stowage.PUT('/api/v1/s3/{key}', { params: { path: { key } }, body, headers });
}

async function bytes(key) {
    const blob = data(await stowage.GET('/api/v1/s3/download/{key}', { params: { path: { key } }, parseAs: 'blob' }));
    return Buffer.from(await blob.arrayBuffer());
}

async function info(key) {
    return data(await stowage.GET('/api/v1/s3/metadata/{key}', { params: { path: { key } } }));
}

test('a file keeps its bytes, and a name with spaces and slashes', async () => {
    const key = `${folder}a b/ü#?.bin`;
    const sent = Buffer.from([0, 1, 2, 255]);

    assert.equal(data(await put(key, sent)).size, 4);

    assert.deepEqual(await bytes(key), sent);
});

test('the type of a file is that of the request, of the Blob, or guessed', async () => {
    await put(`${folder}a.json`, new Blob(['{}'], { type: 'text/x-mine' }));
    assert.equal((await info(`${folder}a.json`)).content_type, 'text/x-mine');

    await put(`${folder}a.json`, new Blob(['{}']));
    assert.equal((await info(`${folder}a.json`)).content_type, 'application/json');

    await put(`${folder}a.txt`, new Blob(['{}']), { 'Content-Type': 'application/json' });
    assert.equal((await info(`${folder}a.txt`)).content_type, 'application/json');
});

test('a stream is sent while it is read', async () => {
    const chunk = new Uint8Array(64 << 10).fill(7);
    let left = 40;
    const body = new ReadableStream({
        pull(controller) {
            if (left-- > 0) {
                controller.enqueue(chunk);
            } else {
                controller.close();
            }
        },
    });

    assert.equal(data(await put(`${folder}stream`, body)).size, 40 * chunk.length);
});

test('a form uploads a file with its attributes', async () => {
    const body = {
        file: new Blob(['hello']),
        key: `${folder}form.txt`,
        content_type: 'text/plain',
        metadata: JSON.stringify({ author: 'Ada' }),
    };

    data(await stowage.POST('/api/v1/s3/upload', { body }));

    assert.equal((await info(body.key)).metadata.author, 'Ada');
});

test('a folder is listed page by page', async () => {
    const sent = ['1', '2', '3'].map((name) => `${folder}list/${name}`);
    for (const key of sent) {
        data(await put(key, new Blob([key])));
    }

    const listed = [];
    let token;
    do {
        const query = { prefix: `${folder}list/`, max_keys: 2, continuation_token: token };
        const page = data(await stowage.GET('/api/v1/s3/list', { params: { query } }));
        listed.push(...page.files.map((file) => file.key));
        token = page.next_continuation_token;
    } while (token);

    assert.deepEqual(listed, sent);
});

test('a multipart upload becomes one file', async () => {
    const key = `${folder}parts.bin`;
    const part = Buffer.alloc(5 << 20, 1);
    const last = Buffer.from('the end');
    const { upload_id } = data(await stowage.POST('/api/v1/s3/multipart/create', { body: { key } }));
    const parts = [];
    for (const [index, body] of [part, last].entries()) {
        const query = { key, upload_id, part_number: index + 1 };
        const stored = data(await stowage.PUT('/api/v1/s3/multipart/upload-part', { params: { query }, body }));
        parts.push({ part_number: stored.part_number, etag: stored.etag });
    }

    const file = data(await stowage.POST('/api/v1/s3/multipart/complete', { body: { key, upload_id, parts } }));

    assert.equal(file.size, part.length + last.length);
    assert.ok((await bytes(key)).subarray(part.length).equals(last));
});

test('a job copies a folder', async () => {
    data(await put(`${folder}job/a`, new Blob(['a'])));
    const body = {
        operation: 'copy',
        source: { prefix: `${folder}job/` },
        target: { prefix: `${folder}copied/` },
    };
    let job = data(await stowage.POST('/api/v1/jobs', { body }));
    for (let tries = 0; !['succeeded', 'partially_failed', 'failed'].includes(job.state) && tries < 150; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        job = data(await stowage.GET('/api/v1/jobs/{id}', { params: { path: { id: job.id } } }));
    }

    assert.equal(job.state, 'succeeded');
    assert.equal((await bytes(`${folder}copied/a`)).toString(), 'a');
});

test('an error has a code, a message and the id of the request', async () => {
    const missing = await stowage.GET('/api/v1/s3/metadata/{key}', { params: { path: { key: `${folder}none` } } });
    assert.equal(missing.response.status, 404);
    assert.equal(missing.data, undefined);
    assert.equal(missing.error.error, 'FileNotFound');
    assert.match(missing.error.message, /none/);
    assert.equal(missing.error.request_id, missing.response.headers.get('X-Request-Id'));

    const refused = await createStowageClient({ url, apiKey: 'wrong' }).GET('/api/v1/me');
    assert.equal(refused.error.error, 'Unauthorized');
});
