// Submits a batch job on what is selected, after a dry run if that is wanted.
import { html, useEffect, useRef, useState } from '../lib/preact.js'
import { api } from '../lib/api.js'
import { count, plural } from '../lib/format.js'
import { link } from '../lib/route.js'
import { Dialog, Name } from './common.js'
import { notify } from './notices.js'

const TITLES = { archive: 'Make a ZIP', copy: 'Copy', move: 'Move', verify: 'Verify', delete: 'Delete' }
const POLL = 300
/** The most keys of one job. */
const MOST_KEYS = 10_000

export function JobDialog({ operation, folder, items, onClose, onStarted }) {
  const [state, setState] = useState({ busy: false, error: null })
  const [dry, setDry] = useState(null)
  const withTarget = ['archive', 'copy', 'move'].includes(operation)
  const alive = useRef(true)
  useEffect(() => () => (alive.current = false), [])

  async function submit(form) {
    const dryRun = form.get('mode') === 'second'
    setState({ busy: true, error: null })
    try {
      const jobs = []
      for (const source of await sources(operation, items)) jobs.push(await api.submitJob(job(source, form.get('target'), dryRun)))
      if (dryRun) {
        setDry(await Promise.all(jobs.map((job) => outcome(job, alive))))
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
      ${withTarget &&
      html`
        <label>
          ${operation === 'archive' ? 'Key of the ZIP' : 'To the folder'}
          <input
            name="target"
            required
            spellcheck="false"
            defaultValue=${operation === 'archive' ? `${folder}files.zip` : folder}
            onInput=${() => setDry(null)}
          />
        </label>
        ${operation === 'archive' && html`<p class="hint">The job stores the ZIP there. Its page then offers the download.</p>`}
      `}
      ${operation === 'delete' && html`<p>This can’t be undone.</p>`}
      ${dry && html`<div role="status">${dry.map((lines) => html`<${Outcome} ...${lines} />`)}</div>`}
    <//>
  `
}

/** Selected files are one source, or several if they are many; each selected folder is another. A ZIP has one source. */
async function sources(operation, items) {
  const files = items.filter(({ folder }) => !folder).map(({ key }) => key)
  const folders = items.filter(({ folder }) => folder).map(({ key }) => key)
  if (operation === 'archive' && (folders.length > 1 || (folders.length > 0 && files.length > 0))) {
    return [{ keys: await withFilesOf(folders, files) }]
  }
  if (operation === 'archive' && files.length > MOST_KEYS) throw tooMany()
  const parts = []
  for (let first = 0; first < files.length; first += MOST_KEYS) parts.push({ keys: files.slice(first, first + MOST_KEYS) })
  return parts.concat(folders.map((prefix) => ({ prefix })))
}

async function withFilesOf(folders, files) {
  const keys = files.slice()
  for (const folder of folders) {
    let token = null
    do {
      const page = await api.listBelow(folder, token)
      keys.push(...page.files.map(({ key }) => key))
      if (keys.length > MOST_KEYS) throw tooMany()
      token = page.next_continuation_token
    } while (token)
  }
  return keys
}

const tooMany = () =>
  new Error(`One ZIP has at most ${count(MOST_KEYS)} of the files that are selected. Select one folder, which may have more.`)

/** A folder keeps its name in the target. */
const relocated = (source, folder, target) => {
  const base = target && !target.endsWith('/') ? `${target}/` : target
  return source.prefix ? base + source.prefix.slice(folder.length) : base
}

/** Waits for a dry run, as long as the dialog is open, and reads the beginning of its result. */
async function outcome({ id }, alive) {
  while (alive.current) {
    const job = await api.job(id)
    if (!['queued', 'running', 'paused'].includes(job.state)) {
      const { items } = await api.jobItems(id)
      return { job, items: items.slice(0, 20) }
    }
    await new Promise((resolve) => setTimeout(resolve, POLL))
  }
  return null
}

const Outcome = ({ job, items }) => html`
  <p>${plural(job.progress.total, 'file')}: ${job.progress.succeeded} would succeed, ${job.progress.failed} would fail</p>
  <ul class="outcome">
    ${items.map(({ key, message }) => html`<li><${Name} text=${key} />${message && html`<span class="hint">${message}</span>`}</li>`)}
  </ul>
`
