// New secrets, shown this once.
import { html, useRef } from '../lib/preact.js'
import { Dialog } from './common.js'
import { notify } from './notices.js'

/** `secrets` are pairs of a label and a text; the first is the one to copy. */
export function SecretDialog({ title, secrets, onClose }) {
  const first = useRef(null)
  async function copy() {
    first.current.select()
    await navigator.clipboard?.writeText(first.current.value).then(() => notify(`${secrets[0][0]} copied`), () => {})
  }
  return html`
    <${Dialog} title=${title} submit="Copy" leave="Close" onSubmit=${copy} onClose=${onClose}>
      <p>Store it safely. It is not shown again.</p>
      ${secrets.map(
        ([label, text], index) => html`
          <label>
            ${label}
            <input ref=${index === 0 ? first : undefined} readonly value=${text} spellcheck=${false} onFocus=${(event) => event.target.select()} />
          </label>
        `,
      )}
    <//>
  `
}
