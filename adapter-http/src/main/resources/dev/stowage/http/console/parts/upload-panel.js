// The uploads of this tab: progress of all and of each.
import { html, useEffect, useRef, useState } from '../lib/preact.js'
import { bytes, duration, plural } from '../lib/format.js'
import { useStore } from '../lib/hooks.js'
import { nameOf } from '../lib/keys.js'
import { link } from '../lib/route.js'
import { Bar, Name } from './common.js'
import { expiryText } from './upload-expiry.js'
import * as queue from '../upload/queue.js'

const SHOWN = 100
const ORDER = ['asking', 'failed', 'running', 'checking', 'paused', 'waiting', 'done', 'skipped']

export function UploadPanel() {
  const all = useStore(queue.uploads)
  if (all.length === 0) return html`<${Interrupted} />`
  const open = all.filter(queue.isOpen)
  const failed = all.filter(({ state }) => state === 'failed')
  const counted = all.filter(({ state }) => state !== 'skipped')
  const total = counted.reduce((sum, { file }) => sum + file.size, 0)
  const sent = counted.reduce((sum, item) => sum + item.sent, 0)
  const shown = all.slice().sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state)).slice(0, SHOWN)
  return html`
    <section class="uploads" aria-label="Your uploads">
      <h2>${open.length > 0 ? `Uploading ${plural(open.length, 'file')}` : 'Uploads finished'}</h2>
      <${Bar} value=${total === 0 ? 1 : sent / total} label="All uploads" />
      <${Speed} sent=${sent} total=${total} open=${open.length} />
      <div class="actions">
        ${open.some(({ state }) => state === 'running' || state === 'waiting') &&
        html`<button onClick=${queue.pauseAll}>Pause all</button>`}
        ${open.some(({ state }) => state === 'paused') && html`<button onClick=${queue.resumeAll}>Resume all</button>`}
        ${failed.length > 0 && html`<button onClick=${queue.retryAll}>Retry ${plural(failed.length, 'failed file')}</button>`}
        ${open.length === 0 && html`<button onClick=${queue.clear}>Close</button>`}
      </div>
      <ul>
        ${shown.map((item) => html`<${Item} key=${item.id} item=${item} />`)}
      </ul>
      ${all.length > SHOWN && html`<p class="hint">and ${plural(all.length - SHOWN, 'more file')}</p>`}
    </section>
  `
}

function Item({ item }) {
  const { key, file, expiresIn, state, sent, error } = item
  const name = nameOf(key)
  const button = (text, action) => html`<button aria-label=${`${text} ${name}`} onClick=${() => action(item)}>${text}</button>`
  return html`
    <li data-state=${state}>
      <span class="cut">
        ${state === 'done' ? html`<a href=${link('file', key)}><${Name} text=${name} /></a>` : html`<${Name} text=${name} />`}
      </span>
      <span class="hint">
        ${state === 'running' ? `${bytes(sent)} of ${bytes(file.size)}` : TEXT[state]}${expiresIn && state !== 'skipped' && ` · ${expiryText(expiresIn)}`}
      </span>
      ${state === 'running' && html`<${Bar} value=${file.size === 0 ? 1 : sent / file.size} label=${name} />`}
      ${error && html`<span class="problem">${error}</span>`}
      <span class="actions">
        ${state === 'running' && button('Pause', queue.pause)} ${state === 'paused' && button('Resume', queue.resume)}
        ${state === 'failed' && button('Retry', queue.retry)}
        ${(queue.isOpen(item) || state === 'failed') && button('Cancel', queue.cancel)}
      </span>
    </li>
  `
}

const TEXT = {
  waiting: 'Waiting',
  checking: 'Starting',
  asking: 'A file with this name exists',
  paused: 'Paused',
  done: 'Stored',
  failed: 'Failed',
  skipped: 'Skipped',
}

/** The speed of the last seconds, and the time that is left at that speed. Small files take their time by their number. */
function Speed({ sent, total, open }) {
  const samples = useRef([])
  const now = performance.now()
  const list = samples.current
  list.push({ now, sent, open })
  while (list.length > 2 && now - list[0].now > 5000) list.shift()
  const seconds = (now - list[0].now) / 1000
  const speed = seconds > 0 ? Math.max(0, (sent - list[0].sent) / seconds) : 0
  const files = seconds > 0 ? Math.max(0, (list[0].open - open) / seconds) : 0
  const left = Math.max(speed > 0 ? (total - sent) / speed : 0, files > 0 && open > 1 ? open / files : 0)
  return html`
    <p class="hint">
      ${bytes(sent)} of ${bytes(total)}${open > 0 && left > 0 && ` · ${bytes(speed)}/s · ${duration(left)} left`}
    </p>
  `
}

function Interrupted() {
  const [{ count, known }, setBefore] = useState({ count: 0, known: [] })
  useEffect(() => void queue.interrupted().then(setBefore), [])
  if (count === 0) return null
  return html`
    <section class="uploads" aria-label="Interrupted uploads">
      <h2>${plural(count, 'upload')} not finished</h2>
      <p>
        Choose the same files again in the same
        folder${known.some(({ metadata }) => metadata.expires_in) && ', to be deleted after the same time'}. They continue from where they were.
      </p>
      <ul>
        ${known.slice(0, SHOWN).map(({ metadata }) => html`
            <li>
              <span class="cut"><${Name} text=${metadata.key} /></span>
              ${metadata.expires_in && html`<span class="hint">${expiryText(Number(metadata.expires_in))}</span>`}
            </li>
          `)}
      </ul>
      <div class="actions">
        <button onClick=${() => queue.forgetInterrupted().then(() => setBefore({ count: 0, known: [] }))}>Forget them</button>
      </div>
    </section>
  `
}
