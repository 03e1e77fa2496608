// A new API key, and its S3 key pair if it has one, shown this once.
import { html, useRef } from '../lib/preact.js'
import { Dialog } from './common.js'
import { notify } from './notices.js'

export function SecretDialog({ secret, onClose }) {
  const field = useRef(null)
  async function copy() {
    field.current.select()
    await navigator.clipboard?.writeText(secret.key).then(() => notify('The key was copied'), () => {})
  }
  return html`
    <${Dialog} title="The new key" submit="Copy" leave="Close" onSubmit=${copy} onClose=${onClose}>
      <p>Store it safely. It is not shown again.</p>
      <label>Key <input ref=${field} readonly value=${secret.key} spellcheck="false" onFocus=${() => field.current.select()} /></label>
      ${secret.secret_access_key &&
      html`
        <label>S3 access key id <input readonly value=${secret.access_key_id} spellcheck="false" /></label>
        <label>S3 secret access key <input readonly value=${secret.secret_access_key} spellcheck="false" /></label>
      `}
    <//>
  `
}
