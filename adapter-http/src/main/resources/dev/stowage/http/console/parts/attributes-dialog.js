// Changes the attributes of a file, if nobody else has changed them in the meantime.
import { html, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { Dialog } from './common.js'
import { notify } from './notices.js'

const TEXTS = {
  content_type: 'Content type',
  cache_control: 'Cache-Control',
  content_disposition: 'Content-Disposition',
  content_encoding: 'Content-Encoding',
  content_language: 'Content-Language',
}

export function AttributesDialog({ file, onClose, onSaved }) {
  const [state, setState] = useState({ busy: false, error: null })
  const [rows, setRows] = useState(() => [...Object.entries(file.metadata), ['', '']])

  async function save(form) {
    const changes = {}
    for (const name of Object.keys(TEXTS)) {
      const value = form.get(name).trim() || null
      if (value !== file[name]) changes[name] = value
    }
    const metadata = Object.fromEntries(rows.filter(([name]) => name))
    if (JSON.stringify(metadata) !== JSON.stringify(file.metadata)) changes.metadata = metadata
    if (Object.keys(changes).length === 0) return onClose()
    setState({ busy: true, error: null })
    try {
      await api.change(file.key, changes, file.etag)
      notify('Saved')
      onSaved()
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  function edit(index, column, value) {
    const next = rows.map((row, i) => (i === index ? row.map((text, c) => (c === column ? value : text)) : row))
    if (next[next.length - 1][0]) next.push(['', ''])
    setRows(next)
  }

  return html`
    <${Dialog} title="Edit" submit="Save" ...${state} onSubmit=${save} onClose=${onClose}>
      ${Object.entries(TEXTS).map(
        ([name, text]) => html`<label>${text} <input name=${name} defaultValue=${file[name] ?? ''} spellcheck=${false} /></label>`,
      )}
      <fieldset>
        <legend>Metadata</legend>
        ${rows.map(
          ([name, value], i) => html`
            <div class="pair">
              <input aria-label="Name" value=${name} onInput=${(event) => edit(i, 0, event.target.value)} />
              <input aria-label="Value" value=${value} onInput=${(event) => edit(i, 1, event.target.value)} />
            </div>
          `,
        )}
        <p class="hint">A pair without a name is removed.</p>
      </fieldset>
    <//>
  `
}
