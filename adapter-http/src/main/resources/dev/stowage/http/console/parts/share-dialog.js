// A link to a file or a folder for people without a key, which can be revoked. Its URL is shown once.
import { html, useRef, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { may } from '../lib/rights.js'
import { Dialog, Name } from './common.js'
import { notify } from './notices.js'

const LIFETIMES = { 86400: '1 day', 604800: '7 days', 2592000: '30 days', 31536000: '1 year', '': 'until it is revoked' }

/** `target` is `{ key }` or `{ prefix }`. */
export function ShareDialog({ target, me, onClose, onMade }) {
  const [state, setState] = useState({ busy: false, error: null })
  const [url, setUrl] = useState('')
  const [kind, setKind] = useState(may(me, 'read') ? 'download' : 'upload')
  const field = useRef(null)
  async function create(form) {
    if (url) return copy(url)
    setState({ busy: true, error: null })
    const number = (name) => (form.get(name) ? Number(form.get(name)) : null)
    try {
      const made = await api.createLink({
        ...target,
        kind,
        expires_in: number('lifetime'),
        max_uses: number('uses'),
        password: form.get('password') || null,
      })
      setUrl(made.url)
      setState({ busy: false, error: null })
      onMade?.()
      await copy(made.url)
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  const copy = (text) => navigator.clipboard?.writeText(text).then(() => notify('The link was copied'), () => {})
  const choice = (value, text, right) =>
    may(me, right) &&
    html`
      <label class="check">
        <input type="radio" name="kind" checked=${kind === value} onChange=${() => setKind(value)} /> ${text}
      </label>
    `
  return html`
    <${Dialog} title="Share" submit=${url ? 'Copy' : 'Make the link'} leave=${url ? 'Close' : undefined} ...${state} onSubmit=${create} onClose=${onClose}>
      <p><${Name} text=${target.key ?? (target.prefix || 'All files')} /></p>
      ${url
        ? html`
            <label>Link <input ref=${field} readonly value=${url} spellcheck=${false} onFocus=${() => field.current.select()} /></label>
            <p class="hint">It is not shown again. The page Links shows how often it was used, and revokes it.</p>
          `
        : html`
            ${target.prefix !== undefined &&
            html`
              <fieldset>
                <legend>People with the link can</legend>
                ${choice('download', 'download the files', 'read')} ${choice('upload', 'send files, but see none', 'write')}
              </fieldset>
            `}
            <label>
              It works for
              <select name="lifetime">
                ${Object.entries(LIFETIMES).map(
                  ([seconds, text]) => html`<option value=${seconds} selected=${seconds === '604800'}>${text}</option>`,
                )}
              </select>
            </label>
            <label>
              ${kind === 'upload' ? 'Most uploads' : 'Most downloads'}
              <input name="uses" type="number" min="1" step="1" placeholder="any number" />
            </label>
            <label>Password <input name="password" autocomplete="off" spellcheck=${false} maxlength="72" placeholder="none" /></label>
          `}
    <//>
  `
}
