// The files that rules would take now. Nothing is deleted.
import { html } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { bytes, plural, time } from '../lib/format.js'
import { usePages } from '../lib/hooks.js'
import { Name, Problem } from './common.js'

const SHOWN = 100

/** `rules` are compared, or the stored ones if it is undefined. */
export function ExpiredFiles({ rules }) {
  // Each request compares as many files as it can in some seconds, and may find none of them.
  const pages = usePages(async (cursor) => {
    const answer = await api.previewRules(rules, cursor)
    return { items: [answer], next: answer.next_cursor }
  }, [rules])
  const sum = (field) => pages.items.reduce((total, answer) => total + answer[field], 0)
  const files = pages.items.flatMap((answer) => answer.files).slice(0, SHOWN)
  return html`
    <div role="status">
      ${pages.loading && html`<p class="hint">Comparing files …</p>`}
      ${pages.started &&
      html`<p>${plural(sum('count'), 'file')} (${bytes(sum('bytes'))}) would be deleted now${pages.next !== null ? ', so far' : ''}.</p>`}
    </div>
    ${pages.error && html`<${Problem} error=${pages.error} onRetry=${pages.more} />`}
    <ul class="outcome">
      ${files.map(
        ({ key, size, last_modified: modified, rule }) => html`
          <li><${Name} text=${key} /><span class="hint">${bytes(size)}, modified ${time(modified)}, rule ${rule}</span></li>
        `,
      )}
    </ul>
    ${sum('count') > files.length && html`<p class="hint">The first ${files.length} are shown.</p>`}
    ${pages.next !== null && html`<button type="button" disabled=${pages.loading} onClick=${pages.more}>Compare more files</button>`}
  `
}
