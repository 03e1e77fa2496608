// Links for people without a key: their state and uses, and their end.
import { html, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { time } from '../lib/format.js'
import { usePages } from '../lib/hooks.js'
import { link } from '../lib/route.js'
import { Dialog, Empty, Loading, More, Name, Problem } from '../parts/common.js'
import { notify } from '../parts/notices.js'

const STATES = { active: 'active', expired: 'expired', used_up: 'used up', revoked: 'revoked' }

export function Links() {
  const pages = usePages(async (cursor) => {
    const { links, next_cursor: next } = await api.links(cursor)
    return { items: links, next }
  }, [])
  const [revoked, setRevoked] = useState(null)
  const close = () => setRevoked(null)
  return html`
    <h1>Links</h1>
    <p class="hint">Share a file on its page, and a folder by the button below its files.</p>
    ${pages.error && html`<${Problem} error=${pages.error} onRetry=${pages.more} />`}
    ${pages.items.length === 0 && pages.loading && html`<${Loading} />`}
    ${pages.items.length === 0 && !pages.loading && !pages.error && html`<${Empty}>There are no links yet.<//>`}
    ${pages.items.length > 0 &&
    html`
      <div class="wide">
        <table>
          <thead>
            <tr><th>Files</th><th>For</th><th>State</th><th>Uses</th><th>Expires</th><th>Last use</th><th><span class="visually-hidden">Actions</span></th></tr>
          </thead>
          <tbody>
            ${pages.items.map(
              (item) => html`
                <tr key=${item.id}>
                  <td class="cut">
                    <a href=${item.key === null ? link('files', item.prefix) : link('file', item.key)}><${Name} text=${target(item)} /></a>
                    <br /><code>${item.id}</code>${item.has_password && ' password'}
                  </td>
                  <td>${item.kind === 'upload' ? 'uploads' : 'downloads'}</td>
                  <td><span class="state" data-state=${item.state}>${STATES[item.state]}</span></td>
                  <td>${item.uses}${item.max_uses !== null && ` of ${item.max_uses}`}</td>
                  <td>${item.expires_at ? time(item.expires_at) : 'never'}</td>
                  <td>${time(item.used_at)}</td>
                  <td class=${item.state === 'active' ? 'actions' : ''}>
                    ${item.state === 'active' &&
                    html`<button aria-label=${`Revoke the link to ${target(item)}`} onClick=${() => setRevoked(item)}>Revoke</button>`}
                  </td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
      <${More} pages=${pages} />
    `}
    ${revoked && html`<${RevokeDialog} item=${revoked} onClose=${close} onDone=${() => (close(), pages.reload())} />`}
  `
}

const target = ({ key, prefix }) => key ?? (prefix || 'All files')

function RevokeDialog({ item, onClose, onDone }) {
  const [state, setState] = useState({ busy: false, error: null })
  async function revoke() {
    setState({ busy: true, error: null })
    try {
      await api.revokeLink(item.id)
      notify('The link was revoked')
      onDone()
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return html`
    <${Dialog} title="Revoke this link?" submit="Revoke" danger ...${state} onSubmit=${revoke} onClose=${onClose}>
      <p><${Name} text=${target(item)} /></p>
      <p>It stops working at once, and can’t be restored.</p>
    <//>
  `
}
