// API keys: make, rotate, revoke. A key is shown once.
import { html, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { time } from '../lib/format.js'
import { usePages } from '../lib/hooks.js'
import { Dialog, Empty, Loading, More, Name, Problem } from '../parts/common.js'
import { KeyDialog } from '../parts/key-dialog.js'
import { notify } from '../parts/notices.js'
import { SecretDialog } from '../parts/secret-dialog.js'

const OVERLAPS = { 0: 'stops at once', 3600: 'works for another hour', 86400: 'works for another day' }

export function Keys({ me }) {
  const pages = usePages(async (cursor) => {
    const { keys, next_cursor: next } = await api.keys(cursor)
    return { items: keys, next }
  }, [])
  const [open, setOpen] = useState(null)
  const [secret, setSecret] = useState(null)
  const close = () => setOpen(null)
  const made = (key) => {
    close()
    setSecret(key)
    pages.reload()
  }
  return html`
    <h1>API keys</h1>
    <div class="toolbar"><button class="primary" onClick=${() => setOpen({ dialog: 'create' })}>Make a key</button></div>
    ${pages.error && html`<${Problem} error=${pages.error} onRetry=${pages.more} />`}
    ${pages.items.length === 0 && pages.loading && html`<${Loading} />`}
    ${pages.items.length === 0 && !pages.loading && !pages.error && html`<${Empty}>There are no keys yet.<//>`}
    ${pages.items.length > 0 &&
    html`
      <div class="wide">
        <table>
          <thead>
            <tr><th>Name</th><th>State</th><th>Actions</th><th>Files</th><th>Expires</th><th>Last use</th><th><span class="visually-hidden">Actions</span></th></tr>
          </thead>
          <tbody>
            ${pages.items.map(
              (key) => html`
                <tr key=${key.id}>
                  <td class="cut"><${Name} text=${key.name} /><br /><code>${key.id}</code>${key.s3 && ' S3'}</td>
                  <td><span class="state" data-state=${key.state}>${key.state}</span></td>
                  <td>${key.actions.join(', ')}</td>
                  <td class="cut"><bdi>${files(key)}</bdi></td>
                  <td>${key.expires_at ? time(key.expires_at) : 'never'}</td>
                  <td>${time(key.used_at)}</td>
                  <td class="actions">
                    ${key.state === 'active' &&
                    html`
                      <button aria-label=${`Rotate ${key.name}`} onClick=${() => setOpen({ dialog: 'rotate', key })}>Rotate</button>
                      <button aria-label=${`Revoke ${key.name}`} onClick=${() => setOpen({ dialog: 'revoke', key })}>Revoke</button>
                    `}
                  </td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
      <${More} pages=${pages} />
    `}
    ${open?.dialog === 'create' && html`<${KeyDialog} me=${me} onClose=${close} onMade=${made} />`}
    ${open?.dialog === 'rotate' && html`<${RotateDialog} apiKey=${open.key} onClose=${close} onMade=${made} />`}
    ${open?.dialog === 'revoke' &&
    html`<${RevokeDialog} apiKey=${open.key} onClose=${close} onDone=${() => (close(), pages.reload())} />`}
    ${secret && html`<${SecretDialog} title="The new key" secrets=${secretsOf(secret)} onClose=${() => setSecret(null)} />`}
  `
}

const secretsOf = ({ key, access_key_id: id, secret_access_key: secret }) => [
  ['Key', key],
  ...(secret ? [['S3 access key id', id], ['S3 secret access key', secret]] : []),
]

const files = ({ projects, prefixes }) =>
  [...projects.map((id) => `project ${id}`), ...prefixes.map((prefix) => prefix || 'all files')].join(', ')

function RotateDialog({ apiKey, onClose, onMade }) {
  const [state, setState] = useState({ busy: false, error: null })
  async function rotate(form) {
    setState({ busy: true, error: null })
    try {
      onMade(await api.rotateKey(apiKey.id, Number(form.get('overlap'))))
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return html`
    <${Dialog} title="Give this key a new secret?" submit="Rotate" ...${state} onSubmit=${rotate} onClose=${onClose}>
      <p><${Name} text=${apiKey.name} /></p>
      <label>
        The present secret
        <select name="overlap">
          ${Object.entries(OVERLAPS).map(([seconds, text]) => html`<option value=${seconds}>${text}</option>`)}
        </select>
      </label>
    <//>
  `
}

function RevokeDialog({ apiKey, onClose, onDone }) {
  const [state, setState] = useState({ busy: false, error: null })
  async function revoke() {
    setState({ busy: true, error: null })
    try {
      await api.revokeKey(apiKey.id)
      notify('The key was revoked')
      onDone()
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return html`
    <${Dialog} title="Revoke this key?" submit="Revoke" danger ...${state} onSubmit=${revoke} onClose=${onClose}>
      <p><${Name} text=${apiKey.name} /></p>
      <p>It stops working at once, and can’t be restored.</p>
    <//>
  `
}
