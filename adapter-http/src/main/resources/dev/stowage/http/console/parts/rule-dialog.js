// The form for a rule by which files expire.
import { html, useState } from '../lib/preact.js'
import { secondsOf } from '../lib/format.js'
import { may } from '../lib/rights.js'
import { amount, Span } from './amount.js'
import { Dialog } from './common.js'
import { ExpiredFiles } from './expired-files.js'
import { FilterFields, readFilter } from './filter-fields.js'

/** `rule` is null for a new one. `onSave` stores a rule; what it throws is shown. */
export function RuleDialog({ rule, me, onSave, onClose }) {
  const [state, setState] = useState({ busy: false, error: null })
  const [looked, setLooked] = useState(null)
  async function save(form) {
    const wanted = {
      id: form.get('id'),
      prefix: form.get('prefix').normalize('NFC'),
      filter: readFilter(form),
      expire_after: `${amount(form, 'after')}s`,
    }
    setState({ busy: false, error: null })
    if (form.get('mode') === 'second') return setLooked([wanted])
    setState({ busy: true, error: null })
    try {
      await onSave(wanted)
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return html`
    <${Dialog}
      title=${rule ? 'Edit the rule' : 'Add a rule'}
      submit=${rule ? 'Save' : 'Add the rule'}
      second=${may(me, 'read') && 'Look what it would take'}
      ...${state}
      onSubmit=${save}
      onClose=${onClose}
    >
      <div onInput=${() => setLooked(null)}>
        <label>
          Name of the rule
          <input name="id" required maxlength="64" pattern="[A-Za-z0-9._\\-]+" title="Letters, digits, and . _ -" defaultValue=${rule?.id ?? ''} placeholder="old-exports" spellcheck=${false} />
        </label>
        <label>
          Files whose keys begin with
          <input name="prefix" defaultValue=${rule?.prefix ?? ''} placeholder="all files" spellcheck=${false} />
        </label>
        <${Span} label="Delete them this long after their last change" name="after" required value=${rule ? secondsOf(rule.expire_after) : undefined} />
        ${may(me, 'read') && html`<${FilterFields} filter=${rule?.filter} />`}
      </div>
      ${looked && html`<${ExpiredFiles} key=${JSON.stringify(looked)} rules=${looked} />`}
      <p class="hint">Files that are there already are taken, too. This can’t be undone.</p>
    <//>
  `
}
