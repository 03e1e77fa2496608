// The form for a webhook: a new one, or changes of one.
import { html, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { EVENT_TYPES } from '../lib/event-types.js'
import { Dialog } from './common.js'

const USUAL = ['file.created', 'file.updated', 'file.deleted']

/** `webhook` is null for a new one. */
export function WebhookDialog({ webhook, onClose, onSaved }) {
  const [state, setState] = useState({ busy: false, error: null })
  const events = webhook?.events ?? USUAL
  async function save(form) {
    const chosen = form.getAll('events')
    if (chosen.length === 0) return setState({ busy: false, error: { message: 'Choose at least one type of events.' } })
    setState({ busy: true, error: null })
    const prefix = form.get('prefix').normalize('NFC')
    const fields = { url: form.get('url'), events: chosen, prefix: prefix || (webhook ? '' : null) }
    try {
      onSaved(await (webhook ? api.changeWebhook(webhook.id, fields) : api.createWebhook(fields)))
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return html`
    <${Dialog}
      title=${webhook ? 'Edit the webhook' : 'Make a webhook'}
      submit=${webhook ? 'Save' : 'Make the webhook'}
      ...${state}
      onSubmit=${save}
      onClose=${onClose}
    >
      <label>
        URL of the receiver
        <input name="url" type="url" required defaultValue=${webhook?.url ?? ''} placeholder="https://example.com/stowage" spellcheck=${false} />
      </label>
      <fieldset>
        <legend>Events</legend>
        ${Object.entries(EVENT_TYPES).map(
          ([type, text]) => html`
            <label class="check">
              <input type="checkbox" name="events" value=${type} defaultChecked=${events.includes(type)} />
              ${' '}<code>${type}</code> <span class="hint">${text}</span>
            </label>
          `,
        )}
      </fieldset>
      <label>
        Only files whose keys begin with
        <input name="prefix" defaultValue=${webhook?.prefix ?? ''} placeholder="all files" spellcheck=${false} />
      </label>
      <p class="hint">With a prefix, events without a file, such as those of jobs, are not sent.</p>
    <//>
  `
}
