"""Sends mutated requests to the S3 API: s3_fuzz.py HOST:PORT SECONDS SEED. Fails at the first response with status 500."""

import base64
import datetime
import hashlib
import hmac
import os
import random
import re
import socket
import sys
import threading
import time
import urllib.parse
import zlib

ADDRESS, SECONDS, SEED = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
HOST, PORT = ADDRESS.split(':')
ID, SECRET = os.environ['AWS_ACCESS_KEY_ID'], os.environ['AWS_SECRET_ACCESS_KEY']
rng = random.Random(SEED)

PIECES = [b'', b'\0', b'\r\n', b'%', b'%ff', b'%00', b'=', b'&', b'/', b'//', b'/../', b';', b',', b'"', b'<', b'>', b'&#0;', b'&e;', b'-1', b'0',
          b'99999999999999999999', b'ffffffffffffffff', b'\xff', b'\xc3\xa9', b'\xed\xa0\x80', b'[' * 50, b'{' * 50, b'<a>' * 5000, b'$', b'*', b'W/"',
          b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>', b'null', b'x' * 3000]

PARTS = b'<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"%s"</ETag></Part></CompleteMultipartUpload>' % (b'0' * 32)
ACL = b'<AccessControlPolicy><Owner><ID>stowage</ID></Owner><AccessControlList><Grant><Grantee><ID>stowage</ID></Grantee>' \
      b'<Permission>FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>'

OWNERSHIP = b'<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>'

# All but the last must have 8 KiB.
CHUNKS = (b'x' * 8192, b'hello')

# Method, target, header fields and body of valid requests.
VALID = [
    ('GET', b'/', {}, b''),
    ('GET', b'/fuzz?list-type=2&prefix=a&delimiter=%2F&max-keys=2&start-after=a&encoding-type=url&continuation-token=', {}, b''),
    ('GET', b'/fuzz?versions&key-marker=a&max-keys=1', {}, b''),
    ('GET', b'/fuzz?uploads&max-uploads=1&key-marker=a&upload-id-marker=b&prefix=x&delimiter=y', {}, b''),
    ('GET', b'/fuzz?location', {}, b''),
    ('PUT', b'/fuzz', {}, b''),
    ('HEAD', b'/fuzz/a%20b', {'Range': b'bytes=0-1', 'x-amz-checksum-mode': b'ENABLED'}, b''),
    ('GET', b'/fuzz/a?response-content-type=text%2Fplain&response-expires=x', {'Range': b'bytes=-5', 'If-Match': b'"a", W/"b"',
                                                                             'If-Modified-Since': b'Fri, 27 Nov 2026 10:00:00 GMT'}, b''),
    ('GET', b'/fuzz/a?partNumber=1', {}, b''),
    ('GET', b'/fuzz/a?attributes', {'x-amz-object-attributes': b'ETag,Checksum,ObjectParts', 'x-amz-max-parts': b'1'}, b''),
    ('PUT', b'/fuzz/a', {'Content-Type': b'text/plain', 'x-amz-meta-a': b'b', 'Cache-Control': b'max-age=1', 'If-None-Match': b'"x"',
                         'Content-MD5': base64.b64encode(hashlib.md5(b'hello').digest()), 'x-amz-checksum-crc32': b'NhCmhg=='}, b'hello'),
    ('PUT', b'/fuzz/b/', {}, b''),
    ('PUT', b'/fuzz/copy', {'x-amz-copy-source': b'/fuzz/a', 'x-amz-metadata-directive': b'REPLACE', 'x-amz-copy-source-if-match': b'"a"'}, b''),
    ('PUT', b'/fuzz/c', {'x-amz-decoded-content-length': b'5', 'x-amz-trailer': b'x-amz-checksum-crc32'},
     b'5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n'),
    ('PUT', b'/fuzz/a?acl', {}, ACL),
    ('PUT', b'/fuzz?ownershipControls', {}, OWNERSHIP),
    ('DELETE', b'/fuzz/d', {'If-Match': b'*'}, b''),
    ('DELETE', b'/fuzz/a', {'x-amz-if-match-size': b'5', 'x-amz-if-match-last-modified-time': b'Fri, 27 Nov 2026 10:00:00 GMT',
                            'x-amz-expected-bucket-owner': b'stowage'}, b''),
    ('POST', b'/fuzz?delete', {}, b'<Delete><Object><Key>a&amp;b</Key><ETag>x</ETag><Size>1</Size>'
     b'<LastModifiedTime>Fri, 27 Nov 2026 10:00:00 GMT</LastModifiedTime></Object><Quiet>true</Quiet></Delete>'),
    ('POST', b'/fuzz/m?uploads', {'x-amz-checksum-algorithm': b'CRC32', 'x-amz-checksum-type': b'FULL_OBJECT'}, b''),
    ('PUT', b'/fuzz/m?uploadId=UPLOAD&partNumber=1', {}, b'hello'),
    ('PUT', b'/fuzz/m?uploadId=UPLOAD&partNumber=2', {'x-amz-copy-source': b'/fuzz/a', 'x-amz-copy-source-range': b'bytes=0-1'}, b''),
    ('GET', b'/fuzz/m?uploadId=UPLOAD&max-parts=1&part-number-marker=0', {}, b''),
    ('POST', b'/fuzz/m?uploadId=UPLOAD', {'x-amz-mp-object-size': b'5', 'x-amz-checksum-crc32': b'NhCmhg=='}, PARTS),
]


def form(fields, file=b'hello'):
    """Returns the body of a form."""
    parts = b''.join(b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % item for item in fields.items())
    return parts + b'--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n' + file + b'\r\n--b--\r\n'


def signing_key(day):
    key = ('AWS4' + SECRET).encode()
    for part in (day, 'us-east-1', 's3', 'aws4_request'):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key


def signed_form():
    """A form with a policy, which may be mutated before it is signed."""
    now = datetime.datetime.now(datetime.timezone.utc)
    credential = f'{ID}/{now:%Y%m%d}/us-east-1/s3/aws4_request'.encode()
    policy = b'{"expiration":"2100-01-01T00:00:00Z","conditions":[{"bucket":"fuzz"},["starts-with","$key",""],["starts-with","$x-amz-date",""],' \
             b'["starts-with","$x-amz-algorithm",""],["starts-with","$x-amz-credential",""],["content-length-range",0,100]]}'
    policy = base64.b64encode(mutated(policy) if rng.random() < 0.5 else policy)
    return form({b'key': b'form/${filename}', b'x-amz-algorithm': b'AWS4-HMAC-SHA256', b'x-amz-credential': credential,
                 b'x-amz-date': f'{now:%Y%m%dT%H%M%SZ}'.encode(), b'policy': policy,
                 b'x-amz-signature': hmac.new(signing_key(f'{now:%Y%m%d}'), policy, hashlib.sha256).hexdigest().encode()})


def mutated(data):
    data = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        start = rng.randint(0, len(data))
        end = min(len(data), start + rng.choice([0, 1, 3, 40]))
        piece = bytes(data[start:end]) if rng.random() < 0.3 else rng.choice(PIECES)
        data[start:end if rng.random() < 0.5 else start] = piece
    return bytes(data)


def sign(method, target, headers, body):
    """Adds a signature as the service computes it, as far as that is possible for a mutated request."""
    now = datetime.datetime.now(datetime.timezone.utc)
    day = f'{now:%Y%m%d}'
    headers['x-amz-date'] = f'{now:%Y%m%dT%H%M%SZ}'.encode()
    if 'x-amz-content-sha256' not in headers:
        trailers = b'STREAMING-UNSIGNED-PAYLOAD-TRAILER'
        digest = hashlib.sha256(body).hexdigest().encode()
        headers['x-amz-content-sha256'] = trailers if 'x-amz-trailer' in headers else rng.choice([digest, b'UNSIGNED-PAYLOAD'])
    path, _, query = target.partition(b'?')
    quoted = urllib.parse.quote(urllib.parse.unquote_to_bytes(path), safe='/-_.~')
    pairs = []
    for pair in query.split(b'&'):
        name, _, value = pair.partition(b'=')
        if pair:
            pairs.append(tuple(urllib.parse.quote(urllib.parse.unquote_to_bytes(text.replace(b'+', b' ')), safe='-_.~') for text in (name, value)))
    names = sorted(name.lower() for name in headers)
    values = {name.lower(): re.sub(b' +', b' ', value.strip(b' \t')) for name, value in headers.items()}
    canonical = b'\n'.join([method.encode(), quoted.encode(), '&'.join('='.join(pair) for pair in sorted(pairs)).encode(),
                            b''.join(name.encode() + b':' + values[name] + b'\n' for name in names), ';'.join(names).encode(),
                            values['x-amz-content-sha256']])
    scope = f'{day}/us-east-1/s3/aws4_request'
    text = f"AWS4-HMAC-SHA256\n{values['x-amz-date'].decode()}\n{scope}\n{hashlib.sha256(canonical).hexdigest()}"
    signature = hmac.new(signing_key(day), text.encode(), hashlib.sha256).hexdigest()
    headers['Authorization'] = f'AWS4-HMAC-SHA256 Credential={ID}/{scope}, SignedHeaders={";".join(names)}, Signature={signature}'.encode()


def signed_chunks(headers, trailers):
    """Returns CHUNKS, each with a signature that continues that of the head, and a trailer with their checksum."""
    time_, previous = headers['x-amz-date'].decode(), headers['Authorization'].rpartition(b'=')[2].decode()
    scope, key = f'{time_[:8]}/us-east-1/s3/aws4_request', signing_key(time_[:8])
    empty = hashlib.sha256(b'').hexdigest()

    def signature(kind, *digests):
        text = '\n'.join([f'AWS4-HMAC-SHA256-{kind}', time_, scope, previous, *digests])
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

    body = b''
    for piece in CHUNKS + (b'',):
        previous = signature('PAYLOAD', empty, hashlib.sha256(piece).hexdigest())
        body += b'%x;chunk-signature=%s\r\n' % (len(piece), previous.encode()) + (piece + b'\r\n' if piece or not trailers else b'')
    if trailers:
        trailer = b'x-amz-checksum-crc32:' + base64.b64encode(zlib.crc32(b''.join(CHUNKS)).to_bytes(4, 'big'))
        body += trailer + b'\r\nx-amz-trailer-signature:' + signature('TRAILER', hashlib.sha256(trailer + b'\n').hexdigest()).encode() + b'\r\n\r\n'
    return body


def chunked_put(change=lambda body: body):
    """A PUT in signed chunks, whose framing, signatures, bytes and trailers may be changed."""
    trailers = rng.random() < 0.5
    headers = {'Host': ADDRESS.encode(), 'x-amz-decoded-content-length': str(sum(map(len, CHUNKS))).encode(),
               'x-amz-content-sha256': b'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' + (b'-TRAILER' if trailers else b'')}
    if trailers:
        headers['x-amz-trailer'] = b'x-amz-checksum-crc32'
    sign('PUT', b'/fuzz/chunks', headers, b'')
    body = change(signed_chunks(headers, trailers))
    head = b'PUT /fuzz/chunks HTTP/1.1\r\n' + b''.join(b'%s: %s\r\n' % (n.encode(), v) for n, v in headers.items())
    return head + b'Content-Length: %d\r\n\r\n' % len(body) + body


def exchange(data):
    """Sends bytes, and returns the beginning of the response; empty if the service closes the connection without one."""
    with socket.create_connection((HOST, int(PORT)), timeout=20) as connection:
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # The service has answered and closed the connection.
        received = b''
        try:
            while len(received) < 20000 and (more := connection.recv(20000)):
                received += more
        except ConnectionResetError:
            pass
        return received


def request(upload):
    method, target, headers, body = rng.choice(VALID)
    target, headers = target.replace(b'UPLOAD', upload), dict(headers)
    if rng.random() < 0.15:
        method, target, headers, body = 'POST', b'/fuzz', {'Content-Type': b'multipart/form-data; boundary=b'}, signed_form()
    choice = rng.random()
    if choice < 0.35 and body:
        body = mutated(body)
    elif choice < 0.65 and headers:
        name = rng.choice(sorted(headers))
        headers[name] = re.sub(rb'[\r\n\0]', b'', mutated(headers[name]))
    elif choice < 0.95:
        target = b'/' + re.sub(rb'[\r\n\0 \x80-\xff]', b'', mutated(target[1:]))
    else:
        method = rng.choice(['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE'])
    headers['Host'] = ADDRESS.encode()
    length = str(len(body)).encode()
    if 'boundary' not in headers.get('Content-Type', b'').decode('latin-1'):
        sign(method, target, headers, body)
        if rng.random() < 0.1:
            headers['Authorization'] = re.sub(rb'[\r\n\0]', b'', mutated(headers['Authorization']))
    head = b'%s %s HTTP/1.1\r\n' % (method.encode(), target)
    head += b''.join(b'%s: %s\r\n' % (name.encode(), value) for name, value in headers.items())
    data = head + b'Content-Length: ' + length + b'\r\n\r\n' + body
    return mutated(data) if rng.random() < 0.02 else data


def status(response):
    found = re.match(rb'HTTP/1.1 (\d+)', response)
    return int(found.group(1)) if found else 0


def crowd():
    """Clients that can't authenticate, each of which sends much before that shows, or would have the service keep it."""
    huge = b'x' * (4 << 20)
    head = b'POST /fuzz HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n'
    bodies = [form({b'a': huge}), form({b'a%d' % i: b'x' * 100 for i in range(40000)}), b'--b\r\nA: ' + huge, huge]
    threads = [threading.Thread(target=exchange, args=(head % len(body) + body,)) for body in bodies * 16]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main():
    counts = {}
    created = exchange(valid(b'/fuzz/m?uploads'))
    upload = re.search(rb'<UploadId>(.*?)</UploadId>', created).group(1)
    if any(status(exchange(chunked_put())) != 200 for _ in range(8)):
        sys.exit('s3-fuzz: a body in signed chunks is refused')
    end = time.monotonic() + SECONDS
    sent = 0
    while time.monotonic() < end:
        data = chunked_put(mutated) if rng.random() < 0.15 else request(upload)
        answer = status(exchange(data))
        counts[answer] = counts.get(answer, 0) + 1
        if answer == 500:
            sys.exit(f's3-fuzz: 500 for {data!r}')
        sent += 1
        if sent % 500 == 1:
            crowd()
    if status(exchange(valid(b'/fuzz/m?uploads'))) != 200:
        sys.exit('s3-fuzz: a valid request fails in the end')
    print(f's3-fuzz: {sent} requests, by status: {dict(sorted(counts.items()))}')


def valid(target):
    headers = {'Host': ADDRESS.encode()}
    sign('POST', target, headers, b'')
    return b'POST %s HTTP/1.1\r\n' % target + b''.join(b'%s: %s\r\n' % (n.encode(), v) for n, v in headers.items()) + b'Content-Length: 0\r\n\r\n'


main()
