// What projects store, against their quotas.
import { html } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { bytes, plural } from '../lib/format.js'
import { usePages } from '../lib/hooks.js'
import { Empty, Loading, More, Name, Problem } from '../parts/common.js'

export function Usage() {
  const pages = usePages(async (cursor) => {
    const { projects, next_cursor: next } = await api.usage(cursor)
    return { items: projects, next }
  }, [])
  return html`
    <h1>Usage</h1>
    ${pages.error && html`<${Problem} error=${pages.error} onRetry=${pages.more} />`}
    ${pages.items.length === 0 && pages.loading && html`<${Loading} />`}
    ${pages.items.length === 0 && !pages.loading && !pages.error && html`<${Empty}>No project stores anything yet.<//>`}
    <ul class="usage">
      ${pages.items.map(
        (project) => html`
          <li key=${project.project}>
            <strong><${Name} text=${project.project} /></strong>
            ${project.quota !== null &&
            html`
              <meter
                min="0"
                max=${Math.max(1, project.quota)}
                high=${project.quota * 0.9}
                optimum="0"
                value=${project.bytes}
                aria-label=${`Usage of ${project.project}`}
              ></meter>
            `}
            <span>
              ${bytes(project.bytes)}${project.quota === null ? ', no quota' : ` of ${bytes(project.quota)}`} ·
              ${' '}${plural(project.files, 'file')}
            </span>
          </li>
        `,
      )}
    </ul>
    <${More} pages=${pages} />
  `
}
