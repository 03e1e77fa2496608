// Server-sent events (WHATWG HTML, section 9.2) by fetch, because EventSource can't send a credential.
import { api } from './api.js'

const FIRST_RETRY = 1000
const LAST_RETRY = 30_000
/** Streams are never silent for longer than 10 s; after this time, the connection is broken. */
const SILENCE = 30_000

/** Follows a job until it ends or `signal` is aborted. `onEvent` gets the name and the data of each event. */
export const followJob = (id, onEvent, signal) =>
  follow((headers, attempt) => api.jobEvents(id, headers, attempt), { onEvent }, signal)

/**
 * Follows a stream until it ends, the service refuses it or `signal` is aborted, and reconnects after failures. `open` gets the headers
 * and the signal of each request. `onEvent` gets the name and the data of each event, `onState` `true` when the stream is connected and
 * the error or `null` when it is not. Resolves with the id of the last event.
 */
export async function follow(open, { last = null, onEvent, onState = () => {} }, signal) {
  let wait = FIRST_RETRY
  while (!signal.aborted) {
    const attempt = new AbortController()
    const end = () => attempt.abort()
    signal.addEventListener('abort', end)
    let silence = setTimeout(end, SILENCE)
    try {
      const response = await open(last === null ? {} : { 'Last-Event-ID': last }, attempt.signal)
      if (response.status === 204) return last
      onState(true)
      wait = FIRST_RETRY
      const alive = () => {
        clearTimeout(silence)
        silence = setTimeout(end, SILENCE)
      }
      for await (const event of parse(response.body, alive)) {
        if (event.id) last = event.id
        if (event.data) onEvent(event.name, JSON.parse(event.data))
      }
      if (!signal.aborted) onState(null)
    } catch (e) {
      if (signal.aborted) return last
      onState(e.status === undefined ? null : e)
      if (e.status >= 400 && e.status < 500 && e.status !== 429) return last
    } finally {
      clearTimeout(silence)
      signal.removeEventListener('abort', end)
    }
    await pause(wait, signal)
    wait = Math.min(2 * wait, LAST_RETRY)
  }
  return last
}

const pause = (time, signal) =>
  new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', go)
      resolve()
    }
    const timer = setTimeout(go, time)
    signal.addEventListener('abort', go)
  })

async function* parse(stream, onChunk) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    onChunk()
    text += value
    const blocks = text.split('\n\n')
    text = blocks.pop()
    for (const block of blocks) yield event(block)
  }
}

function event(block) {
  const found = { name: 'message', data: '', id: '' }
  for (const line of block.split('\n')) {
    const [field, ...rest] = line.split(': ')
    if (field === 'event') found.name = rest.join(': ')
    if (field === 'data') found.data += rest.join(': ')
    if (field === 'id') found.id = rest.join(': ')
  }
  return found
}
