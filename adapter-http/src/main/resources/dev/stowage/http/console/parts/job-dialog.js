// Submits a batch job on what is selected, after a dry run if that is wanted.
import { html, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { plural } from '../lib/format.js'
import { link } from '../lib/route.js'
import { Dialog, Name } from './common.js'
import { notify } from './notices.js'

const TITLES = { archive: 'Make a ZIP', copy: 'Copy', move: 'Move', verify: 'Verify', delete: 'Delete' }
const POLL = 300

export function JobDialog({ operation, folder, items, onClose, onStarted }) {
  const [state, setState] = useState({ busy: false, error: null })
  const [dry, setDry] = useState(null)
  const withTarget = ['archive', 'copy', 'move'].includes(operation)
  const parts = sources(items)

  async function submit(form) {
    const dryRun = form.get('mode') === 'second'
    setState({ busy: true, error: null })
    try {
      const jobs = []
      for (const source of parts) jobs.push(await api.submitJob(job(source, form.get('target'), dryRun)))
      if (dryRun) {
        setDry(await Promise.all(jobs.map(outcome)))
        setState({ busy: false, error: null })
      } else {
        notify(`${TITLES[operation]}: started`, jobs.length === 1 ? link('job', jobs[0].id) : link('jobs'))
        onStarted()
      }
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  function job(source, target, dryRun) {
    const where =
      operation === 'archive' ? { key: target, strip_prefix: folder } : { prefix: relocated(source, folder, target) }
    return { operation, source, ...(withTarget && { target: where }), options: { dry_run: dryRun } }
  }

  return html`
    <${Dialog}
      title=${TITLES[operation]}
      submit=${TITLES[operation]}
      second="Look what it would do"
      danger=${operation === 'delete'}
      ...${state}
      onSubmit=${submit}
      onClose=${onClose}
    >
      <p>${plural(items.length, 'entry').replace('entrys', 'entries')} of <${Name} text=${folder || 'all files'} /></p>
      ${operation === 'archive' && parts.length > 1 && html`<p class="problem">Select one folder, or only files.</p>`}
      ${withTarget &&
      html`
        <label>
          ${operation === 'archive' ? 'Key of the ZIP' : 'To the folder'}
          <input name="target" required spellcheck="false" defaultValue=${operation === 'archive' ? `${folder}files.zip` : folder} />
        </label>
      `}
      ${operation === 'delete' && html`<p>This can’t be undone.</p>`}
      ${dry && html`<div role="status">${dry.map((lines) => html`<${Outcome} ...${lines} />`)}</div>`}
    <//>
  `
}

/** Selected files are one source; each selected folder is another. */
function sources(items) {
  const keys = items.filter(({ folder }) => !folder).map(({ key }) => key)
  const folders = items.filter(({ folder }) => folder).map(({ key }) => ({ prefix: key }))
  return keys.length > 0 ? [{ keys }, ...folders] : folders
}

/** A folder keeps its name in the target. */
const relocated = (source, folder, target) => {
  const base = target && !target.endsWith('/') ? `${target}/` : target
  return source.prefix ? base + source.prefix.slice(folder.length) : base
}

/** Waits for a dry run, and reads the beginning of its result. */
async function outcome({ id }) {
  for (;;) {
    const job = await api.job(id)
    if (!['queued', 'running', 'paused'].includes(job.state)) {
      const { items } = await api.jobItems(id)
      return { job, items: items.slice(0, 20) }
    }
    await new Promise((resolve) => setTimeout(resolve, POLL))
  }
}

const Outcome = ({ job, items }) => html`
  <p>${plural(job.progress.total, 'file')}: ${job.progress.succeeded} would succeed, ${job.progress.failed} would fail</p>
  <ul class="outcome">
    ${items.map(({ key, message }) => html`<li><${Name} text=${key} />${message && html`<span class="hint">${message}</span>`}</li>`)}
  </ul>
`
