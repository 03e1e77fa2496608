// The form for a schedule: when, and which job.
import { html, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { Dialog } from './common.js'
import { JobFields, readJob } from './job-fields.js'

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone
const TIMES = {
  '0 * * * *': 'every hour',
  '0 3 * * *': 'every day at 3:00',
  '0 3 * * 1': 'every Monday at 3:00',
  '0 3 1 * *': 'on the first of each month at 3:00',
}

export function ScheduleDialog({ me, onClose, onMade }) {
  const [state, setState] = useState({ busy: false, error: null })
  async function create(form) {
    setState({ busy: true, error: null })
    try {
      await api.createSchedule({
        name: form.get('name').trim(),
        cron: form.get('cron'),
        time_zone: form.get('zone'),
        overlap: form.has('overlap') ? 'allow' : 'skip',
        job: readJob(form),
      })
      onMade()
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return html`
    <${Dialog} title="Make a schedule" submit="Make the schedule" ...${state} onSubmit=${create} onClose=${onClose}>
      <label>Name <input name="name" required maxlength="100" placeholder="nightly clean-up" /></label>
      <label>
        Times (minute, hour, day, month, weekday)
        <input name="cron" required defaultValue="0 3 * * *" list="schedule-times" spellcheck=${false} aria-describedby="cron-hint" />
      </label>
      <datalist id="schedule-times">
        ${Object.entries(TIMES).map(([cron, text]) => html`<option value=${cron}>${text}</option>`)}
      </datalist>
      <p class="hint" id="cron-hint">0 3 * * * is every day at 3:00, and 0 3 * * 1 every Monday at 3:00.</p>
      <label>
        Time zone <input name="zone" required defaultValue=${HERE} list="schedule-zones" spellcheck=${false} />
      </label>
      <datalist id="schedule-zones">
        ${Intl.supportedValuesOf('timeZone').map((zone) => html`<option value=${zone}></option>`)}
      </datalist>
      <${JobFields} me=${me} />
      <label class="check"><input type="checkbox" name="overlap" /> Also while the previous job has not finished</label>
    <//>
  `
}
