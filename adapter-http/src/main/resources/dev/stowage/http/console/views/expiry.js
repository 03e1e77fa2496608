// Rules by which files expire.
import { html, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { secondsOf, spanText } from '../lib/format.js'
import { useLoad } from '../lib/hooks.js'
import { may } from '../lib/rights.js'
import { link } from '../lib/route.js'
import { Empty, Loading, Name, Problem } from '../parts/common.js'
import { ExpiredFiles } from '../parts/expired-files.js'
import { filterText } from '../parts/filter-fields.js'
import { notify } from '../parts/notices.js'
import { RuleDialog } from '../parts/rule-dialog.js'

const ATTEMPTS = 5

export function Expiry({ me }) {
  const loaded = useLoad(api.rules, [])
  const [open, setOpen] = useState(null)
  const [looking, setLooking] = useState(0)
  const rules = loaded.data?.rules ?? []

  /** The rules are stored together, so they are read just before; again, if somebody else changes them in between. */
  async function replace(change) {
    for (let attempt = 1; ; attempt++) {
      const { rules: current, etag } = await api.rules()
      try {
        await api.replaceRules(change(current), etag)
        return loaded.reload()
      } catch (e) {
        if (e.status !== 412 || attempt === ATTEMPTS) throw e
      }
    }
  }
  async function save(rule) {
    const before = open.rule
    await replace((current) => {
      if (before && !current.some((other) => unchanged(other, before))) {
        loaded.reload()
        throw new Error('Somebody else has changed this rule. Close this, and edit it as it is now.')
      }
      const others = before ? without(current, before) : current
      if (others.some((other) => same(other, rule))) throw new Error('There is a rule with this name for this prefix. Use another name.')
      return [...others, rule]
    })
    setOpen(null)
  }
  async function remove(rule) {
    try {
      await replace((current) => without(current, rule))
      notify(`Removed the rule ${rule.id}`, null, () => restore(rule))
      // Its row had the focus.
      document.getElementById('main')?.focus({ preventScroll: true })
    } catch (e) {
      notify(e.message)
    }
  }
  async function restore(rule) {
    try {
      await replace((current) => [...without(current, rule), rule])
      notify(`The rule ${rule.id} is there again`)
    } catch (e) {
      notify(e.message)
    }
  }

  return html`
    <h1>Expiry</h1>
    <p class="hint">Files are deleted some time after their last change. If several rules concern a file, the first that is due takes it.</p>
    <div class="toolbar">
      <button class="primary" onClick=${() => setOpen({ rule: null })}>Add a rule</button>
      ${rules.length > 0 && may(me, 'read') && html`<button onClick=${() => setLooking(looking + 1)}>Look what they would take now</button>`}
    </div>
    ${looking > 0 && html`<section class="result" aria-label="What the rules would take"><${ExpiredFiles} key=${looking} /></section>`}
    ${loaded.error && html`<${Problem} error=${loaded.error} onRetry=${loaded.reload} />`}
    ${!loaded.data && loaded.loading && html`<${Loading} />`}
    ${loaded.data && rules.length === 0 && html`<${Empty}>There are no rules. Files stay until somebody deletes them.<//>`}
    ${rules.length > 0 &&
    html`
      <div class="wide">
        <table>
          <thead>
            <tr><th>Rule</th><th>Files</th><th>Only</th><th>Deleted after</th><th><span class="visually-hidden">Actions</span></th></tr>
          </thead>
          <tbody>
            ${rules.map(
              (rule) => html`
                <tr key=${JSON.stringify([rule.prefix, rule.id])}>
                  <td><bdi>${rule.id}</bdi></td>
                  <td class="cut"><a href=${link('files', folderOf(rule.prefix))}><${Name} text=${rule.prefix || 'all files'} /></a></td>
                  <td class="cut"><${Name} text=${rule.filter ? filterText(rule.filter) : ''} /></td>
                  <td>${spanText(secondsOf(rule.expire_after))}</td>
                  <td>
                    <span class="actions">
                      <button aria-label=${`Edit ${rule.id}`} onClick=${() => setOpen({ rule })}>Edit</button>
                      <button aria-label=${`Remove ${rule.id}`} onClick=${() => remove(rule)}>Remove</button>
                    </span>
                  </td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `}
    ${open && html`<${RuleDialog} rule=${open.rule} me=${me} onSave=${save} onClose=${() => setOpen(null)} />`}
  `
}

const unchanged = (a, b) => JSON.stringify(a) === JSON.stringify(b)
const same = (a, b) => a.prefix === b.prefix && a.id === b.id
const without = (rules, rule) => rules.filter((other) => !same(other, rule))
/** A prefix may end within a name. */
const folderOf = (prefix) => prefix.slice(0, prefix.lastIndexOf('/') + 1)
