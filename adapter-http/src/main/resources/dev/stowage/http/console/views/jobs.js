// The caller's jobs, newest first.
import { html, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { count, time } from '../lib/format.js'
import { usePages, useRefresh } from '../lib/hooks.js'
import { link } from '../lib/route.js'
import { Empty, Loading, More, Problem } from '../parts/common.js'
import { mayRunJobs } from '../parts/job-fields.js'
import { JobFormDialog } from '../parts/job-form-dialog.js'

const REFRESH = 5000
/** Jobs in a page of the list. */
const PAGE = 50

export function Jobs({ me }) {
  const [creating, setCreating] = useState(false)
  const close = () => setCreating(false)
  const pages = usePages(async (cursor) => {
    const { jobs, next_cursor: next } = await api.jobs(PAGE, cursor)
    return { items: jobs, next }
  }, [])
  const active = pages.items.some(({ state }) => ['queued', 'running'].includes(state))
  useRefresh(pages, REFRESH, PAGE, active)
  return html`
    <h1>Jobs</h1>
    ${mayRunJobs(me) && html`<div class="toolbar"><button class="primary" onClick=${() => setCreating(true)}>New job</button></div>`}
    ${pages.error && html`<${Problem} error=${pages.error} onRetry=${pages.more} />`}
    ${pages.items.length === 0 && pages.loading && html`<${Loading} />`}
    ${pages.items.length === 0 && !pages.loading && !pages.error && html`<${Empty}>No jobs. Select files in a folder to begin one, or make one here.<//>`}
    ${pages.items.length > 0 &&
    html`
      <div class="wide">
        <table>
          <thead>
            <tr><th>Operation</th><th>State</th><th class="size">Files</th><th>Created</th></tr>
          </thead>
          <tbody>
            ${pages.items.map(
              (job) => html`
                <tr key=${job.id}>
                  <td><a href=${link('job', job.id)}>${job.operation}${job.options.dry_run ? ' (dry run)' : ''}</a></td>
                  <td><span class="state" data-state=${job.state}>${job.state.replace('_', ' ')}</span></td>
                  <td class="size">${count(job.progress.total)}</td>
                  <td>${time(job.created_at)}</td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
      <${More} pages=${pages} />
    `}
    ${creating && html`<${JobFormDialog} me=${me} onClose=${close} onStarted=${() => (close(), pages.reload())} />`}
  `
}
