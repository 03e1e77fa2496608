// The HTTP API of the service. Every failure is an ApiError, whose message is for people.
import { base } from './address.js'
import { renew } from './provider.js'
import { credentialHeader, noteEnd, session } from './session.js'

export class ApiError extends Error {
  /** `status` is 0 when there was no response. */
  constructor(status, code, message, detail = {}, requestId = '') {
    super(message)
    this.status = status
    this.code = code
    this.detail = detail
    this.requestId = requestId
  }
}

/**
 * Sends a request; `json` becomes the body. Resolves with the response if it is a success. A request whose credential has expired is
 * sent once more with a new one, if there is one by then or the identity provider gives one.
 */
export async function request(method, path, options = {}) {
  for (let renewed = false; ; renewed = true) {
    const { credential } = session.get()
    try {
      return await attempt(method, path, options)
    } catch (e) {
      if (e.status !== 401 || options.credential) throw e
      if (!renewed && (credential !== session.get().credential || (await renew()))) continue
      noteEnd(credential)
      throw e
    }
  }
}

async function attempt(method, path, { json, headers = {}, signal, credential }) {
  const sent = { ...(credential ? { Authorization: `Bearer ${credential}` } : credentialHeader()), ...headers }
  if (json !== undefined) sent['Content-Type'] = 'application/json'
  const body = json === undefined ? undefined : JSON.stringify(json)
  let response
  try {
    response = await fetch(base + path, { method, headers: sent, body, signal, cache: 'no-store' })
  } catch (e) {
    if (e.name === 'AbortError') throw e
    throw new ApiError(0, 'Unreachable', 'The service can’t be reached. Check the connection, then try again.')
  }
  if (response.ok || response.status === 304) return response
  throw await failure(response)
}

async function failure(response) {
  try {
    const { error, message, detail, request_id: id } = await response.json()
    return new ApiError(response.status, error, message, detail, id)
  } catch {
    return new ApiError(response.status, 'Unknown', `The service answered ${response.status}.`)
  }
}

const read = async (path, options) => (await request('GET', path, options)).json()
const send = async (method, path, json, headers) => (await request(method, path, { json, headers })).json()
const query = (values) =>
  new URLSearchParams(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''))

const FILES = '/api/v1/s3'
const JOBS = '/api/v1/jobs'
const KEYS = '/api/v1/keys'
const LINKS = '/api/v1/links'
const RULES = '/api/v1/lifecycle'
const SCHEDULES = '/api/v1/schedules'
const WEBHOOKS = '/api/v1/webhooks'

/** A key as the rest of a path. Slashes are encoded, too, so that no client or proxy rewrites empty segments. */
export const encodeKey = encodeURIComponent

export const api = {
  info: () => read('/api/v1/info'),
  me: (credential) => read('/api/v1/me', { credential }),
  usage: (cursor) => read(`/api/v1/usage?${query({ cursor })}`),

  list: (prefix, count, token) =>
    read(`${FILES}/list?${query({ prefix, delimiter: '/', max_keys: count, continuation_token: token })}`),
  stat: (key) => read(`${FILES}/metadata/${encodeKey(key)}`),
  async exists(key) {
    try {
      await request('HEAD', `${FILES}/exists/${encodeKey(key)}`)
      return true
    } catch (e) {
      if (e.status === 404) return false
      throw e
    }
  },
  download: (key, headers) => request('GET', `${FILES}/download/${encodeKey(key)}`, { headers }),
  change: (key, changes, etag) =>
    send('PATCH', `${FILES}/metadata/${encodeKey(key)}`, changes, { 'If-Match': `"${etag}"` }),
  remove: (key) => request('DELETE', `${FILES}/${encodeKey(key)}`),
  copy: (source, target, overwrite) =>
    send('POST', `${FILES}/copy`, { source_key: source, target_key: target, overwrite }),
  move: (source, target, overwrite) =>
    send('POST', `${FILES}/move`, { source_key: source, target_key: target, overwrite }),
  signDownload: (key, seconds, disposition) =>
    send('POST', `${FILES}/presigned-url/download`, {
      key,
      expires_in: seconds,
      response_content_disposition: disposition,
    }),

  /** The URL of a ZIP of files and folders, which needs no credential. The request follows the redirect there, and stops. */
  async archive(archive) {
    const stop = new AbortController()
    const { url } = await request('POST', `${FILES}/archive`, { json: archive, signal: stop.signal })
    stop.abort()
    return url
  },

  openUploads: (token) => read(`${FILES}/multipart/list?${query({ continuation_token: token })}`),
  abortUpload: (key, id) => request('DELETE', `${FILES}/multipart/abort?${query({ key, upload_id: id })}`),

  submitJob: (job) => send('POST', JOBS, job),
  jobs: (limit, cursor) => read(`${JOBS}?${query({ limit, cursor })}`),
  job: (id) => read(`${JOBS}/${id}`),
  jobItems: (id, state, cursor) => read(`${JOBS}/${id}/items?${query({ state, limit: 100, cursor })}`),
  controlJob: (id, action) => send('POST', `${JOBS}/${id}/${action}`),
  deleteJob: (id) => request('DELETE', `${JOBS}/${id}`),
  jobReport: (id, format) => request('GET', `${JOBS}/${id}/report?format=${format}`),
  jobEvents: (id, headers, signal) => request('GET', `${JOBS}/${id}/events`, { headers, signal }),

  schedules: (limit, cursor) => read(`${SCHEDULES}?${query({ limit, cursor })}`),
  createSchedule: (schedule) => send('POST', SCHEDULES, schedule),
  changeSchedule: (id, changes) => send('PATCH', `${SCHEDULES}/${id}`, changes),
  deleteSchedule: (id) => request('DELETE', `${SCHEDULES}/${id}`),

  /** The rules, and the ETag of their version, as `{ rules, etag }`. Proxies that compress responses mark ETags as weak. */
  async rules() {
    const response = await request('GET', RULES)
    const { rules } = await response.json()
    return { rules, etag: response.headers.get('ETag')?.replace(/^W\//, '') }
  },
  replaceRules: (rules, etag) => send('PUT', RULES, { rules }, etag ? { 'If-Match': etag } : {}),
  previewRules: (rules, cursor) => send('POST', `${RULES}/preview`, { rules, cursor }),

  events: (filter) => read(`/api/v1/events?${query(filter)}`),
  eventStream: (filter, headers, signal) =>
    request('GET', `/api/v1/events?${query(filter)}`, { headers: { Accept: 'text/event-stream', ...headers }, signal }),

  webhooks: (cursor) => read(`${WEBHOOKS}?${query({ limit: 100, cursor })}`),
  webhook: (id) => read(`${WEBHOOKS}/${id}`),
  createWebhook: (webhook) => send('POST', WEBHOOKS, webhook),
  changeWebhook: (id, changes) => send('PATCH', `${WEBHOOKS}/${id}`, changes),
  deleteWebhook: (id) => request('DELETE', `${WEBHOOKS}/${id}`),
  rotateWebhook: (id, overlap) => send('POST', `${WEBHOOKS}/${id}/rotate`, { overlap }),
  testWebhook: (id) => send('POST', `${WEBHOOKS}/${id}/test`),
  deliveries: (id, state, limit, cursor) => read(`${WEBHOOKS}/${id}/deliveries?${query({ state, limit, cursor })}`),
  redeliver: (id, number) => send('POST', `${WEBHOOKS}/${id}/deliveries/${number}/redeliver`),

  links: (cursor) => read(`${LINKS}?${query({ limit: 100, cursor })}`),
  createLink: (link) => send('POST', LINKS, link),
  revokeLink: (id) => request('DELETE', `${LINKS}/${id}`),

  keys: (cursor) => read(`${KEYS}?${query({ limit: 100, cursor })}`),
  createKey: (key) => send('POST', KEYS, key),
  rotateKey: (id, overlap) => send('POST', `${KEYS}/${id}/rotate`, { overlap }),
  revokeKey: (id) => request('DELETE', `${KEYS}/${id}`),
}
