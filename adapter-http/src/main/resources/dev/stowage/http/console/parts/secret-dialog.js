// A new API key, shown this once.
import { html, useRef } from '../lib/preact.js'
import { Dialog } from './common.js'
import { notify } from './notices.js'

export function SecretDialog({ secret, onClose }) {
  const field = useRef(null)
  async function copy() {
    field.current.select()
    await navigator.clipboard?.writeText(secret).then(() => notify('The key was copied'), () => {})
  }
  return html`
    <${Dialog} title="The new key" submit="Copy" leave="Close" onSubmit=${copy} onClose=${onClose}>
      <p>Store it safely. It is not shown again.</p>
      <label>Key <input ref=${field} readonly value=${secret} spellcheck="false" onFocus=${() => field.current.select()} /></label>
    <//>
  `
}
