// Whether a webhook is on, and its switch.
import { html, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { time } from '../lib/format.js'
import { notify } from './notices.js'

const REASONS = {
  failing: 'off, because a week of attempts failed',
  gone: 'off, because its receiver answered 410 (gone)',
}

export const WebhookState = ({ webhook }) => {
  const { enabled, disabled_reason: reason, failing_since: since } = webhook
  if (enabled && since) return html`<span class="state" data-state="failed">failing since ${time(since)}</span>`
  if (enabled) return html`<span class="state" data-state="active">on</span>`
  return html`<span class="state" data-state=${reason ? 'failed' : 'off'}>${REASONS[reason] ?? 'off'}</span>`
}

/** Switches at once; the same button switches back. */
export function WebhookSwitch({ webhook, onChanged }) {
  const [busy, setBusy] = useState(false)
  const text = webhook.enabled ? 'Switch off' : 'Switch on'
  async function change() {
    setBusy(true)
    try {
      onChanged(await api.changeWebhook(webhook.id, { enabled: !webhook.enabled }))
    } catch (e) {
      notify(e.message)
    } finally {
      setBusy(false)
    }
  }
  return html`<button aria-label=${`${text} ${webhook.url}`} disabled=${busy} onClick=${change}>${text}</button>`
}
