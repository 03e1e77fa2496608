// Events as they happen, newest first, with those that came just before.
import { html, useEffect, useRef, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { EVENT_TYPES } from '../lib/event-types.js'
import { follow } from '../lib/events.js'
import { bytes, moment } from '../lib/format.js'
import { useStore } from '../lib/hooks.js'
import { link } from '../lib/route.js'
import { session } from '../lib/session.js'
import { Empty, Loading, Name, Problem } from '../parts/common.js'

/** How far the list goes back when it is opened, in events of the log. */
const RECENT = 200
/** The most events that are kept here. */
const SHOWN = 500
/** Many events may come in a second; the list is drawn a few times. */
const REDRAW = 250

export function EventsPage() {
  const [prefix, setPrefix] = useState('')
  const [types, setTypes] = useState([])
  const [paused, setPaused] = useState(false)
  const { events, missed, state, retry } = useEvents(prefix, types.join(), paused)
  const refused = state?.status >= 400 && state.status < 500 && state.status !== 429
  return html`
    <h1>Events</h1>
    <${Filter} types=${types} onPrefix=${setPrefix} onTypes=${setTypes} />
    <div class="toolbar">
      <button aria-pressed=${paused} onClick=${() => setPaused(!paused)}>Pause</button>
      <span role="status" class="hint">
        ${paused ? 'Paused. Events that happen meanwhile are shown afterwards.' : state === true ? 'Live' : refused ? '' : 'Connecting …'}
      </span>
    </div>
    ${state?.message && html`<${Problem} error=${state} onRetry=${refused ? retry : undefined} />`}
    ${missed && html`<p class="hint">Some events are missing here, because they were deleted before they could be shown.</p>`}
    ${events.length === 0 && state === null && !paused && html`<${Loading} />`}
    ${events.length === 0 && state === true && html`<${Empty}>No such event lately. New ones appear here as they happen.<//>`}
    ${events.length > 0 &&
    html`
      <div class="wide">
        <table>
          <thead>
            <tr><th>Time</th><th>Event</th><th>What</th><th class="size">Size</th><th>By</th></tr>
          </thead>
          <tbody>
            ${events.map(
              ({ id, type, timestamp, data }) => html`
                <tr key=${id}>
                  <td class="time">${moment(timestamp)}</td>
                  <td>${type}</td>
                  <td class="cut"><${Subject} type=${type} data=${data} /></td>
                  <td class="size">${data.size === null ? '' : bytes(data.size)}</td>
                  <td class="cut"><bdi>${data.principal ?? ''}</bdi></td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
      ${events.length === SHOWN && html`<p class="hint">The latest ${SHOWN} events are shown.</p>`}
    `}
  `
}

/**
 * The latest events, and whether more are coming: `state` is `true` while the stream is connected, `null` or an error while it is not.
 * What is shown stays during a pause, and until a changed filter has its first events.
 */
function useEvents(prefix, types, paused) {
  const empty = { events: [], missed: false, state: null }
  const [shown, setShown] = useState(empty)
  const [turn, setTurn] = useState(0)
  const { credential } = useStore(session)
  const last = useRef(null)

  useEffect(() => {
    last.current = null
    setShown(empty)
  }, [prefix, types])
  useEffect(() => {
    if (paused) return undefined
    const end = new AbortController()
    const resumed = last.current !== null
    let news = []
    let timer = 0
    const draw = () => {
      timer = 0
      const some = news.reverse()
      news = []
      setShown((now) => ({ ...now, events: some.concat(now.events).slice(0, SHOWN) }))
    }
    const open = async (headers, signal) => {
      const filter = { prefix, types }
      if (headers['Last-Event-ID']) return api.eventStream(filter, headers, signal)
      const { next_after: now } = await api.events({ after: 'now', limit: 1 })
      return api.eventStream(filter, { 'Last-Event-ID': String(Math.max(0, now - RECENT)) }, signal)
    }
    const onEvent = (name, data) => {
      // At the beginning nobody has waited for them.
      if (name === 'missed') return (resumed || last.current !== null) && setShown((now) => ({ ...now, missed: true }))
      last.current = data.id
      news.push(data)
      if (news.length > SHOWN) news.shift()
      timer ||= setTimeout(draw, REDRAW)
    }
    const onState = (state) => setShown((now) => ({ ...now, state }))
    follow(open, { last: last.current, onEvent, onState }, end.signal)
    return () => {
      end.abort()
      clearTimeout(timer)
      if (news.length > 0) draw()
    }
  }, [prefix, types, paused, credential, turn])
  return { ...shown, retry: () => setTurn((now) => now + 1) }
}

function Filter({ types, onPrefix, onTypes }) {
  const timer = useRef(0)
  const typed = ({ target }) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onPrefix(target.value.normalize('NFC')), 300)
  }
  const choose = (type, on) => onTypes(on ? types.concat(type) : types.filter((other) => other !== type))
  return html`
    <label class="filter">
      Only files whose keys begin with
      <input type="search" placeholder="all files, and jobs" spellcheck=${false} onInput=${typed} />
    </label>
    <fieldset class="choices">
      <legend>Types (all if none is chosen)</legend>
      ${Object.keys(EVENT_TYPES).map(
        (type) => html`
          <label class="check">
            <input type="checkbox" checked=${types.includes(type)} onChange=${(event) => choose(type, event.target.checked)} /> ${type}
          </label>
        `,
      )}
    </fieldset>
  `
}

function Subject({ type, data }) {
  if (data.key !== null) {
    const name = html`<${Name} text=${data.key} />`
    return html`${type === 'file.deleted' ? name : html`<a href=${link('file', data.key)}>${name}</a>`}${data.reason && ` (${data.reason})`}`
  }
  if (data.job_id !== null) return html`<a href=${link('job', data.job_id)}>${data.operation}</a> ${data.state?.replace('_', ' ')}`
  if (data.webhook_id !== null) return html`<a href=${link('webhook', data.webhook_id)}>webhook</a> ${data.state}`
  return data.upload_id
}
