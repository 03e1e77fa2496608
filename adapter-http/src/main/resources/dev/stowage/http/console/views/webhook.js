// A webhook, and its deliveries.
import { html, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { time } from '../lib/format.js'
import { useLoad, usePages, useRefresh } from '../lib/hooks.js'
import { go, link } from '../lib/route.js'
import { Dialog, Empty, Loading, More, Name, Problem } from '../parts/common.js'
import { notify } from '../parts/notices.js'
import { SecretDialog } from '../parts/secret-dialog.js'
import { WebhookDialog } from '../parts/webhook-dialog.js'
import { WebhookState, WebhookSwitch } from '../parts/webhook-state.js'

const REFRESH = 5000
/** Deliveries in a page of the list. */
const PAGE = 100
const OVERLAPS = { 86400: 'for another day', 3600: 'for another hour', 604800: 'for another week', 0: 'no longer' }
const STATES = { '': 'All', pending: 'Pending', delivered: 'Delivered', dead: 'Given up' }

export function WebhookPage({ argument: id }) {
  const loaded = useLoad(() => api.webhook(id), [id])
  const [open, setOpen] = useState(null)
  const [secret, setSecret] = useState(null)
  const close = () => setOpen(null)
  const webhook = loaded.data
  return html`
    <nav class="crumbs" aria-label="Webhooks"><a href=${link('webhooks')}>Webhooks</a></nav>
    <h1>${webhook ? html`<${Name} text=${webhook.url} />` : 'Webhook'}</h1>
    ${loaded.error && html`<${Problem} error=${loaded.error} onRetry=${loaded.reload} />`}
    ${!webhook && loaded.loading && html`<${Loading} />`}
    ${webhook &&
    html`
      <p role="status"><${WebhookState} webhook=${webhook} /></p>
      <div class="toolbar" role="toolbar" aria-label="Webhook">
        <${WebhookSwitch} webhook=${webhook} onChanged=${loaded.reload} />
        <button onClick=${() => setOpen('edit')}>Edit</button>
        <button onClick=${() => setOpen('rotate')}>New secret</button>
        <button onClick=${() => setOpen('delete')}>Delete</button>
        <${TestButton} id=${id} />
      </div>
      <dl>
        <dt>Events</dt><dd>${webhook.events.join(', ')}</dd>
        <dt>Files</dt><dd><bdi>${webhook.prefix || 'all files'}</bdi></dd>
        <dt>Created</dt><dd>${time(webhook.created_at)}</dd>
      </dl>
      <${Deliveries} id=${id} />
    `}
    ${open === 'edit' &&
    html`<${WebhookDialog} webhook=${webhook} onClose=${close} onSaved=${() => (close(), loaded.reload())} />`}
    ${open === 'rotate' &&
    html`<${RotateDialog} webhook=${webhook} onClose=${close} onMade=${(made) => (close(), setSecret(made.secret))} />`}
    ${secret && html`<${SecretDialog} title="The new secret" secrets=${[['Secret', secret]]} onClose=${() => setSecret(null)} />`}
    ${open === 'delete' && html`<${DeleteDialog} webhook=${webhook} onClose=${close} />`}
  `
}

function TestButton({ id }) {
  const [busy, setBusy] = useState(false)
  const [result, setResult] = useState(null)
  async function test() {
    setBusy(true)
    try {
      setResult(await api.testWebhook(id))
    } catch (e) {
      setResult({ accepted: false, error: e.message })
    } finally {
      setBusy(false)
    }
  }
  return html`
    <button disabled=${busy} onClick=${test}>Send a test</button>
    <span role="status" class=${result && !result.accepted ? 'problem' : ''}>
      ${busy ? 'Sending …' : result && (result.accepted ? `The receiver accepted it with ${result.status}` : result.error)}
    </span>
  `
}

function Deliveries({ id }) {
  const [wanted, setWanted] = useState('')
  const pages = usePages(async (cursor) => {
    const { deliveries, next_cursor: next } = await api.deliveries(id, wanted, PAGE, cursor)
    return { items: deliveries, next }
  }, [id, wanted])
  useRefresh(pages, REFRESH, PAGE)
  async function redeliver({ number }) {
    try {
      await api.redeliver(id, number)
      notify('It will be sent again')
      pages.reload()
    } catch (e) {
      notify(e.message)
    }
  }
  return html`
    <h2>Deliveries</h2>
    <label class="filter">
      State
      <select onChange=${(event) => setWanted(event.target.value)}>
        ${Object.entries(STATES).map(([state, text]) => html`<option value=${state} selected=${state === wanted}>${text}</option>`)}
      </select>
    </label>
    ${pages.error && html`<${Problem} error=${pages.error} onRetry=${pages.more} />`}
    ${pages.items.length === 0 && !pages.started && pages.loading && html`<${Loading} />`}
    ${pages.items.length === 0 &&
    pages.started &&
    !pages.error &&
    html`<${Empty}>${wanted ? 'No deliveries are in this state.' : 'Nothing has happened yet that this webhook is told.'}<//>`}
    ${pages.items.length > 0 &&
    html`
      <div class="wide">
        <table>
          <thead>
            <tr><th>Event</th><th>File</th><th>State</th><th class="size">Attempts</th><th>Last attempt</th><th>Next</th><th><span class="visually-hidden">Actions</span></th></tr>
          </thead>
          <tbody>
            ${pages.items.map(
              (delivery) => html`
                <tr key=${delivery.number}>
                  <td>${delivery.type}<br /><code>${delivery.number}</code></td>
                  <td class="cut">${delivery.key && html`<a href=${link('file', delivery.key)}><${Name} text=${delivery.key} /></a>`}</td>
                  <td><span class="state" data-state=${delivery.state}>${STATES[delivery.state]?.toLowerCase() ?? delivery.state}</span></td>
                  <td class="size">${delivery.attempts}</td>
                  <td>
                    ${delivery.last ? time(delivery.last.at) : '–'}
                    ${delivery.last?.accepted && html`<br />status ${delivery.last.status}`}
                    ${delivery.last?.error && html`<br /><span class="problem">${delivery.last.error}</span>`}
                  </td>
                  <td>${next(delivery)}</td>
                  <td><button aria-label=${`Send event ${delivery.number} again`} onClick=${() => redeliver(delivery)}>Send again</button></td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
      <${More} pages=${pages} />
    `}
  `
}

const next = ({ state, next_at: at }) =>
  at ? time(at) : state === 'pending' ? 'after the earlier event of the file' : '–'

function RotateDialog({ webhook, onClose, onMade }) {
  const [state, setState] = useState({ busy: false, error: null })
  async function rotate(form) {
    setState({ busy: true, error: null })
    try {
      onMade(await api.rotateWebhook(webhook.id, Number(form.get('overlap'))))
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return html`
    <${Dialog} title="Give this webhook a new secret?" submit="Make a new secret" ...${state} onSubmit=${rotate} onClose=${onClose}>
      <p><${Name} text=${webhook.url} /></p>
      <label>
        Events are signed with the present secret, too,
        <select name="overlap">
          ${Object.entries(OVERLAPS).map(
            ([seconds, text]) => html`<option value=${seconds} selected=${seconds === '86400'}>${text}</option>`,
          )}
        </select>
      </label>
    <//>
  `
}

function DeleteDialog({ webhook, onClose }) {
  const [state, setState] = useState({ busy: false, error: null })
  async function remove() {
    setState({ busy: true, error: null })
    try {
      await api.deleteWebhook(webhook.id)
      notify('The webhook was deleted')
      go('webhooks')
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return html`
    <${Dialog} title="Delete this webhook?" submit="Delete" danger ...${state} onSubmit=${remove} onClose=${onClose}>
      <p><${Name} text=${webhook.url} /></p>
      <p>What it has not sent yet is not sent. Its secret can’t be restored.</p>
    <//>
  `
}
