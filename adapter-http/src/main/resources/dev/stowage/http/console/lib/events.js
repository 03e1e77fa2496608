// Server-sent events (WHATWG HTML, section 9.2) by fetch, because EventSource can't send a credential.
import { api } from './api.js'

const RETRY = 3000

/**
 * Follows a job until it ends or `signal` is aborted, and reconnects after failures.
 * `onEvent` gets the name and the data of each event.
 */
export async function followJob(id, onEvent, signal) {
  let last = null
  while (!signal.aborted) {
    try {
      const response = await api.jobEvents(id, last === null ? {} : { 'Last-Event-ID': last }, signal)
      if (response.status === 204) return
      for await (const event of parse(response.body)) {
        if (event.id) last = event.id
        if (event.data) onEvent(event.name, JSON.parse(event.data))
      }
    } catch (e) {
      if (signal.aborted || (e.status >= 400 && e.status < 500 && e.status !== 429)) return
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY))
  }
}

async function* parse(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
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
