// Uploads a file with tus-js-client: node tus-upload.mjs ENDPOINT FILE KEY STATE [parallel=N] [deferred] [until=BYTES]
// Prints "sent N" for each acknowledged chunk, and "done URL" at the end. Once BYTES are acknowledged, it sends nothing more, and waits to
// be killed. STATE is a file in which it stores uploads between runs.
import { createReadStream, statSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { FileUrlStorage, Upload } from 'tus-js-client'

const [endpoint, file, key, state, ...modes] = process.argv.slice(2)
const parallel = Number(modes.find((mode) => mode.startsWith('parallel='))?.slice('parallel='.length) ?? 1)
const deferred = modes.includes('deferred')
const until = Number(modes.find((mode) => mode.startsWith('until='))?.slice('until='.length) ?? Infinity)
const chunkSize = 1024 * 1024
let acknowledged = 0

const options = {
  endpoint,
  metadata: { key, filetype: 'application/x-test', author: 'Zoë' },
  retryDelays: [100, 500, 1000, 3000],
  chunkSize: parallel > 1 ? Infinity : chunkSize,
  parallelUploads: parallel,
  uploadSize: deferred || parallel > 1 ? undefined : statSync(file).size,
  uploadLengthDeferred: deferred,
  urlStorage: new FileUrlStorage(state),
  fingerprint: () => Promise.resolve(`${endpoint}-${file}`),
  onBeforeRequest: () => acknowledged < until || new Promise(() => setInterval(() => {}, 1000)),
  onChunkComplete: (_size, accepted) => {
    acknowledged = accepted
    console.log(`sent ${accepted}`)
  },
  onSuccess: () => console.log(`done ${upload.url}`),
  onError: (error) => {
    console.error(error)
    process.exit(1)
  },
}

// With a deferred length, the client reads past the end of a file, but not of a pipe.
const input = deferred ? createReadStream(file).pipe(new PassThrough()) : createReadStream(file)
const upload = new Upload(input, options)
if (!deferred) {
  const before = await upload.findPreviousUploads()
  if (before.length > 0) {
    upload.resumeFromPreviousUpload(before[0])
  }
}
upload.start()
