// A link to a file that expires.
import { html, useRef, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { Dialog } from './common.js'
import { notify } from './notices.js'

const TIMES = { 600: '10 minutes', 3600: '1 hour', 86400: '1 day' }

export function LinkDialog({ fileKey, onClose }) {
  const [state, setState] = useState({ busy: false, error: null })
  const [url, setUrl] = useState('')
  const field = useRef(null)
  async function sign(form) {
    setState({ busy: true, error: null })
    try {
      const signed = await api.signDownload(fileKey, Number(form.get('seconds')), 'attachment')
      setUrl(signed.url)
      setState({ busy: false, error: null })
      await navigator.clipboard?.writeText(signed.url).then(() => notify('The link was copied'), () => {})
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return html`
    <${Dialog} title="Copy a link" submit=${url ? '' : 'Make the link'} ...${state} onSubmit=${sign} onClose=${onClose}>
      ${url
        ? html`
            <label>Link <input ref=${field} readonly value=${url} onFocus=${() => field.current.select()} /></label>
            <p class="hint">Everyone who has the link can download the file until it expires.</p>
          `
        : html`
            <label>
              It works for
              <select name="seconds">
                ${Object.entries(TIMES).map(([seconds, text]) => html`<option value=${seconds} selected=${seconds === '3600'}>${text}</option>`)}
              </select>
            </label>
          `}
    <//>
  `
}
