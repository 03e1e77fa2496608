// The caller's webhooks, oldest first. Their secrets are shown once.
import { html, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { time } from '../lib/format.js'
import { usePages } from '../lib/hooks.js'
import { link } from '../lib/route.js'
import { Empty, Loading, More, Name, Problem } from '../parts/common.js'
import { SecretDialog } from '../parts/secret-dialog.js'
import { WebhookDialog } from '../parts/webhook-dialog.js'
import { WebhookState, WebhookSwitch } from '../parts/webhook-state.js'

export function Webhooks() {
  const pages = usePages(async (cursor) => {
    const { webhooks, next_cursor: next } = await api.webhooks(cursor)
    return { items: webhooks, next }
  }, [])
  const [creating, setCreating] = useState(false)
  const [made, setMade] = useState(null)
  const created = (webhook) => {
    setCreating(false)
    setMade(webhook)
    pages.reload()
  }
  return html`
    <h1>Webhooks</h1>
    <div class="toolbar"><button class="primary" onClick=${() => setCreating(true)}>Make a webhook</button></div>
    ${pages.error && html`<${Problem} error=${pages.error} onRetry=${pages.more} />`}
    ${pages.items.length === 0 && pages.loading && html`<${Loading} />`}
    ${pages.items.length === 0 &&
    !pages.loading &&
    !pages.error &&
    html`<${Empty}>There are no webhooks yet. A webhook sends events to a URL as they happen.<//>`}
    ${pages.items.length > 0 &&
    html`
      <div class="wide">
        <table>
          <thead>
            <tr><th>Receiver</th><th>Events</th><th>Files</th><th>State</th><th>Created</th><th><span class="visually-hidden">Actions</span></th></tr>
          </thead>
          <tbody>
            ${pages.items.map(
              (webhook) => html`
                <tr key=${webhook.id}>
                  <td class="cut"><a href=${link('webhook', webhook.id)}><${Name} text=${webhook.url} /></a></td>
                  <td>${webhook.events.join(', ')}</td>
                  <td class="cut"><${Name} text=${webhook.prefix || 'all files'} /></td>
                  <td><${WebhookState} webhook=${webhook} /></td>
                  <td>${time(webhook.created_at)}</td>
                  <td><${WebhookSwitch} webhook=${webhook} onChanged=${pages.reload} /></td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
      <${More} pages=${pages} />
    `}
    ${creating && html`<${WebhookDialog} webhook=${null} onClose=${() => setCreating(false)} onSaved=${created} />`}
    ${made &&
    html`<${SecretDialog} title="The new webhook" secrets=${[['Secret for its signatures', made.secret]]} onClose=${() => setMade(null)} />`}
  `
}
