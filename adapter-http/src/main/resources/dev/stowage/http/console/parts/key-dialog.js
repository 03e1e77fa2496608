// The form for a new API key, which can have no other rights than the caller has.
import { html, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { Dialog } from './common.js'

const USUAL = ['read', 'write', 'delete', 'jobs']
const LIFETIMES = { 86400: '1 day', 2592000: '30 days', 7776000: '90 days', 31536000: '1 year', '': 'until it is revoked' }

export function KeyDialog({ me, onClose, onMade }) {
  const [state, setState] = useState({ busy: false, error: null })
  const [everything, setEverything] = useState(false)
  async function create(form) {
    setState({ busy: true, error: null })
    const seconds = form.get('lifetime')
    try {
      const made = await api.createKey({
        name: form.get('name'),
        actions: form.getAll('actions'),
        projects: words(form.get('projects')),
        prefixes: everything ? [''] : words(form.get('prefixes')),
        expires_in: seconds ? Number(seconds) : null,
        s3: form.has('s3'),
      })
      onMade(made)
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return html`
    <${Dialog} title="Make a key" submit="Make the key" ...${state} onSubmit=${create} onClose=${onClose}>
      <label>Name <input name="name" required maxlength="64" /></label>
      <fieldset>
        <legend>Actions</legend>
        ${me.actions.map(
          (action) => html`
            <label class="check">
              <input type="checkbox" name="actions" value=${action} defaultChecked=${USUAL.includes(action)} /> ${action}
            </label>
          `,
        )}
      </fieldset>
      <fieldset>
        <legend>Files</legend>
        <label>Projects <input name="projects" disabled=${everything} placeholder="demo, reports" spellcheck=${false} /></label>
        <label>Prefixes, one a line <textarea name="prefixes" disabled=${everything} rows="2" spellcheck=${false}></textarea></label>
        ${me.prefixes.includes('') &&
        html`
          <label class="check">
            <input type="checkbox" checked=${everything} onChange=${(event) => setEverything(event.target.checked)} /> All files
          </label>
        `}
      </fieldset>
      <label>
        It works for
        <select name="lifetime">
          ${Object.entries(LIFETIMES).map(
            ([seconds, text]) => html`<option value=${seconds} selected=${seconds === '7776000'}>${text}</option>`,
          )}
        </select>
      </label>
      <label class="check"><input type="checkbox" name="s3" /> With an S3 key pair</label>
    <//>
  `
}

/** Projects are separated by commas or spaces, prefixes by line breaks. */
const words = (text) => (text ?? '').split(text?.includes('\n') ? /\n/ : /[,\n]/).map((word) => word.trim()).filter(Boolean)
