// Uploads that are not complete, of all the caller's clients.
import { html, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { bytes, time } from '../lib/format.js'
import { usePages } from '../lib/hooks.js'
import { Dialog, Empty, Loading, More, Name, Problem } from '../parts/common.js'
import { notify } from '../parts/notices.js'

export function OpenUploads() {
  const pages = usePages(async (token) => {
    const { uploads, next_continuation_token: next } = await api.openUploads(token)
    return { items: uploads, next }
  }, [])
  const [aborting, setAborting] = useState(null)
  return html`
    <h1>Uploads in progress</h1>
    ${pages.error && html`<${Problem} error=${pages.error} onRetry=${pages.more} />`}
    ${pages.items.length === 0 && pages.loading && html`<${Loading} />`}
    ${pages.items.length === 0 && !pages.loading && !pages.error && html`<${Empty}>No uploads are in progress.<//>`}
    ${pages.items.length > 0 &&
    html`
      <div class="wide">
        <table>
          <thead>
            <tr><th>File</th><th class="size">Received</th><th>Begun</th><th>Expires</th><th><span class="visually-hidden">Actions</span></th></tr>
          </thead>
          <tbody>
            ${pages.items.map(
              (upload) => html`
                <tr key=${upload.upload_id}>
                  <td class="cut"><${Name} text=${upload.key} /></td>
                  <td class="size">${bytes(upload.bytes)}</td>
                  <td>${time(upload.initiated)}</td>
                  <td>${time(upload.expires_at)}</td>
                  <td><button onClick=${() => setAborting(upload)}>Abort</button></td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
      <${More} pages=${pages} />
    `}
    ${aborting && html`<${AbortDialog} upload=${aborting} onClose=${() => setAborting(null)} onDone=${pages.reload} />`}
  `
}

function AbortDialog({ upload, onClose, onDone }) {
  const [state, setState] = useState({ busy: false, error: null })
  async function abort() {
    setState({ busy: true, error: null })
    try {
      await api.abortUpload(upload.key, upload.upload_id)
      notify('The upload was aborted')
      onClose()
      onDone()
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return html`
    <${Dialog} title="Abort this upload?" submit="Abort" danger ...${state} onSubmit=${abort} onClose=${onClose}>
      <p><${Name} text=${upload.key} /></p>
      <p>What was received is deleted.</p>
    <//>
  `
}
