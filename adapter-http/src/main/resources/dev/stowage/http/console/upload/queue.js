// The uploads of this tab: a few at a time, by tus, each of which continues where it was after an interruption.
import { base } from '../lib/address.js'
import { api } from '../lib/api.js'
import { numbered } from '../lib/keys.js'
import { renew } from '../lib/provider.js'
import { credentialHeader, noteEnd, session } from '../lib/session.js'
import { store } from '../lib/store.js'

/** Uploads at a time; browsers have six connections to a service, and the pages need some. */
const RUNNING = 4
/** A file up to this size is sent with the request that creates its upload. */
const AT_ONCE = 1 << 20
const RETRIES = [0, 1000, 3000, 5000, 10000]
const REDRAW = 100
/** Where this tab remembers a choice of files that is not finished: the fingerprints of those that it has stored, or begun to store. */
const CHOICE = 'stowage.uploads'

/**
 * The items: `{ id, key, file, expiresIn, state, sent, error, status }`; `expiresIn` is in seconds, `status` is that of the failure. States: `waiting`, `checking`, `asking` (a file has the key),
 * `running`, `paused`, `done`, `failed`, `skipped`.
 */
export const uploads = store([])
/** The key that was stored last. */
export const stored = store(null)

const tus = new Map()
const before = JSON.parse(sessionStorage.getItem(CHOICE) ?? '{"open":0,"stored":[],"begun":[]}')
const storedBefore = new Set(before.stored)
const begunBefore = new Set(before.begun)
/** Fingerprints of uploads that are being deleted, which takes a while. */
const cancelled = new Set()
let lastId = 0
let lastTurn = 0
let answerForAll = null
let redraw = 0

/** Adds files, as `{ file, path }`, to be stored in a folder, and deleted after so many seconds if they are given. */
export function addFiles(folder, files, expiresIn) {
  const added = files.map(({ file, path }) => ({
    id: ++lastId,
    key: folder + path.normalize('NFC'),
    file,
    expiresIn,
    state: 'waiting',
    sent: 0,
    error: null,
  }))
  if (!uploads.get().some(isOpen)) answerForAll = null
  uploads.set((now) => now.concat(added))
  pump()
}

export const isOpen = ({ state }) => ['waiting', 'checking', 'asking', 'running', 'paused'].includes(state)

/** Answers the question about a file that exists: `replace`, `both` or `skip`. */
export function answer(item, choice, forAll) {
  if (forAll) {
    answerForAll = choice
    uploads.get().filter(({ state }) => state === 'asking').forEach((asking) => proceed(asking, choice))
  } else {
    proceed(item, choice)
  }
}

export function pause(item) {
  if (item.state === 'running') tus.get(item.id)?.abort()
  change(item, { state: 'paused' })
  pump()
}

export function resume(item) {
  change(item, { state: 'waiting' })
  pump()
}

/** Tries a failed upload again, from where it was. */
export function retry(item) {
  change(item, { state: 'waiting', error: null })
  pump()
}

/** Stops an upload, and deletes what the service has of it. */
export function cancel(item) {
  cancelled.add(fingerprint(item))
  tus.get(item.id)?.abort(true).catch(() => {})
  remove(item)
  pump()
}

export const pauseAll = () => uploads.get().filter(({ state }) => ['waiting', 'checking', 'running'].includes(state)).forEach(pause)
export const resumeAll = () => uploads.get().filter(({ state }) => state === 'paused').forEach(resume)
export const retryAll = () => uploads.get().filter(({ state }) => state === 'failed').forEach(retry)
export const clear = () => uploads.set((now) => now.filter(isOpen))

/**
 * The uploads that earlier pages did not finish, as `{ count, known }`: how many, and those of them that have begun. They continue
 * when the same files are chosen for the same folder.
 */
export async function interrupted() {
  const all = await window.tus.defaultOptions.urlStorage.findAllUploads()
  const stays = ({ urlStorageKey }) => ![...cancelled].some((mark) => urlStorageKey.startsWith(`tus::${mark}::`))
  const known = all.filter((upload) => upload.metadata?.key && stays(upload))
  return { count: Math.max(known.length, before.open), known }
}

/** Forgets the uploads of earlier pages; the service deletes them when they expire. */
export async function forgetInterrupted() {
  const storage = window.tus.defaultOptions.urlStorage
  for (const { urlStorageKey } of (await interrupted()).known) await storage.removeUpload(urlStorageKey)
  before.open = 0
}

function pump() {
  const all = uploads.get()
  const busy = all.filter(({ state }) => state === 'running' || state === 'checking').length
  all.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, RUNNING - busy)).forEach(begin)
}

/** Begins to check an item. The result tells whether that still counts: the item may be paused or cancelled in the meantime. */
function check(item) {
  const turn = ++lastTurn
  change(item, { state: 'checking', turn })
  return () => uploads.get().includes(item) && item.state === 'checking' && item.turn === turn
}

async function begin(item) {
  const counts = check(item)
  cancelled.delete(fingerprint(item))
  if (tus.has(item.id)) return run(item, tus.get(item.id))
  try {
    const upload = create(item, false)
    const [previous] = await upload.findPreviousUploads()
    if (!counts()) return
    if (previous) {
      upload.resumeFromPreviousUpload(previous)
      return run(item, upload)
    }
    const exists = await api.exists(item.key)
    if (!counts()) return
    if (!exists) return run(item, upload)
    const mine = storedBefore.has(fingerprint(item)) || (await isStoredUnnoticed(item))
    if (!counts()) return
    if (mine) return finish(item)
    if (answerForAll) return proceed(item, answerForAll)
    change(item, { state: 'asking' })
    pump()
  } catch (e) {
    if (counts()) fail(item, e)
  }
}

async function proceed(item, choice) {
  if (choice === 'skip') {
    change(item, { state: 'skipped' })
    return pump()
  }
  const counts = check(item)
  try {
    const key = choice === 'both' ? await freeKey(item.key) : item.key
    if (!counts()) return
    change(item, { key })
    run(item, create(item, choice === 'replace'))
  } catch (e) {
    if (counts()) fail(item, e)
  }
}

/** Whether the page was left before it was told that the file is stored. Larger files have an upload that says so. */
async function isStoredUnnoticed(item) {
  const { key, file } = item
  if (!begunBefore.has(fingerprint(item)) || file.size > AT_ONCE) return false
  try {
    if ((await api.stat(key)).size !== file.size) return false
    const there = new Uint8Array(await (await api.download(key)).arrayBuffer())
    return new Uint8Array(await file.arrayBuffer()).every((byte, i) => byte === there[i])
  } catch {
    // Without the right to read, the person is asked.
    return false
  }
}

function finish(item) {
  tus.delete(item.id)
  // One of those that an earlier page did not finish, if there are any.
  if (!storedBefore.has(fingerprint(item))) before.open = Math.max(0, before.open - 1)
  change(item, { state: 'done', sent: item.file.size })
  stored.set(item.key)
  pump()
}

async function freeKey(key) {
  for (let number = 1; ; number++) {
    const other = numbered(key, number)
    if (!(await api.exists(other))) return other
  }
}

function run(item, upload) {
  tus.set(item.id, upload)
  change(item, { state: 'running' })
  upload.start()
}

function create(item, replace) {
  const { key, file, expiresIn } = item
  return new window.tus.Upload(file, {
    endpoint: `${base}/api/v1/tus`,
    metadata: { key, filetype: file.type || 'application/octet-stream', ...(expiresIn && { expires_in: String(expiresIn) }) },
    retryDelays: RETRIES,
    onShouldRetry: (e) => passes(statusOf(e)),
    uploadDataDuringCreation: file.size <= AT_ONCE,
    removeFingerprintOnSuccess: true,
    fingerprint: async () => fingerprint(item),
    onBeforeRequest(request) {
      // The credential may have been replaced since the upload began.
      item.credential = session.get().credential
      Object.entries(credentialHeader()).forEach(([name, value]) => request.setHeader(name, value))
      if (request.getMethod() === 'POST' && !replace) request.setHeader('If-None-Match', '*')
    },
    onProgress: (sent) => change(item, { sent }),
    onSuccess: () => finish(item),
    onError: (e) => fail(item, e),
  })
}

/** With another expiry, an upload begins again, because the expiry can't be changed. */
const fingerprint = ({ key, file, expiresIn }) =>
  ['stowage', base, key, file.size, file.lastModified, ...(expiresIn ? [expiresIn] : [])].join('|')

/** The status of a response; 0 when there was none. */
const statusOf = (e) => e.status ?? e.originalResponse?.getStatus() ?? 0

/** Whether a failure may pass by itself: no response, a lock, a limit of requests, a failing service. A full quota does not. */
const passes = (status) => status < 400 || [409, 423, 429].includes(status) || (status >= 500 && status !== 507)

async function fail(item, e) {
  const status = statusOf(e)
  // A file has appeared at the key, and the upload is gone: a retry asks what to do.
  if (status === 412) tus.delete(item.id)
  if (status === 401) {
    if (!item.renewed && (item.credential !== session.get().credential || (await renew()))) {
      change(item, { renewed: true })
      return retry(item)
    }
    noteEnd(item.credential)
  }
  change(item, { state: 'failed', error: message(e), status })
  pump()
}

/** The message of the service, if there was a response. */
function message(e) {
  const body = e.originalResponse?.getBody()
  try {
    return JSON.parse(body).message
  } catch {
    return e.originalRequest ? 'The connection was interrupted. Retry to continue from where it was.' : e.message
  }
}

function change(item, changes) {
  Object.assign(item, changes)
  // Changes come often; the list is drawn a few times a second.
  redraw ||= setTimeout(() => {
    redraw = 0
    uploads.set((now) => now.slice())
  }, REDRAW)
}

function remove(item) {
  tus.delete(item.id)
  uploads.set((now) => now.filter(({ id }) => id !== item.id))
}

// What failed because the credential had ended continues with the next one.
session.subscribe(({ credential, ended }) => {
  if (credential && !ended) retryWith(401)
})

// Likewise what failed because there was no connection.
addEventListener('online', () => retryWith(0))

const retryWith = (status) => uploads.get().filter((item) => item.state === 'failed' && item.status === status).forEach(retry)

// After a reload, the same choice of files continues without a question about those that were stored.
addEventListener('pagehide', () => {
  const all = uploads.get()
  if (all.length === 0) return before.open === 0 && sessionStorage.removeItem(CHOICE)
  const open = all.filter((item) => isOpen(item) || item.state === 'failed').length
  if (open === 0) return sessionStorage.removeItem(CHOICE)
  all.filter(({ state }) => state === 'done').forEach((item) => storedBefore.add(fingerprint(item)))
  const begun = all.filter(({ state }) => state === 'running').map(fingerprint)
  try {
    sessionStorage.setItem(CHOICE, JSON.stringify({ open, stored: [...storedBefore], begun }))
  } catch {
    // The storage of a tab is limited; the questions are asked then.
  }
})

addEventListener('beforeunload', (event) => uploads.get().some(({ state }) => state === 'running') && event.preventDefault())
