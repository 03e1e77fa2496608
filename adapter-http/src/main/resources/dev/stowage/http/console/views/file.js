// A file: preview, attributes, and what can be done with it.
import { html, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { save } from '../lib/save.js'
import { bytes, moment, time } from '../lib/format.js'
import { useLoad } from '../lib/hooks.js'
import { nameOf, parentOf } from '../lib/keys.js'
import { may, mayShare } from '../lib/rights.js'
import { go, link } from '../lib/route.js'
import { Dialog, Loading, Name, Problem } from '../parts/common.js'
import { AttributesDialog } from '../parts/attributes-dialog.js'
import { JobFormDialog } from '../parts/job-form-dialog.js'
import { LinkDialog } from '../parts/link-dialog.js'
import { notify } from '../parts/notices.js'
import { Preview } from '../parts/preview.js'
import { ShareDialog } from '../parts/share-dialog.js'
import { TargetDialog } from '../parts/target-dialog.js'

/** Names of files that a job can extract. */
const ARCHIVE = /\.(zip|tar|tgz|tar\.gz)$/i

export function FilePage({ argument: key, info, me }) {
  const file = useLoad(() => api.stat(key), [key])
  const [open, setOpen] = useState(null)
  const close = () => setOpen(null)
  const button = (dialog, text, right) => right && html`<button onClick=${() => setOpen(dialog)}>${text}</button>`
  return html`
    <nav class="crumbs" aria-label="Folders">
      <a href=${link('files', parentOf(key))}><${Name} text=${parentOf(key) || 'Files'} /></a>
    </nav>
    <h1><${Name} text=${nameOf(key)} /></h1>
    ${file.error && html`<${Problem} error=${file.error} onRetry=${file.reload} />`}
    ${!file.data && file.loading && html`<${Loading} />`}
    ${file.data &&
    html`
      <div class="toolbar" role="toolbar" aria-label="File">
        <button class="primary" onClick=${() => save(key).catch((e) => notify(e.message))}>Download</button>
        ${button('share', 'Share', mayShare(me, info) && may(me, 'read'))} ${button('link', 'Copy a link', may(me, 'read'))}
        ${button('rename', 'Rename', may(me, 'write') && may(me, 'delete'))}
        ${button('move', 'Move', may(me, 'write') && may(me, 'delete'))} ${button('copy', 'Copy', may(me, 'write'))}
        ${button('extract', 'Extract', ARCHIVE.test(key) && may(me, 'jobs') && may(me, 'read') && may(me, 'write'))}
        ${button('attributes', 'Edit', may(me, 'write'))} ${button('delete', 'Delete', may(me, 'delete'))}
      </div>
      <${Preview} file=${file.data} />
      <${Details} file=${file.data} />
      ${open === 'share' && html`<${ShareDialog} target=${{ key }} me=${me} onClose=${close} />`}
      ${open === 'link' && html`<${LinkDialog} fileKey=${key} onClose=${close} />`}
      ${['rename', 'move', 'copy'].includes(open) &&
      html`<${TargetDialog} operation=${open} fileKey=${key} onClose=${close} />`}
      ${open === 'attributes' &&
      html`<${AttributesDialog} file=${file.data} onClose=${close} onSaved=${() => (close(), file.reload())} />`}
      ${open === 'extract' && html`<${JobFormDialog} me=${me} job=${extraction(key)} onClose=${close} onStarted=${close} />`}
      ${open === 'delete' && html`<${DeleteDialog} fileKey=${key} onClose=${close} />`}
    `}
  `
}

/** A job that extracts an archive into a folder beside it, of its name. */
const extraction = (key) => ({ operation: 'extract', source: { keys: [key] }, target: { prefix: `${key.replace(ARCHIVE, '')}/` } })

function Details({ file }) {
  const row = (name, value) => value !== null && html`<dt>${name}</dt><dd><bdi>${value}</bdi></dd>`
  return html`
    <dl>
      ${row('Key', file.key)} ${row('Size', `${bytes(file.size)} (${file.size} bytes)`)}
      ${row('Modified', time(file.last_modified))} ${row('Expires', file.expires_at && moment(file.expires_at))}
      ${row('Content type', file.content_type)} ${row('ETag', file.etag)}
      ${row('Cache-Control', file.cache_control)} ${row('Content-Disposition', file.content_disposition)}
      ${row('Content-Encoding', file.content_encoding)} ${row('Content-Language', file.content_language)}
      ${Object.entries(file.metadata).map(([name, value]) => row(`Metadata: ${name}`, value))}
    </dl>
  `
}

function DeleteDialog({ fileKey, onClose }) {
  const [state, setState] = useState({ busy: false, error: null })
  async function remove() {
    setState({ busy: true, error: null })
    try {
      await api.remove(fileKey)
      notify(`Deleted ${nameOf(fileKey)}`)
      go('files', parentOf(fileKey))
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return html`
    <${Dialog} title="Delete this file?" submit="Delete" danger ...${state} onSubmit=${remove} onClose=${onClose}>
      <p><${Name} text=${fileKey} /></p>
      <p>This can’t be undone.</p>
    <//>
  `
}
