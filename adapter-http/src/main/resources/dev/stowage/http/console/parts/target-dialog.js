// Renames, moves or copies a file.
import { html, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { nameOf, parentOf } from '../lib/keys.js'
import { go, link } from '../lib/route.js'
import { Dialog } from './common.js'
import { notify } from './notices.js'

const TITLES = { rename: 'Rename', move: 'Move', copy: 'Copy' }
const DONE = { rename: 'Renamed', move: 'Moved', copy: 'Copied' }

export function TargetDialog({ operation, fileKey, onClose }) {
  const [state, setState] = useState({ busy: false, error: null })
  const taken = state.error?.status === 412
  async function apply(form) {
    const text = form.get('target').normalize('NFC')
    const target = operation === 'rename' ? parentOf(fileKey) + text : text
    setState({ busy: true, error: null })
    try {
      await (operation === 'copy' ? api.copy : api.move)(fileKey, target, form.get('overwrite') === 'on')
      onClose()
      notify(`${DONE[operation]} to ${target.slice(0, 80)}`, link('file', target))
      if (operation !== 'copy') go('file', target)
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return html`
    <${Dialog} title=${TITLES[operation]} submit=${TITLES[operation]} ...${state} onSubmit=${apply} onClose=${onClose}>
      <label>
        ${operation === 'rename' ? 'New name' : 'New key'}
        <input name="target" required defaultValue=${operation === 'rename' ? nameOf(fileKey) : fileKey} spellcheck=${false} />
      </label>
      ${taken && html`<label class="check"><input type="checkbox" name="overwrite" /> Replace the file that is there</label>`}
    <//>
  `
}
