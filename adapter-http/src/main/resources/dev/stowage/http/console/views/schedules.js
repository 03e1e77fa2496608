// Schedules of jobs, oldest first.
import { html, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { count, time } from '../lib/format.js'
import { usePages, useRefresh } from '../lib/hooks.js'
import { link } from '../lib/route.js'
import { Dialog, Empty, Loading, More, Name, Problem } from '../parts/common.js'
import { mayRunJobs, sourceText } from '../parts/job-fields.js'
import { notify } from '../parts/notices.js'
import { ScheduleDialog } from '../parts/schedule-dialog.js'

/** The next runs come to pass. */
const REFRESH = 15_000
const PAGE = 100

export function Schedules({ me }) {
  const pages = usePages(async (cursor) => {
    const { schedules, next_cursor: next } = await api.schedules(PAGE, cursor)
    return { items: schedules, next }
  }, [])
  useRefresh(pages, REFRESH, PAGE)
  const [open, setOpen] = useState(null)
  const close = () => setOpen(null)
  const changed = () => (close(), pages.reload())
  async function enable({ id }, enabled) {
    try {
      await api.changeSchedule(id, { enabled })
      pages.reload()
    } catch (e) {
      notify(e.message)
    }
  }
  return html`
    <h1>Schedules</h1>
    ${mayRunJobs(me) &&
    html`<div class="toolbar"><button class="primary" onClick=${() => setOpen({ dialog: 'create' })}>Make a schedule</button></div>`}
    ${pages.error && html`<${Problem} error=${pages.error} onRetry=${pages.more} />`}
    ${pages.items.length === 0 && pages.loading && html`<${Loading} />`}
    ${pages.items.length === 0 &&
    !pages.loading &&
    !pages.error &&
    html`<${Empty}>There are no schedules yet. A schedule submits a job again and again.<//>`}
    ${pages.items.length > 0 &&
    html`
      <div class="wide">
        <table>
          <thead>
            <tr><th>Schedule</th><th>Job</th><th>Next run</th><th>Last run</th><th>Missed</th><th><span class="visually-hidden">Actions</span></th></tr>
          </thead>
          <tbody>
            ${pages.items.map(
              (schedule) => html`
                <tr key=${schedule.id}>
                  <td class="cut"><${Name} text=${schedule.name} /><br /><code>${schedule.cron}</code> <span class="hint">${schedule.time_zone}</span></td>
                  <td class="cut">${schedule.job.operation}<br /><span class="hint"><${Name} text=${files(schedule.job)} /></span></td>
                  <td>${schedule.enabled ? time(schedule.next_at) : html`<span class="state" data-state="paused">paused</span>`}</td>
                  <td>${schedule.last_job ? html`<a href=${link('job', schedule.last_job)}>${time(schedule.last_at)}</a>` : '–'}</td>
                  <td>
                    ${count(schedule.missed)}
                    ${schedule.error && html`<br /><span class="problem">${schedule.error.message}</span>`}
                  </td>
                  <td>
                    <span class="actions">
                      <button
                        aria-label=${`${schedule.enabled ? 'Pause' : 'Resume'} ${schedule.name}`}
                        onClick=${() => enable(schedule, !schedule.enabled)}
                      >
                        ${schedule.enabled ? 'Pause' : 'Resume'}
                      </button>
                      <button aria-label=${`Delete ${schedule.name}`} onClick=${() => setOpen({ dialog: 'delete', schedule })}>Delete</button>
                    </span>
                  </td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
      <${More} pages=${pages} />
    `}
    ${open?.dialog === 'create' && html`<${ScheduleDialog} me=${me} onClose=${close} onMade=${changed} />`}
    ${open?.dialog === 'delete' && html`<${DeleteDialog} schedule=${open.schedule} onClose=${close} onDone=${changed} />`}
  `
}

const files = ({ source, target }) =>
  [sourceText(source), target?.key ?? target?.prefix].filter((text) => text !== undefined && text !== null).join(' → ')

function DeleteDialog({ schedule, onClose, onDone }) {
  const [state, setState] = useState({ busy: false, error: null })
  async function remove() {
    setState({ busy: true, error: null })
    try {
      await api.deleteSchedule(schedule.id)
      notify('The schedule was deleted')
      onDone()
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return html`
    <${Dialog} title="Delete this schedule?" submit="Delete" danger ...${state} onSubmit=${remove} onClose=${onClose}>
      <p><${Name} text=${schedule.name} /></p>
      <p>Its jobs stay. This can’t be undone.</p>
    <//>
  `
}
